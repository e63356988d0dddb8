import type { Api } from '../api/types.d.ts';
import type { Language } from '../texts/language.tsx';

/** Who pays one line, as it is told. */
export type LineShares = Api['POST /v1/quotes']['answer']['shares'][number];
/** Sums of lines, as they are told. */
export type Totals = Api['POST /v1/quotes']['answer']['totals'];

/** What one step of the calculation says, in the language that is spoken. */
export function textOf(step: LineShares['why'][number], language: Language): string {
  return step[language];
}
