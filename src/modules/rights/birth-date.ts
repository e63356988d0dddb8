import { type Day, isDay } from '../../platform/clock.ts';

/** Why a text is not a birth date. */
export type BirthDateProblem = 'not-text' | 'shape' | 'no-such-day' | 'out-of-range';

/** A birth date as lookup keys hold it: eight digits; lunar when the civil status is incomplete. */
export type BirthDate = { readonly birthDate: string; readonly lunar: boolean };

const earliestYear = 1850;

/**
 * Reads a birth date, `YYYY-MM-DD` or `YYYYMMDD`. A lunar date, of a person whose civil status is incomplete,
 * has a month that no calendar has (00, 13 to 99) or the day 00. With `today`, a date after it is refused.
 */
export function parseBirthDate(
  text: unknown,
  today?: Day,
): BirthDate | { readonly problem: BirthDateProblem } {
  if (typeof text !== 'string') return { problem: 'not-text' };
  const match = /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(text.trim());
  if (match === null) return { problem: 'shape' };
  const [, year = '', , month = '', day = ''] = match;
  const birthDate = `${year}${month}${day}`;
  if (Number(year) < earliestYear) return { problem: 'out-of-range' };
  if (today !== undefined && isAfter(birthDate, today)) return { problem: 'out-of-range' };
  if (isDay(`${year}-${month}-${day}`)) return { birthDate, lunar: false };
  const noSuchMonth = Number(month) === 0 || Number(month) > 12;
  if (day === '00' || (noSuchMonth && Number(day) <= 31)) return { birthDate, lunar: true };
  return { problem: 'no-such-day' };
}

/** Reads a birth rank, 1 to 9: who came first among twins; absent is 1. */
export function parseBirthRank(rank: unknown): { readonly birthRank: number } | { readonly problem: 'rank' } {
  if (rank === undefined || rank === null) return { birthRank: 1 };
  const number = typeof rank === 'string' && /^[1-9]$/.test(rank) ? Number(rank) : rank;
  if (typeof number !== 'number' || !Number.isInteger(number)) return { problem: 'rank' };
  return number >= 1 && number <= 9 ? { birthRank: number } : { problem: 'rank' };
}

// A lunar month has no place in the year: only its year can be compared.
function isAfter(birthDate: string, today: Day): boolean {
  const now = today.replaceAll('-', '');
  const month = Number(birthDate.slice(4, 6));
  return month >= 1 && month <= 12 ? birthDate > now : birthDate.slice(0, 4) > now.slice(0, 4);
}
