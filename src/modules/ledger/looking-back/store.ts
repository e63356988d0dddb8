import type { Database } from '../../../platform/database/connect.ts';

/** The entries of one account between two instants. */
export type LookedBack = {
  readonly lane: number;
  readonly account: number;
  readonly from: Date;
  readonly to: Date;
};

/**
 * A lookup as whoever judges a case sees it: what was noticed of it and what became of it. Nobody's number,
 * and not the ledger's name for them either.
 */
export type PastLookup = {
  readonly seq: string;
  readonly at: Date;
  /** codes.ts: what was done. */
  readonly action: number;
  /** codes.ts: 1 disclosed, 2 refused, 3 unknown. */
  readonly outcome: number;
  readonly present: boolean;
  /** src/modules/ledger/signals.ts. */
  readonly signals: number;
  /** Whether the pair is explained by now; null when nobody was found. */
  readonly isExplained: boolean | null;
  /** The account's lookup before; null when it was not between the two instants. */
  readonly before: string | null;
  readonly sinceSeconds: number | null;
  readonly isOtherNetwork: boolean | null;
  readonly isOtherClient: boolean | null;
};

/** The lookups of an account between two instants, in their order. */
export async function readPastLookups(
  db: Database,
  { lane, account, from, to }: LookedBack,
  most: number,
): Promise<PastLookup[]> {
  const rows = await db<PastLookup[]>`
    with looked as (
      select seq, at, action, outcome, present, signals, subject, actor_seq, lag(seq) over past as before,
          lag(at) over past as before_at, network <> lag(network) over past as other_network,
          client <> lag(client) over past as other_client
        from ledger.entry
       where lane = ${lane}::int::smallint and account = ${account}::int and kind = 1
         and at between ${from} and ${to}
      window past as (order by actor_seq))
    select e.seq::text as seq, e.at, e.action, e.outcome, e.present, e.signals, e.before::text as before,
        case when e.subject is not null then coalesce(p.state = 2, false) end as "isExplained",
        extract(epoch from e.at - e.before_at)::float8 as "sinceSeconds",
        e.other_network as "isOtherNetwork", e.other_client as "isOtherClient"
      from looked e
      left join ledger.pair p
        on p.lane = ${lane}::int::smallint and p.account = ${account}::int and p.subject = e.subject
     order by e.actor_seq limit ${most}::int`;
  return [...rows];
}

/**
 * How many people the account was told of while they were not there and whom it never drew before, by the
 * département that their number tells (its place in a list; 0 is none known).
 */
export async function countNewByDepartement(
  db: Database,
  { lane, account, from, to }: LookedBack,
): Promise<{ readonly departement: number; readonly people: number }[]> {
  const rows = await db<{ departement: number; people: number }[]>`
    select (signals >> 8) & 127 as departement, count(distinct subject)::int as people
      from ledger.entry
     where lane = ${lane}::int::smallint and account = ${account}::int and kind = 1 and outcome = 1
       and not present and signals & 1 = 1 and at between ${from} and ${to}
     group by 1 order by 1`;
  return [...rows];
}

/**
 * Different people the account was told of on a usual day: the median over those days between two instants on
 * which it was told of any. Null when there was none.
 */
export async function readUsualPeople(
  db: Database,
  { lane, account, from, to }: LookedBack,
): Promise<number | null> {
  const [row] = await db<{ usual: number | null }[]>`
    select percentile_disc(0.5) within group (order by people) as usual from (
      select count(distinct subject)::int as people from ledger.entry
       where lane = ${lane}::int::smallint and account = ${account}::int and kind = 1 and outcome = 1
         and at between ${from} and ${to}
       group by ledger.paris_day(at)) days`;
  return row?.usual ?? null;
}
