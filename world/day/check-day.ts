import type { Database } from '../../src/platform/database/connect.ts';
import { countGaps, readLookupEntries } from './store.ts';
import type { AskedAt } from './work-day.ts';

/**
 * Compares a worked day with its ledger, as the owner sees it: one entry for each lookup, of the account that
 * asked, at the instant it asked, and no number left out. Gives what is wrong; nothing is [].
 */
export async function checkDay(owner: Database, asked: readonly AskedAt[]): Promise<string[]> {
  const wanted = new Map(asked.map((line) => [`${line.account} at ${line.atMs}`, line]));
  const wrong: string[] = [];
  for (const held of await readLookupEntries(owner)) {
    const name = `${held.account} at ${held.atMs}`;
    const line = wanted.get(name);
    wanted.delete(name);
    const isSame =
      line !== undefined &&
      held.entries === line.entries &&
      held.refused === line.refused &&
      held.present === line.present;
    if (!isSame) wrong.push(`account ${name}: the ledger holds ${held.entries}, not ${line?.entries ?? 0}`);
  }
  const lost = [...wanted.values()].filter((line) => line.entries > 0);
  wrong.push(...lost.map((line) => `account ${line.account} at ${line.atMs}: nothing in the ledger`));
  const gaps = await countGaps(owner);
  return gaps === 0 ? wrong : [...wrong, `${gaps} lanes or accounts have a gap`];
}
