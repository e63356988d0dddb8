import type { Database } from '../../../platform/database/connect.ts';
import { readContained, type Standing, standings } from '../../ledger/index.ts';
import { type Family, familiesOf } from '../campaigns/families.ts';
import { type BlockedRow, listBlocked } from '../networks/store.ts';
import * as store from './store.ts';

/** A sweep, and whom it found. */
export type ReadSweep = store.SweepRow & {
  readonly accounts: readonly (Omit<store.FoundRow, 'families'> & {
    readonly families: readonly Family[];
    readonly standing: Standing;
  })[];
  /** Networks that were looked for: who else was there, and the block that came of it, if one did. */
  readonly networks: readonly {
    readonly network: number;
    readonly others: number;
    readonly became: NetworkBecame;
  }[];
};

/** What became of a network that a sweep looked for. */
export const networkBecame = ['left', 'blocked', 'opened'] as const;
export type NetworkBecame = (typeof networkBecame)[number];

const shownMost = 50;

/**
 * Sweeps, the newest first and 50 at most, each with whom it found so far; of one campaign or case alone, if
 * asked. How many there are: `countSweeps`.
 */
export async function listSweeps(db: Database, only: store.SweepFilter = {}): Promise<ReadSweep[]> {
  const rows = await store.listSweepRows(db, { most: shownMost, ...only });
  if (rows.length === 0) return [];
  const contained = await readContained(db);
  const ids = rows.map(({ sweep }) => sweep);
  const uses = await store.countUsers(db, ids);
  const blocked = await listBlocked(db, [...new Set(uses.map(({ network }) => network))]);
  const networksOf = (row: store.SweepRow) =>
    uses
      .filter((use) => use.sweep === row.sweep)
      .map(({ network, others }) => {
        const block = blocked.find((each) => each.network === network && isOf(each, row));
        return { network, others, became: becameOf(block) };
      });
  const sweeps: ReadSweep[] = [];
  for (const row of rows) {
    const found = await store.listFound(db, row.sweep);
    const accounts = found.map((each) => ({
      ...each,
      families: familiesOf(each.families),
      standing: standings[contained.get(each.account) ?? 0] ?? 'suspended',
    }));
    sweeps.push({ ...row, accounts, networks: networksOf(row) });
  }
  return sweeps;
}

/** A block that was live when the sweep ended, or since: another sweep may have made it. */
function isOf({ until, openedAt }: BlockedRow, { startedAt }: store.SweepRow): boolean {
  return until > startedAt && (openedAt === null || openedAt > startedAt);
}

function becameOf(block: BlockedRow | undefined): NetworkBecame {
  if (block === undefined) return 'left';
  return block.openedAt === null ? 'blocked' : 'opened';
}
