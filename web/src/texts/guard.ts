import { bindSpaces } from './bind-spaces.ts';
import { guardEn } from './guard-en.ts';
import { type GuardTexts, guardFr } from './guard-fr.ts';
import { useLanguage } from './language.tsx';

const texts = { fr: bindSpaces(guardFr), en: guardEn };

/** The texts of the guard's pages, in the language that is spoken: a file of their own. */
export function useGuardTexts(): GuardTexts {
  return texts[useLanguage().language];
}
