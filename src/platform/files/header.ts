import { FileProblem } from './file-problem.ts';

/** The columns that a reader wants, and the delimiters that may stand between them. */
export type Asked = {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  readonly delimiters?: readonly string[];
};

/** Where each asked column stands in the file (-1: absent), and what the file has besides. */
export type Layout = {
  readonly columns: readonly string[];
  readonly places: readonly number[];
  /** How many columns a line of the file has. */
  readonly width: number;
  readonly ignored: readonly string[];
};

/** Names are matched without regard to case, surrounding spaces, and the two ways to write an accent. */
export function plainName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

/** Finds the asked columns among the names of a file, or says which are missing, twice there or misspelt. */
export function layoutOf(names: readonly string[], asked: Asked, file: string): Layout {
  const columns = [...asked.required, ...(asked.optional ?? [])];
  const plain = names.map(plainName);
  const places = columns.map((column) => plain.indexOf(plainName(column)));
  const isAbsent = (column: string) => !plain.includes(plainName(column));
  const missing = asked.required.filter(isAbsent);
  // Then the first line is perhaps a person: nothing of it may be told.
  if (missing.length > 0 && missing.length === asked.required.length) {
    throw new FileProblem(
      `${file}: the first line names none of the columns; it must be a header with ${missing.join(', ')}.`,
    );
  }
  if (missing.length > 0) {
    const known = new Set(columns.map(plainName));
    const unknown = names.filter((_, place) => !known.has(plain[place] ?? ''));
    const told = missing.map((column) => `${column}${suggestion(column, unknown)}`);
    throw new FileProblem(`${file}: the header lacks ${told.join(', ')}; add or rename and try again.`);
  }
  const twice = columns.filter((column) => plain.filter((name) => name === plainName(column)).length > 1);
  if (twice.length > 0) {
    throw new FileProblem(`${file}: the header has ${twice.join(', ')} more than once; keep one of each.`);
  }
  const ignored = names.filter((name, place) => name.trim() !== '' && !places.includes(place));
  return { columns, places, width: names.length, ignored };
}

/** How many asked columns these names hold: the delimiter that gives the most is the delimiter. */
export function countKnown(names: readonly string[], asked: Asked): number {
  const plain = new Set(names.map(plainName));
  const columns = [...asked.required, ...(asked.optional ?? [])];
  return columns.filter((column) => plain.has(plainName(column))).length;
}

function suggestion(column: string, unknown: readonly string[]): string {
  const near = unknown.find((name) => isNear(column, name));
  return near === undefined ? '' : ` (is it “${near.trim()}”?)`;
}

/** The same letters but for accents and signs (`birth_date`), or a letter in four mistaken. */
function isNear(column: string, name: string): boolean {
  const [one, other] = [lettersOf(column), lettersOf(name)];
  if (Math.abs(one.length - other.length) > 3) return false;
  return distance(one, other) <= Math.floor(one.length / 4);
}

function lettersOf(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, '');
}

/** The fewest letters to add, drop or replace between two words. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
