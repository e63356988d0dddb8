import { insurerEn } from './insurer-en.ts';
import { type InsurerTexts, insurerFr, type Saying } from './insurer-fr.ts';
import { useLanguage } from './language.tsx';

const texts = { fr: insurerFr, en: insurerEn };

/** The texts of an insurer's pages, in the language that is spoken: a file of their own. */
export function useInsurerTexts(): InsurerTexts {
  return texts[useLanguage().language];
}

/** How amounts are written: cents in, euros out; `signed` says more and less by their signs. */
export function useEuros(): (cents: number, signed?: 'signed') => string {
  const { language } = useLanguage();
  const locale = language === 'fr' ? 'fr-FR' : 'en-IE';
  return (cents, signed) =>
    new Intl.NumberFormat(locale, {
      ...{ style: 'currency', currency: 'EUR' },
      ...(signed === undefined ? {} : { signDisplay: 'exceptZero' }),
    }).format(cents / 100);
}

/**
 * What the server says of a document, in the language that is spoken; null when it is said in English
 * only.
 */
export function sayIn(
  language: 'fr' | 'en',
  says: string,
  { sayings, things, kinds }: Pick<InsurerTexts, 'sayings' | 'things' | 'kinds'> = texts[language],
): string | null {
  if (language === 'en') return says;
  const found = say(sayings, says, (part) => {
    const kind = kinds[part as keyof typeof kinds];
    return say(things, part, (same) => same) ?? kind ?? part;
  });
  // Amounts have a comma here.
  return found?.replaceAll(/(\d)\.(\d\d) €/g, '$1,$2 €') ?? null;
}

/** The first of some sayings that a text is one of, each of its parts said too. */
export function say(sayings: readonly Saying[], text: string, part: (text: string) => string): string | null {
  for (const [pattern, says] of sayings) {
    const [whole, ...parts] = pattern.exec(text) ?? [];
    if (whole !== undefined) return says(parts.map(part));
  }
  return null;
}
