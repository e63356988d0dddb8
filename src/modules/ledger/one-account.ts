import type { Transaction } from '../../platform/database/binary-copy.ts';
import type { Database } from '../../platform/database/connect.ts';
import {
  readAccountDays,
  readOwnLookups,
  writeChallengeAnswered,
  writeCooling,
  writeFigures,
  writePresenceClosed,
} from './accounts/store.ts';
import {
  type CoolingReason,
  coolingReasons,
  outcomes,
  purposes,
  type Standing,
  standingReasons,
  standings,
} from './codes.ts';
import * as store from './store.ts';
import { madeDurable } from './trouble.ts';

/** One of an account's own lookups, without a word about the person. */
export type OwnLookup = {
  readonly lane: number;
  readonly seq: bigint;
  readonly at: Date;
  readonly outcome: keyof typeof outcomes;
  readonly purpose: string;
  readonly present: boolean;
  /** The bit set of what was told. */
  readonly fields: bigint;
  readonly insurers: readonly number[];
};

/**
 * Assumed, no source gives a figure: a holder who is told by e-mail reads it within a day, and a counter
 * where people are present is not slowed meanwhile.
 */
export const coolingHours = 24;

/** What an account did on a day: numbers of people. */
export type AccountDay = Awaited<ReturnType<typeof readAccountDays>>[number];

/** What may be changed of what an account draws. */
export type DrawFigures = Pick<
  store.AccountFigures,
  'cap' | 'renewalPerDay' | 'usualNewPeoplePerDay' | 'peoplePerDayMax'
>;

/** What is done to one account, and read of it. */
export type OneAccount = {
  /** Holds for the very next record of that account on every server. Gives the entry's place. */
  setStanding(change: {
    readonly account: number;
    readonly standing: Standing;
    readonly by: number;
    readonly reason: keyof typeof standingReasons;
  }): Promise<{ lane: number; seq: bigint }>;
  /** What it may draw from its next record on, on every server. Gives the entry's place. */
  setFigures(change: {
    readonly account: number;
    readonly figures: DrawFigures;
    readonly by: number;
  }): Promise<{ lane: number; seq: bigint }>;
  /**
   * After a change of passkeys: for a day, only people who are present are looked up, on every server.
   * Joins the transaction of the change, as its last statement: it holds the lane.
   */
  coolOff(tx: Transaction, change: { account: number; why: CoolingReason; by: number }): Promise<void>;
  /**
   * Its holder showed their passkey again: a challenged account is open, and one that is contained further
   * stays so. Joins the transaction of the sign-in, as its last statement: it holds the lane. Whether it was.
   */
  answerChallenge(tx: Transaction, account: number): Promise<boolean>;
  /** Notes that wrong codes closed presence for the account, and for the person when there is one. */
  notePresenceClosed(account: number, subject: string | null): Promise<void>;
  openAccount(figures: store.AccountFigures, by?: number): Promise<number>;
  seedRelations(account: number, subjects: readonly string[], by?: number): Promise<number>;
  /** Its lookups of the last 24 hours, the newest first, 200 at most. */
  readOwnLookups(account: number): Promise<OwnLookup[]>;
  /** Its last 30 days, the oldest first; a day without anything is left out. */
  readDays(account: number): Promise<AccountDay[]>;
};

/** The ledger's work on one account. */
export function oneAccount(
  db: Database,
  is: { readonly lanes: number; readonly now: () => bigint },
): OneAccount {
  const here = (account: number) => ({ lane: account % is.lanes, account, serverAt: is.now() });
  return {
    async setStanding({ account, standing, by, reason }) {
      const ask = {
        ...here(account),
        standing: standings.indexOf(standing),
        by,
        reason: standingReasons[reason],
      };
      return { lane: ask.lane, seq: await madeDurable(store.writeStanding(db, ask)) };
    },
    async setFigures({ account, figures, by }) {
      const ask = { ...here(account), figures, by };
      return { lane: ask.lane, seq: await madeDurable(writeFigures(db, ask)) };
    },
    async coolOff(tx, { account, why, by }) {
      const ask = { ...here(account), why: coolingReasons[why], hours: coolingHours, by };
      await madeDurable(writeCooling(tx, ask));
    },
    answerChallenge: (tx, account) => madeDurable(writeChallengeAnswered(tx, here(account))),
    async notePresenceClosed(account, subject) {
      await madeDurable(writePresenceClosed(db, { ...here(account), subject }));
    },
    openAccount: (figures, by = 0) =>
      madeDurable(store.insertAccount(db, { lanes: is.lanes, serverAt: is.now(), by, figures })),
    seedRelations: (account, subjects, by = 0) =>
      madeDurable(store.insertRelations(db, { ...here(account), subjects, by })),
    async readOwnLookups(account) {
      const rows = await madeDurable(readOwnLookups(db, here(account)));
      return rows.map((row) => ({
        ...row,
        outcome: nameOf(outcomes, row.outcome) ?? 'refused',
        purpose: nameOf(purposes, row.purpose) ?? '',
      }));
    },
    readDays: (account) => madeDurable(readAccountDays(db, here(account))),
  };
}

function nameOf<Names extends Readonly<Record<string, number>>>(
  names: Names,
  code: number,
): keyof Names | undefined {
  return Object.keys(names).find((name) => names[name] === code);
}
