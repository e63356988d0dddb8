import { splitInts } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { instant } from '../store.ts';

type At = { readonly lane: number; readonly account: number };

/** An account's lookups of the last 24 hours as they stand, the newest first. The person is not read. */
export async function readOwnLookups(db: Database, { lane, account }: At) {
  const rows = await db`
    select lane, seq::text as seq, at, outcome, purpose, present, fields::text as fields,
           insurers::text as insurers
      from ledger.entry
     where lane = ${lane}::int::smallint and account = ${account}::int and kind = 1
       and at > ledger.now() - interval '24 hours'
     order by actor_seq desc limit 200`;
  return rows.map((row) => ({
    lane: row.lane as number,
    seq: BigInt(row.seq),
    at: row.at as Date,
    outcome: row.outcome as number,
    purpose: row.purpose as number,
    present: row.present as boolean,
    fields: BigInt(row.fields),
    insurers: splitInts(row.insurers),
  }));
}

/** The last 30 days of an account on which something happened. */
export async function readAccountDays(db: Database, { lane, account }: At) {
  const rows = await db`
    with looked as (
      select ledger.paris_day(at) as day, count(*) filter (where kind = 1)::int as lookups,
          coalesce(sum(count) filter (where outcome = 2), 0)::int as refused
        from ledger.entry
       where lane = ${lane}::int::smallint and account = ${account}::int and kind in (1, 4)
         and at > ledger.now() - interval '31 days'
       group by 1),
    done as (
      select * from ledger.account_day
       where lane = ${lane}::int::smallint and account = ${account}::int)
    select coalesce(d.day, l.day)::text as day, coalesce(drawn, 0) as drawn,
        coalesce(explained, 0) as explained, coalesce(claims, 0) as claims,
        coalesce(present, 0) as present, coalesce(by_hand, 0) as "byHand",
        coalesce(lookups, 0) as lookups, coalesce(refused, 0) as refused
      from done d full join looked l on l.day = d.day
     where coalesce(d.day, l.day) > ledger.paris_day(ledger.now()) - 30
     order by 1`;
  return rows.map((row) => ({
    day: row.day as string,
    drawn: row.drawn as number,
    explained: row.explained as number,
    claims: row.claims as number,
    present: row.present as number,
    byHand: row.byHand as number,
    /** Lookups of the day, and how many were refused; those that were only counted too. */
    lookups: row.lookups as number,
    refused: row.refused as number,
  }));
}

/** Changes what an account may draw; the entry's seq. */
export async function writeFigures(
  db: Database,
  ask: At & {
    readonly serverAt: bigint;
    readonly by: number;
    readonly figures: {
      readonly cap: number;
      readonly renewalPerDay: number;
      readonly usualNewPeoplePerDay: number;
      readonly peoplePerDayMax: number;
    };
  },
): Promise<bigint> {
  const { lane, account, serverAt, by, figures } = ask;
  const [row] = await db`
    select seq::text as seq
      from ledger.set_figures(${lane}::int::smallint, ${instant(serverAt)}::text::timestamptz,
        ${account}::int, ${figures.cap}::int, ${figures.renewalPerDay}::int,
        ${figures.usualNewPeoplePerDay}::int, ${figures.peoplePerDayMax}::int, ${by}::int)`;
  return BigInt(row?.seq);
}

/** Notes that presence was closed for an account, and for a person; the entry's seq. */
export async function writePresenceClosed(
  db: Database,
  ask: At & { readonly serverAt: bigint; readonly subject: string | null },
): Promise<bigint> {
  const [row] = await db`
    select seq::text as seq
      from ledger.note_presence_closed(${ask.lane}::int::smallint,
        ${instant(ask.serverAt)}::text::timestamptz, ${ask.account}::int, ${ask.subject}::text::uuid)`;
  return BigInt(row?.seq);
}

/** Opens an account that is challenged, in the transaction of its holder's sign-in; whether it was. */
export async function writeChallengeAnswered(
  tx: Transaction,
  ask: At & { readonly serverAt: bigint },
): Promise<boolean> {
  // Asked without the lane first: nobody else's sign-in waits for it.
  const [row] = await tx`
    select standing from ledger.account
     where lane = ${ask.lane}::int::smallint and account = ${ask.account}::int`;
  if (row?.standing !== 1) return false;
  const [answered] = await tx`
    select seq is not null as is_answered
      from ledger.answer_challenge(${ask.lane}::int::smallint, ${instant(ask.serverAt)}::text::timestamptz,
        ${ask.account}::int)`;
  return answered?.is_answered === true;
}

/** Begins a cooling-off in the transaction of the change that it follows. */
export async function writeCooling(
  tx: Transaction,
  ask: At & { serverAt: bigint; why: number; hours: number; by: number },
): Promise<void> {
  await tx`
    select ledger.cool_off(${ask.lane}::int::smallint, ${instant(ask.serverAt)}::text::timestamptz,
      ${ask.account}::int, ${ask.why}::int::smallint, ${ask.hours}::int, ${ask.by}::int)`;
}
