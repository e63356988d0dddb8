import type { Database } from '../../../platform/database/connect.ts';
import { type Keys, openText } from '../../vault/index.ts';
import { type BlockedRow, countBlocked, listBlocked } from './store.ts';

/** A network that was blocked, with the words of whoever blocked it or opened it again. */
export type BlockedNetwork = Omit<BlockedRow, 'whySealed' | 'openedWhySealed'> & {
  /** Null when the guard blocked it. */
  readonly why: string | null;
  readonly openedWhy: string | null;
};

/** Networks that were blocked, the newest first, 1,000 at most; and how many there are. */
export async function readBlocked(tools: {
  readonly db: Database;
  readonly keys: Keys;
}): Promise<{ readonly networks: BlockedNetwork[]; readonly count: number }> {
  const open = (sealed: Buffer | null, network: number) =>
    sealed === null ? null : openText(tools.keys, sealed, aboutNetwork(network));
  const networks = (await listBlocked(tools.db)).map(({ whySealed, openedWhySealed, ...row }) => ({
    ...row,
    why: open(whySealed, row.network),
    openedWhy: open(openedWhySealed, row.network),
  }));
  return { networks, count: await countBlocked(tools.db) };
}

/** What a reason about a network is sealed for. */
export function aboutNetwork(network: number): string {
  return `network|${network}`;
}
