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
