import type { FollowedEntry } from '../fold/followed-entry.ts';

/** Lookups use the same connections. */
const readsAtOnce = 4;

/** A lane that is read some entries at a time. */
export type ReadLane = {
  /** The first entry that was read and not folded. */
  readonly head: Pick<FollowedEntry, 'at'> | undefined;
  /** All that was read is folded, and there is more. */
  readonly isSpent: boolean;
  /** Reads some of what is new up to an entry, unless a head waits. */
  read(upTo: number): Promise<void>;
  /** Folds the head; undefined when nothing needs to be waited for. */
  followHead(): Promise<void> | undefined;
};

/**
 * Folds what lanes have new in the order of its time, each lane in its own order: as far as all of them are
 * read. So a guard that comes back, or folds everything again, sees accounts of several lanes beside each
 * other as it did when they were at work, and links the same. Whether there is more.
 *
 * @param lastOf the last entry of each lane, all at one moment: what came later in one of them waits, or it
 *   would be folded before what came earlier in another.
 */
export async function followInTime<Lane extends ReadLane>(
  lanes: readonly Lane[],
  lastOf: (lane: Lane) => number,
  isStopping: () => boolean,
): Promise<boolean> {
  for (let from = 0; from < lanes.length; from += readsAtOnce)
    await Promise.all(lanes.slice(from, from + readsAtOnce).map((lane) => lane.read(lastOf(lane))));
  for (let lane = earliest(lanes); lane !== undefined; lane = earliest(lanes)) {
    // Between two entries: what was folded was acted on, or waits.
    if (isStopping()) return false;
    const acting = lane.followHead();
    if (acting !== undefined) await acting;
    // What it has next may be older than what the others hold.
    if (lane.isSpent) return true;
  }
  return false;
}

/** The lane whose head is the oldest; of two that are as old, the first. */
function earliest<Lane extends ReadLane>(lanes: readonly Lane[]): Lane | undefined {
  let first: Lane | undefined;
  for (const lane of lanes)
    if (lane.head !== undefined && (first?.head === undefined || lane.head.at < first.head.at)) first = lane;
  return first;
}
