import {
  boolArray,
  byteaArray,
  intArray,
  splitInts,
  splitNullableBigints,
  splitNullableInts,
  textArray,
  uuidArray,
} from '../../platform/database/arrays.ts';
import type { Transaction } from '../../platform/database/binary-copy.ts';
import type { Database } from '../../platform/database/connect.ts';
import type { Ask } from './ask.ts';

/** A batch on its way: its id and salts are chosen once, so that a repeat is recognised. */
export type Batch = {
  readonly lane: number;
  readonly id: string;
  readonly serverAt: bigint;
  readonly asks: readonly Ask[];
  readonly salts: readonly string[];
};

/** The record's answer, one element an ask. */
export type BatchAnswer = {
  readonly at: bigint;
  readonly seqs: readonly (bigint | null)[];
  readonly outcomes: readonly number[];
  readonly becauses: readonly number[];
  readonly people: readonly (number | null)[];
  readonly unknown: readonly (number | null)[];
  readonly today: readonly (number | null)[];
};

/**
 * Runs the record statement for one batch. Resolves only after the commit: it is one statement, in its
 * own transaction.
 */
export async function recordBatch(db: Database, batch: Batch): Promise<BatchAnswer> {
  const { asks } = batch;
  const column = <T>(of: (ask: Ask) => T): T[] => asks.map(of);
  const [row] = await db`
    select at_us, answered_seqs, answered_outcomes, answered_becauses, people_left, unknown_left, today_left
      from ledger.record(${batch.lane}::int::smallint, ${batch.id}::text::uuid,
          ${instant(batch.serverAt)}::text::timestamptz,
        ${intArray(column((ask) => ask.account))}::text::int[],
        ${intArray(column((ask) => ask.session))}::text::bigint[],
        ${intArray(column((ask) => ask.organisation))}::text::int[],
        ${intArray(column((ask) => ask.client))}::text::int[],
        ${intArray(column((ask) => ask.network))}::text::int[],
        ${intArray(column((ask) => ask.action))}::text::smallint[],
        ${intArray(column((ask) => ask.purpose))}::text::smallint[],
        ${uuidArray(column((ask) => ask.subject))}::text::uuid[],
        ${byteaArray(column((ask) => ask.nirKey))}::text::bytea[],
        ${textArray(column((ask) => intArray(ask.insurers)))}::text::text[],
        ${intArray(column((ask) => ask.fields))}::text::bigint[],
        ${intArray(column((ask) => ask.reason))}::text::smallint[],
        ${boolArray(column((ask) => ask.present))}::text::boolean[],
        ${intArray(column((ask) => ask.signals))}::text::int[],
        ${uuidArray(batch.salts)}::text::uuid[])`;
  if (row === undefined) throw new Error('ledger.record returned no row');
  return {
    at: BigInt(row.at_us),
    seqs: splitNullableBigints(row.answered_seqs),
    outcomes: splitInts(row.answered_outcomes),
    becauses: splitInts(row.answered_becauses),
    people: splitNullableInts(row.people_left),
    unknown: splitNullableInts(row.unknown_left),
    today: splitNullableInts(row.today_left),
  };
}

/** Explains one pair; see migrations/000012 for the codes. */
export async function explainPair(
  db: Database,
  ask: {
    lane: number;
    serverAt: bigint;
    account: number;
    subject: string;
    how: number;
    by: number;
    claim: string | null;
  },
): Promise<{ outcome: number; seq: bigint | null }> {
  const [row] = await db`
    select outcome, seq::text as seq
      from ledger.explain(${ask.lane}::int::smallint, ${instant(ask.serverAt)}::text::timestamptz,
          ${ask.account}::int,
        ${ask.subject}::text::uuid, ${ask.how}::int::smallint, ${ask.by}::int, ${ask.claim}::text::uuid)`;
  if (row === undefined) throw new Error('ledger.explain returned no row');
  return { outcome: row.outcome, seq: row.seq === null ? null : BigInt(row.seq) };
}

/** The subject of a disclosed lookup of this account, by the entry's place. */
export async function findDrawn(
  db: Database,
  at: { lane: number; seq: bigint; account: number },
): Promise<string | undefined> {
  const [row] = await db<{ subject: string }[]>`
    select subject::text as subject from ledger.entry
     where lane = ${at.lane}::int::smallint and seq = ${String(at.seq)}::text::bigint
       and account = ${at.account} and kind = 1 and outcome = 1 and subject is not null`;
  return row?.subject;
}

/** Changes a standing; the entry's seq. */
export async function writeStanding(
  db: Database,
  ask: { lane: number; serverAt: bigint; account: number; standing: number; by: number; reason: number },
): Promise<bigint> {
  const [row] = await db`
    select seq::text as seq
      from ledger.set_standing(${ask.lane}::int::smallint, ${instant(ask.serverAt)}::text::timestamptz,
          ${ask.account}::int,
        ${ask.standing}::int::smallint, ${ask.by}::int, ${ask.reason}::int::smallint)`;
  return BigInt(row?.seq);
}

/** What an account may draw, by the figures of its profession. */
export type AccountFigures = {
  readonly organisation: number;
  readonly cap: number;
  readonly renewalPerDay: number;
  readonly usualNewPeoplePerDay: number;
  readonly peoplePerDayMax: number;
  readonly openingBalance: number;
};

/** Opens an account in the ledger; its number. */
export async function insertAccount(
  db: Database,
  ask: { lanes: number; serverAt: bigint; by: number; figures: AccountFigures },
): Promise<number> {
  const { figures } = ask;
  const [row] = await db`
    select account
      from ledger.open_account(${ask.lanes}::int, ${instant(ask.serverAt)}::text::timestamptz,
          ${figures.organisation}::int,
        ${figures.cap}::int, ${figures.renewalPerDay}::int, ${figures.usualNewPeoplePerDay}::int,
        ${figures.peoplePerDayMax}::int,
        ${figures.openingBalance}::int, ${ask.by}::int)`;
  if (row === undefined) throw new Error('ledger.open_account returned no row');
  return row.account;
}

