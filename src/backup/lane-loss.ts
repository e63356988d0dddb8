/** How far a lane of the ledger is: so many entries, numbered from 0. */
export type LaneLength = { readonly lane: number; readonly entries: bigint };

/** Entries of one lane that a restore would take away. */
export type LaneLoss = { readonly lane: number; readonly from: bigint; readonly to: bigint };

/** What a database holds beyond a backup: nothing, or from which entry to which, of each lane. */
export function findLosses(backup: readonly LaneLength[], database: readonly LaneLength[]): LaneLoss[] {
  return database.flatMap(({ lane, entries }) => {
    const kept = backup.find((other) => other.lane === lane)?.entries ?? 0n;
    return entries > kept ? [{ lane, from: kept, to: entries - 1n }] : [];
  });
}

/** One sentence a lane, for whoever decides. */
export function describeLoss({ lane, from, to }: LaneLoss): string {
  const ends = from === 0n ? 'the backup holds none of its entries' : `the backup ends at entry ${from - 1n}`;
  const lost = from === to ? `entry ${from}` : `entries ${from} to ${to}`;
  return `lane ${lane}: ${ends}, the database holds ${to}: ${lost} would be lost`;
}
