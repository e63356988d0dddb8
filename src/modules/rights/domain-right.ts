import type { Day } from '../../platform/clock.ts';

/**
 * What one contract says of one care domain. The level is the text a card prints (`100 %`, `PEC`,
 * `100/100/85`); conventions are in the insurer's order of preference; none leaves it to the contract's, as a
 * date of null does.
 */
export type DomainRight = {
  readonly level: string;
  readonly conventions: readonly string[];
  readonly start: Day | null;
  readonly printedEnd: Day | null;
  readonly onlineEnd: Day | null;
};

/** Before a level that stands alone; no JSON begins so. */
const plainSign = '=';

/**
 * Writes a right as the value of its field. One that leaves its conventions and all its dates to the contract
 * is its level alone: that is nearly all of them, and halves what is sealed, sent and stored of a person.
 */
export function writeDomainRight(right: DomainRight & { readonly stale?: true }): string {
  const { level, conventions, start, printedEnd, onlineEnd, stale } = right;
  const isPlain = start === null && printedEnd === null && onlineEnd === null && stale !== true;
  if (isPlain && conventions.length === 0) return `${plainSign}${level}`;
  return JSON.stringify({ level, conventions, start, printedEnd, onlineEnd, stale });
}

/** Whether a right waits to be dropped: the file that is being read no longer lists it. */
export function isStaleRight(value: string): boolean {
  return !value.startsWith(plainSign) && (JSON.parse(value) as { stale?: boolean }).stale === true;
}

/** Reads the value of a domain's field; null when it is not one, and nothing is said of what it was. */
export function readDomainRight(value: string): DomainRight | null {
  if (value.startsWith(plainSign)) {
    return { level: value.slice(1), conventions: [], start: null, printedEnd: null, onlineEnd: null };
  }
  // The parser's own error quotes the text it read: personal content must not travel in an error.
  let read: unknown;
  try {
    read = JSON.parse(value);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const { level, conventions, start, printedEnd, onlineEnd } = read as Record<string, unknown>;
  if (typeof level !== 'string' || !isTexts(conventions)) return null;
  const dates = [readDay(start), readDay(printedEnd), readDay(onlineEnd)] as const;
  if (dates[0] === undefined || dates[1] === undefined || dates[2] === undefined) return null;
  return { level, conventions, start: dates[0], printedEnd: dates[1], onlineEnd: dates[2] };
}

/** Reads a stored day: null when absent or empty, undefined when it is something else than a day. */
export function readDay(value: unknown): Day | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  // The shape is enough to compare days as texts; whether 30 February exists is settled where rights come in.
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
