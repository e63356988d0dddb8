import { bindSpaces } from './bind-spaces.ts';
import { useLanguage } from './language.tsx';
import { socEn } from './soc-en.ts';
import { type SocTexts, socFr } from './soc-fr.ts';

const texts = { fr: bindSpaces(socFr), en: socEn };

/** The texts of what the guard says to the outside and of itself, in the language that is spoken. */
export function useSocTexts(): SocTexts {
  return texts[useLanguage().language];
}
