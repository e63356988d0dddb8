import { professions } from '../../../src/modules/rights/professions.ts';
import { useLanguage } from './language.tsx';

/** The name of a profession in the language that is spoken; a code that is none stays as it is. */
export function useProfessionName(): (code: string) => string {
  const { language } = useLanguage();
  return (code) => professions.find((profession) => profession.code === code)?.[language] ?? code;
}
