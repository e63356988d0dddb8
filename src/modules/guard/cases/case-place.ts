/** The parts of the list of cases: open, open and only watching, ended. */
export const caseParts = ['open', 'watching', 'ended'] as const;
export type CasePart = (typeof caseParts)[number];

/**
 * A place in a part of the list: that of a case as it was shown. It holds what the case was ordered by, so
 * that it stands though the case moved or ended since. What is open goes by level, then bits, then number;
 * what ended by number alone.
 */
export type CasePlace = {
  readonly part: CasePart;
  readonly level: number;
  readonly bits: number;
  readonly id: string;
};

/** A place as text, for the address of the next page: bits have a point, so nothing is parted by one. */
export const casePlacePattern =
  '^(open|watching|ended)_([1-3])_(-?\\d{1,4}(?:\\.\\d{1,20})?(?:e-\\d{1,2})?)_([1-9]\\d{0,17})$';
const places = new RegExp(casePlacePattern);

/** Writes a place; a number is written so that the very same is read. */
export function writeCasePlace({ part, level, bits, id }: CasePlace): string {
  return `${part}_${level}_${bits}_${id}`;
}

/** Reads a place that was written; undefined when it is none. */
export function readCasePlace(text: string): CasePlace | undefined {
  const [, named, level, bits, id = ''] = places.exec(text) ?? [];
  const part = caseParts.find((each) => each === named);
  if (part === undefined) return undefined;
  return { part, level: Number(level), bits: Number(bits), id };
}
