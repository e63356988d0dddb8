import type { Transaction } from '../../platform/database/binary-copy.ts';
import type { Database } from '../../platform/database/connect.ts';
import * as store from './store.ts';

/** An account and somebody it already serves. */
export type Relation = { readonly account: number; readonly subject: string };

/** What files of many accounts need; each call is one transaction a lane. */
export type ManyAccounts = {
  /** Seeds people that accounts already serve; how many were new. Nothing new appends nothing. */
  seedManyRelations(relations: readonly Relation[], by?: number): Promise<number>;
  /** How many of them seeding would add; changes nothing. */
  countNewRelations(relations: readonly Relation[]): Promise<number>;
  /** Opens accounts, each lane's in one transaction with what `alongside` writes of them, place by place. */
  openAccounts(
    figures: readonly store.AccountFigures[],
    alongside: (tx: Transaction, opened: readonly OpenedAccount[]) => Promise<void>,
    by?: number,
  ): Promise<void>;
};

/** The number an account was given, and its place in the list that was asked for. */
export type OpenedAccount = { readonly place: number; readonly account: number };

// A lane is held while it is written to: lookups of its accounts must not wait for long.
const relationsAtOnce = 2_000;

/** The ledger's work on many accounts. */
export function manyAccounts(db: Database, is: { lanes: number; now: () => bigint }): ManyAccounts {
  const { lanes, now } = is;
  const byLane = <T>(items: readonly T[], accountOf: (item: T) => number): [number, T[]][] => {
    const found = new Map<number, T[]>();
    for (const item of items) {
      const lane = accountOf(item) % lanes;
      const others = found.get(lane);
      if (others === undefined) found.set(lane, [item]);
      else others.push(item);
    }
    return [...found];
  };
  return {
    async seedManyRelations(relations, by = 0) {
      let seeded = 0;
      for (const [lane, all] of byLane(relations, ({ account }) => account)) {
        for (let from = 0; from < all.length; from += relationsAtOnce) {
          const some = all.slice(from, from + relationsAtOnce);
          seeded += await store.insertManyRelations(db, { lane, serverAt: now(), relations: some, by });
        }
      }
      return seeded;
    },
    async countNewRelations(relations) {
      let count = 0;
      for (const [lane, some] of byLane(relations, ({ account }) => account)) {
        count += await store.countNewRelations(db, { lane, relations: some });
      }
      return count;
    },
    async openAccounts(figures, alongside, by = 0) {
      const numbers = await store.reserveAccounts(db, figures.length);
      const opened = numbers.map((account, place) => ({ account, place }));
      for (const [lane, some] of byLane(opened, ({ account }) => account)) {
        const accounts = some.map(({ account }) => account);
        const theirs = some.map(({ place }) => figures[place] as store.AccountFigures);
        await db.begin(async (tx) => {
          await store.insertAccounts(tx, { lane, serverAt: now(), accounts, figures: theirs, by });
          await alongside(tx, some);
        });
      }
    },
  };
}
