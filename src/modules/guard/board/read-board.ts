import type { Database } from '../../../platform/database/connect.ts';
import { standingAt } from '../../ledger/index.ts';
import { accountDays as promisedDays } from '../fold/thresholds.ts';
import { type BoardRow, countCases, sumWatched } from './store.ts';

/** For how many days back it is told. */
export const boardPeriods = [30, 90] as const;

const steps = [
  { level: 1, promised: promisedDays.challenge },
  { level: 2, promised: promisedDays.restrict },
  { level: 3, promised: promisedDays.suspend },
];

/**
 * What was promised of false alarms, and what happened: for each profession and step, in account-days. What
 * is over and was confirmed by nobody counts as one: a holder who shows a passkey was there, and one that
 * expired may have been a theft that nobody looked at, but it is not for the guard to say so.
 */
export async function readBoard(db: Database, days: number) {
  const [cases, watched] = [await countCases(db, days), await sumWatched(db, days)];
  const professions = [...new Set([...watched, ...cases].map(({ profession }) => profession))].sort();
  return professions.map((profession) => {
    const seen = watched.find((each) => each.profession === profession);
    const accountDays = seen?.accountDays ?? 0;
    return {
      ...{ profession, accountDays, lookups: seen?.lookups ?? 0 },
      steps: steps.map(({ level, promised }) => {
        const rows = cases.filter((each) => each.profession === profession && each.level >= level);
        const reached = sum(rows.filter(({ isShadow }) => !isShadow));
        return {
          standing: standingAt(level),
          promisedAccountDays: promised,
          // An average: that many at most were promised for this many account-days.
          allowed: accountDays / promised,
          ...reached,
          shadow: sum(rows.filter(({ isShadow }) => isShadow)).cases,
        };
      }),
    };
  });
}

/** A case that went on to a stricter step took the ones below as well. */
function sum(rows: readonly BoardRow[]) {
  const total = (of: (row: BoardRow) => number) => rows.reduce((so, row) => so + of(row), 0);
  return {
    cases: total(({ cases }) => cases),
    open: total(({ open }) => open),
    answered: total(({ answered }) => answered),
    undone: total(({ undone }) => undone),
    confirmed: total(({ confirmed }) => confirmed),
    expired: total(({ expired }) => expired),
    falseAlarms: total(({ undone, answered, expired }) => undone + answered + expired),
  };
}
