import type { Database } from '../../../platform/database/connect.ts';

/** The account that shown cards are recorded under. */
export type CardDesk = { readonly account: number; readonly organisation: number };

/** The desk, if a card was ever shown. */
export async function findCardDesk(db: Database): Promise<CardDesk | undefined> {
  const [row] = await db<CardDesk[]>`select account, organisation from rights.card_desk`;
  return row;
}

/** Keeps the desk, unless there is one already: the one that stays. */
export async function keepCardDesk(db: Database, account: number, organisation: number): Promise<CardDesk> {
  await db`
    insert into rights.card_desk (account, organisation) values (${account}, ${organisation})
    on conflict do nothing`;
  const kept = await findCardDesk(db);
  if (kept === undefined) throw new Error('a desk was just kept');
  return kept;
}
