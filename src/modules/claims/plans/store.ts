import { intArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** A plan as it was published. */
export type PublishedPlan = {
  readonly id: number;
  readonly insurer: number;
  readonly name: string;
  readonly from: string;
  readonly document: string;
  readonly publishedAt: Date;
};

/**
 * Keeps a plan; of two for one day, the later one holds. One at a time: numbers are given in the order of
 * commits, so that whoever reads "after number n" misses none.
 */
export async function insertPlan(
  db: Database,
  plan: Omit<PublishedPlan, 'id' | 'publishedAt'> & { readonly by: number },
): Promise<number> {
  return db.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('vigie claims plan'))`;
    const [row] = await tx<{ id: number }[]>`
      insert into claims.plan (insurer, name, from_day, document, published_by)
      values (${plan.insurer}, ${plan.name}, ${plan.from}::text::date, ${plan.document}, ${plan.by})
      returning id`;
    return row?.id ?? 0;
  });
}

/** Every plan published after one, the oldest first: the book of plans grows by them. */
export async function readPlansAfter(db: Database | Transaction, after: number): Promise<PublishedPlan[]> {
  const rows = await db<PublishedPlan[]>`
    select id, insurer, name, from_day::text as from, document, published_at as "publishedAt"
      from claims.plan where id > ${after} order by id`;
  return [...rows];
}

/** A version of a plan, without its document. */
export type PlanVersion = Omit<PublishedPlan, 'document'>;

/** An insurer's plans: every version, by name, the newest day first and of one day the last published. */
export async function readVersions(db: Database, insurer: number): Promise<PlanVersion[]> {
  const rows = await db<PlanVersion[]>`
    select id, insurer, name, from_day::text as from, published_at as "publishedAt"
      from claims.plan where insurer = ${insurer} order by name, from_day desc, id desc`;
  return [...rows];
}

/** The documents of versions, in no order. */
export async function readDocuments(
  db: Database,
  ids: readonly number[],
): Promise<Pick<PublishedPlan, 'id' | 'document'>[]> {
  if (ids.length === 0) return [];
  const rows = await db<Pick<PublishedPlan, 'id' | 'document'>[]>`
    select id, document from claims.plan where id = any(${intArray(ids)}::text::int[])`;
  return [...rows];
}

/** The last published version of an insurer's plan from a day on, or its newest when none is given. */
export async function findPlanVersion(
  db: Database,
  of: { readonly insurer: number; readonly name: string; readonly from: string | null },
): Promise<PublishedPlan | undefined> {
  const [row] = await db<PublishedPlan[]>`
    select id, insurer, name, from_day::text as from, document, published_at as "publishedAt"
      from claims.plan
     where insurer = ${of.insurer} and name = ${of.name}
       and (${of.from}::text is null or from_day = ${of.from}::text::date)
     order by from_day desc, id desc limit 1`;
  return row;
}

/** A decided claim as a preview reads it: sealed is null where it is not the insurer's, or not accepted. */
export type DecidedRow = {
  readonly id: string;
  readonly subject: string | null;
  /** With its microseconds: a Date would lose the place. */
  readonly decidedAt: string;
  readonly sealed: Buffer | null;
};

/**
 * Claims decided since an instant, the newest first, of every insurer: a statement reads so many rows and
 * ends, however few of them are the insurer's.
 */
export async function readDecidedBefore(
  db: Database,
  asked: {
    readonly insurer: number;
    readonly since: Date;
    readonly last: DecidedRow | undefined;
    readonly most: number;
  },
): Promise<DecidedRow[]> {
  const { insurer, since, last, most } = asked;
  const rows = await db<DecidedRow[]>`
    select c.id, c.subject,
        to_char(a.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "decidedAt",
        case when c.state = 2 and ${insurer}::int = any(c.insurers) then c.sealed end as sealed
      from claims.accepted a join claims.claim c on c.id = a.claim
     where a.decided_at > ${since}
       and (${last?.id ?? null}::text is null
         or (a.decided_at, a.claim)
           < (${last?.decidedAt ?? null}::text::timestamptz, ${last?.id ?? null}::text::uuid))
     order by a.decided_at desc, a.claim desc limit ${most}`;
  return [...rows];
}
