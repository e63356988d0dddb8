import { professions } from '../../src/modules/rights/index.ts';

/** What one profession's accounts asked on a day, and what came of it. */
export type Tally = {
  readonly profession: string;
  accounts: number;
  lookups: number;
  /** First lookups of people these accounts had never served. */
  newPeople: number;
  /** Lookups whose card code was accepted. */
  present: number;
  refused: number;
  /** Lookups of each hour of the day, in Paris. */
  readonly byHour: number[];
};

/** One share of people who show their card, and the day that it made. */
export type DayView = {
  /** Null is each profession's own share. */
  readonly presence: number | null;
  readonly tallies: readonly Tally[];
};

/** The first working day refuses no more than this share of the lookups of any profession. */
export const refusedAtMost = 0.001;

/** Below so many lookups, one in a thousand could not be seen. */
export const lookupsToTell = 1_000;

/** A row for each profession, in the order of their table, with nothing in it. */
export function emptyTallies(): Tally[] {
  return professions.map(({ code }) => ({
    profession: code,
    accounts: 0,
    lookups: 0,
    newPeople: 0,
    present: 0,
    refused: 0,
    byHour: Array.from({ length: 24 }, () => 0),
  }));
}

/** The professions that refused more than they may. */
export function aboveLimit(tallies: readonly Tally[]): Tally[] {
  return tallies.filter(({ lookups, refused }) => refused > refusedAtMost * lookups);
}