/** Seeds people an account already serves; how many were new to it. */
export async function insertRelations(
  db: Database,
  ask: { lane: number; serverAt: bigint; account: number; subjects: readonly string[]; by: number },
): Promise<number> {
  const [row] = await db`
    select seeded
      from ledger.seed_relations(${ask.lane}::int::smallint, ${instant(ask.serverAt)}::text::timestamptz,
          ${ask.account}::int,
        ${uuidArray(ask.subjects)}::text::uuid[], ${ask.by}::int)`;
  return row?.seeded;
}

/** Seeds people that many accounts of one lane already serve; how many were new. */
export async function insertManyRelations(
  db: Database,
  ask: { lane: number; serverAt: bigint; relations: readonly SeededPair[]; by: number },
): Promise<number> {
  const accounts = intArray(ask.relations.map((each) => each.account));
  const people = uuidArray(ask.relations.map((each) => each.subject));
  const [row] = await db`
    select seeded
      from ledger.seed_many(${ask.lane}::int::smallint, ${instant(ask.serverAt)}::text::timestamptz,
        ${accounts}::text::int[], ${people}::text::uuid[], ${ask.by}::int)`;
  return row?.seeded;
}

type SeededPair = { readonly account: number; readonly subject: string };

/** How many pairs seeding would add: those that are not there, or were forgotten after 13 months. */
export async function countNewRelations(
  db: Database,
  ask: { lane: number; relations: readonly SeededPair[] },
): Promise<number> {
  const [row] = await db`
    select count(*)::int as relations from (
      select distinct * from unnest(
        ${intArray(ask.relations.map((each) => each.account))}::text::int[],
        ${uuidArray(ask.relations.map((each) => each.subject))}::text::uuid[]) as given(account, subject)
    ) given
     where not exists (
      select from ledger.pair p
       where p.lane = ${ask.lane}::int::smallint and p.account = given.account and p.subject = given.subject
         and (p.state = 1
           or p.last_on >= (ledger.paris_day(ledger.now()) - interval '13 months')::date))`;
  return row?.relations;
}

/** Numbers for accounts that are about to be opened. */
export async function reserveAccounts(db: Database, howMany: number): Promise<number[]> {
  const rows = await db<{ account: number }[]>`
    select account from ledger.reserve_accounts(${howMany}::int) account`;
  return rows.map(({ account }) => account);
}

/** Opens reserved accounts of one lane, within the caller's transaction. */
export async function insertAccounts(
  tx: Transaction,
  ask: {
    lane: number;
    serverAt: bigint;
    by: number;
    accounts: readonly number[];
    figures: readonly AccountFigures[];
  },
): Promise<void> {
  const column = (of: (figures: AccountFigures) => number) => intArray(ask.figures.map(of));
  await tx`
    select ledger.open_accounts(${ask.lane}::int::smallint, ${instant(ask.serverAt)}::text::timestamptz,
      ${intArray(ask.accounts)}::text::int[], ${column((each) => each.organisation)}::text::int[],
      ${column((each) => each.cap)}::text::int[], ${column((each) => each.renewalPerDay)}::text::int[],
      ${column((each) => each.usualNewPeoplePerDay)}::text::int[],
      ${column((each) => each.peoplePerDayMax)}::text::int[],
      ${column((each) => each.openingBalance)}::text::int[], ${ask.by}::int)`;
}

/** The standing of an account now, as a number; one that cools off counts as restricted. */
export async function readStanding(db: Database, lane: number, account: number): Promise<number | undefined> {
  const [row] = await db`
    select ledger.standing_at(standing, present_only_until, ledger.now()) as standing
      from ledger.account where lane = ${lane}::int::smallint and account = ${account}::int`;
  return row?.standing;
}

/** The state of an account's allowance, after the renewal that is due. */
export async function readAllowanceRow(
  db: Database,
  ask: { lane: number; serverAt: bigint; account: number },
) {
  const [row] = await db`
    select r.*, (select x.present_only_until from ledger.account x
                  where x.lane = ${ask.lane}::int::smallint and x.account = ${ask.account}::int
                    and x.present_only_until > ledger.now()) as present_only_until
      from ledger.read_allowance(${ask.lane}::int::smallint,
        ${instant(ask.serverAt)}::text::timestamptz, ${ask.account}::int) r`;
  return row;
}

/** Writes counted refusals whose minute is over, and forgets batch ids older than a day. */
export async function tidyLane(db: Database, lane: number, serverAt: bigint): Promise<void> {
  await db`
    select ledger.write_folded_refusals(${lane}::int::smallint, ${instant(serverAt)}::text::timestamptz)`;
  await db`select ledger.forget_batches()`;
}

/** Microseconds as a timestamp PostgreSQL reads; a Date would lose the last three digits. */
export function instant(microseconds: bigint): string {
  const seconds = microseconds / 1_000_000n;
  const rest = String(microseconds % 1_000_000n).padStart(6, '0');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${rest}Z`;
}

/** How many lanes this ledger was created with. */
export async function countLanes(db: Database): Promise<number> {
  const [row] = await db`select count(*)::int as lanes from ledger.lane`;
  return row?.lanes ?? 0;
}

/**
 * The owner's preparation: lanes once, and the months of entries, twelve ahead. Run again at every
 * migration.
 */
export async function prepareLedger(owner: Database, lanes: number): Promise<void> {
  await owner`select ledger.create_lanes(${lanes}::int)`;
  await owner`select ledger.create_partitions(12)`;
}
