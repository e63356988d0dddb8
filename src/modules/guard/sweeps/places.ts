import type { RunningSweep } from './store.ts';

/** How far each lane was read: its last entry; `endOfLane` once it is read. */
export type SweepPlaces = Readonly<Record<number, number>>;

/** The place of a lane that a sweep has read to the end of its days. */
export const endOfLane = -2;

/** A piece of a lane to read, and the sweeps it serves. */
export type NextRead = {
  readonly lane: number;
  /** The entry before the first of the piece. */
  readonly from: number;
  readonly among: readonly RunningSweep[];
};

/** Whether every lane is read, or there is nothing to look for. */
export function isRead({ sought, places }: Pick<RunningSweep, 'sought' | 'places'>): boolean {
  if (sought !== null && sought.networks.length + sought.clients.length === 0) return true;
  return Object.values(places).every((place) => place === endOfLane);
}

/** One piece of every lane for each sweep: a piece of so many entries serves all that stand within it. */
export function nextReads(sweeps: readonly RunningSweep[], most: number): NextRead[] {
  const lanes = [...new Set(sweeps.flatMap(({ places }) => Object.keys(places).map(Number)))];
  return lanes.flatMap((lane) => {
    const reads: { lane: number; from: number; among: RunningSweep[] }[] = [];
    const standing = sweeps.filter(({ places }) => (places[lane] ?? endOfLane) !== endOfLane);
    const placeOf = ({ places }: RunningSweep) => places[lane] ?? endOfLane;
    for (const sweep of standing.sort((one, other) => placeOf(one) - placeOf(other))) {
      const last = reads.at(-1);
      if (last !== undefined && placeOf(sweep) < last.from + most) last.among.push(sweep);
      else reads.push({ lane, from: placeOf(sweep), among: [sweep] });
    }
    return reads;
  });
}
