import { byteaArray, intArray, textArray, uuidArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { EngagementRow } from '../quotes/store.ts';

/** A claim that waits for its decision. */
export type WaitingClaim = {
  readonly id: string;
  readonly account: number;
  readonly organisation: number;
  readonly subject: string;
  readonly insurers: readonly number[];
  readonly receivedAt: Date;
  readonly twinMark: Buffer;
  readonly engagement: string | null;
  /** The rejected or cancelled claim that it corrects. */
  readonly replaces: string | null;
  /** How often it was put off. */
  readonly tries: number;
  readonly sealed: Buffer;
};

/** A decision that is about to be written. */
export type DecidedClaim = {
  readonly id: string;
  readonly state: number;
  readonly reason: number;
  readonly signals: number;
  readonly decided: Buffer;
};

/** Locks claims that wait, the oldest first; those that another worker holds are left to it. */
export async function lockWaiting(
  tx: Transaction,
  asked: { readonly most: number; readonly only?: string },
): Promise<WaitingClaim[]> {
  const { only, most } = asked;
  const which = only === undefined ? tx`w.due_at <= ledger.now()` : tx`w.claim = ${only}::text::uuid`;
  const rows = await tx<WaitingClaim[]>`
    select c.id, c.account, c.organisation, c.subject, c.insurers::text as insurers,
        c.received_at as "receivedAt", c.twin_mark as "twinMark", c.engagement,
        c.replaces::text as replaces, w.tries, c.sealed
      from claims.waiting w join claims.claim c on c.id = w.claim
     where ${which} order by w.due_at limit ${most} for update skip locked`;
  return rows.map((row) => ({ ...row, insurers: splitList(row.insurers as unknown as string) }));
}

/** The numbers of claims that wait, the oldest first. */
export async function listWaiting(db: Database, most: number): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select claim as id from claims.waiting where due_at <= ledger.now() order by due_at limit ${most}`;
  return rows.map(({ id }) => id);
}

/** Puts claims off: they wait, and are looked at again in so many seconds. */
export async function postpone(
  db: Database | Transaction,
  claims: readonly { readonly id: string; readonly seconds: number }[],
): Promise<void> {
  if (claims.length === 0) return;
  await db`
    update claims.waiting w set tries = least(w.tries + 1, 1000),
        due_at = ledger.now() + given.seconds * interval '1 second'
      from unnest(${uuidArray(claims.map(({ id }) => id))}::text::uuid[],
        ${intArray(claims.map(({ seconds }) => seconds))}::text::int[]) as given(id, seconds)
     where w.claim = given.id`;
}

/** Which of these names of care were accepted already. */
export async function findTwins(tx: Transaction, marks: readonly Buffer[]): Promise<Buffer[]> {
  const rows = await tx<{ mark: Buffer }[]>`
    select twin_mark as mark from claims.accepted where twin_mark = any(${byteaArray(marks)}::text::bytea[])`;
  return rows.map(({ mark }) => mark);
}

/** Which organisations were paid for these acts. */
export async function findPaidActs(
  tx: Transaction,
  marks: readonly Buffer[],
): Promise<{ mark: Buffer; organisation: number }[]> {
  const rows = await tx<{ mark: Buffer; organisation: number }[]>`
    select mark, organisation from claims.accepted_act
     where mark = any(${byteaArray(marks)}::text::bytea[])`;
  return [...rows];
}

/** Reads the engagements that claims name. */
export async function readEngagements(tx: Transaction, numbers: readonly string[]): Promise<EngagementRow[]> {
  if (numbers.length === 0) return [];
  const rows = await tx<EngagementRow[]>`
    select number, quote, account, organisation, subject, made_at as "madeAt", state,
        expires_on::text as "expiresOn", sealed
      from claims.engagement where number = any(${textArray(numbers)}::text::text[])`;
  return [...rows];
}

/** Locks the engagements that claims name. */
export async function lockEngagements(tx: Transaction, numbers: readonly string[]): Promise<EngagementRow[]> {
  if (numbers.length === 0) return [];
  const rows = await tx<EngagementRow[]>`
    select number, quote, account, organisation, subject, made_at as "madeAt", state,
        expires_on::text as "expiresOn", sealed
      from claims.engagement where number = any(${textArray(numbers)}::text::text[])
     order by number for update`;
  return [...rows];
}

/** Marks engagements as used, each by its claim. */
export async function useEngagements(
  tx: Transaction,
  used: readonly { readonly number: string; readonly claim: string }[],
): Promise<void> {
  if (used.length === 0) return;
  await tx`
    update claims.engagement e set state = 2, claim = given.claim
      from unnest(${textArray(used.map(({ number }) => number))}::text::text[],
        ${uuidArray(used.map(({ claim }) => claim))}::text::uuid[]) as given(number, claim)
     where e.number = given.number`;
}

/** Writes decisions with their history; an accepted claim is to explain its person from now on. */
export async function writeDecisions(tx: Transaction, decided: readonly DecidedClaim[]): Promise<void> {
  const column = <T>(of: (claim: DecidedClaim) => T): T[] => decided.map(of);
  await tx`
    with given as (
      select * from unnest(${uuidArray(column(({ id }) => id))}::text::uuid[],
        ${intArray(column(({ state }) => state))}::text::smallint[],
        ${intArray(column(({ reason }) => reason))}::text::smallint[],
        ${intArray(column(({ signals }) => signals))}::text::int[],
        ${byteaArray(column((one) => one.decided))}::text::bytea[])
        as given(id, state, reason, signals, decided)),
    written as (
      update claims.claim c set state = given.state, reason = given.reason, signals = given.signals,
          decided_at = ledger.now()
        from given where c.id = given.id
      returning c.id, c.state, c.reason, c.signals, c.insurers, c.twin_mark, c.decided_at),
    gone as (delete from claims.waiting w using given where w.claim = given.id),
    told as (insert into claims.decision (claim, sealed) select id, decided from given),
    accepted as (
      insert into claims.accepted (twin_mark, claim, decided_at)
      select twin_mark, id, decided_at from written where state = 2),
    explaining as (
      insert into claims.to_explain (claim, how, at)
      select id, 1, decided_at from written where state = 2),
    flagged as (
      insert into claims.flagged (claim, insurer, signals, at)
      select id, insurer, signals, decided_at from written, unnest(insurers) as insurer where signals <> 0
      on conflict do nothing)
    insert into claims.history (claim, at, state, reason, by)
    select id, decided_at, state, reason, 0 from written`;
}

/** Keeps which acts were accepted. */
export async function insertPaidActs(
  tx: Transaction,
  acts: readonly { readonly mark: Buffer; readonly claim: string; readonly organisation: number }[],
): Promise<void> {
  if (acts.length === 0) return;
  await tx`
    insert into claims.accepted_act (mark, claim, organisation)
    select * from unnest(${byteaArray(acts.map(({ mark }) => mark))}::text::bytea[],
      ${uuidArray(acts.map(({ claim }) => claim))}::text::uuid[],
      ${intArray(acts.map(({ organisation }) => organisation))}::text::int[])
    on conflict do nothing`;
}

function splitList(text: string): number[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);
}
