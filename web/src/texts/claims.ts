import { claimsEn } from './claims-en.ts';
import { type ClaimTexts, claimsFr } from './claims-fr.ts';
import { useLanguage } from './language.tsx';

const texts = { fr: claimsFr, en: claimsEn };

/** The texts of quotes, engagements and claims, in the language that is spoken: a file of their own pages. */
export function useClaimTexts(): ClaimTexts {
  return texts[useLanguage().language];
}

/** How amounts are written: cents in, euros out. */
export function useEuros(): (cents: number) => string {
  const { language } = useLanguage();
  const format = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-IE', {
    ...{ style: 'currency', currency: 'EUR' },
  });
  return (cents) => format.format(cents / 100);
}
