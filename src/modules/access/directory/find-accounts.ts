import type { Database } from '../../../platform/database/connect.ts';
import type { Keys } from '../../vault/index.ts';
import { accountIndex } from './indexes.ts';
import * as store from './store.ts';

/** An account as files name it: by its number, or by a professional and one of their places. */
export type NamedAccount =
  | { readonly account: number }
  | { readonly rpps: string; readonly placeKey: string };

/** The numbers of accounts that files name, in the order asked; null where there is none. */
export async function findNamedAccounts(
  tools: { readonly db: Database; readonly keys: Keys },
  asked: readonly NamedAccount[],
): Promise<(number | null)[]> {
  const numbers = asked.flatMap((each) => ('account' in each ? [each.account] : []));
  const indexes = asked.map((each) =>
    'account' in each ? null : accountIndex(tools.keys, each.rpps, each.placeKey),
  );
  const wanted = indexes.filter((index) => index !== null);
  const [known, listed] = await Promise.all([
    numbers.length === 0 ? [] : store.findAccounts(tools.db, numbers),
    wanted.length === 0 ? [] : store.findListedAccounts(tools.db, wanted),
  ]);
  const there = new Set(known);
  const byIndex = new Map(listed.map(({ id, index }) => [index.toString('hex'), id]));
  return asked.map((each, at) => {
    if ('account' in each) return there.has(each.account) ? each.account : null;
    return byIndex.get(indexes[at]?.toString('hex') ?? '') ?? null;
  });
}
