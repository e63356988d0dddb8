import { intArray, splitInts, uuidArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { instant } from '../store.ts';

/** A pair as ledger.explain takes it. */
export type PairToExplain = {
  readonly account: number;
  readonly subject: string;
  readonly how: number;
  readonly by: number;
  readonly claim: string;
};

/** The accounts of each organisation that drew its person, by the place in the list that was asked. */
export async function readDrawers(
  db: Database,
  asked: readonly { readonly organisation: number; readonly subject: string }[],
): Promise<{ place: number; lane: number; account: number }[]> {
  const rows = await db<{ place: number; lane: number; account: number }[]>`
    select asked.place::int - 1 as place, a.lane, a.account
      from unnest(${intArray(asked.map(({ organisation }) => organisation))}::text::int[],
        ${uuidArray(asked.map(({ subject }) => subject))}::text::uuid[])
        with ordinality as asked(organisation, subject, place)
      join ledger.account a on a.organisation = asked.organisation
      join ledger.pair p on p.lane = a.lane and p.account = a.account and p.subject = asked.subject
     order by asked.place, a.account`;
  return [...rows];
}

/** Explains pairs of one lane in one transaction; the outcome of each, as in migrations/000012. */
export async function explainMany(
  db: Database,
  ask: { readonly lane: number; readonly serverAt: bigint; readonly pairs: readonly PairToExplain[] },
): Promise<number[]> {
  const { pairs } = ask;
  const [row] = await db`
    select ledger.explain_many(${ask.lane}::int::smallint, ${instant(ask.serverAt)}::text::timestamptz,
      ${intArray(pairs.map(({ account }) => account))}::text::int[],
      ${uuidArray(pairs.map(({ subject }) => subject))}::text::uuid[],
      ${intArray(pairs.map(({ how }) => how))}::text::smallint[],
      ${intArray(pairs.map(({ by }) => by))}::text::int[],
      ${uuidArray(pairs.map(({ claim }) => claim))}::text::uuid[])::text as outcomes`;
  return splitInts(row?.outcomes);
}
