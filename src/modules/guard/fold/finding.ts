/**
 * How far an account is to be contained, from nothing to everything; the same order as the ledger's
 * standings.
 */
export const levels = ['none', 'challenge', 'restrict', 'suspend'] as const;
export type Level = (typeof levels)[number];

/** Below this a detector said next to nothing. */
export const spokenBits = 1;

/** What the guard makes of an account after one of its entries. */
export type Finding = {
  readonly account: number;
  readonly lane: number;
  readonly seq: number;
  /** Microseconds since 1970, UTC. */
  readonly at: number;
  /** All detectors together: log2 of the average of their e-detectors. */
  readonly bits: number;
  /** Each detector by itself, in the order of `detectors`. */
  readonly own: readonly number[];
  /** What its evidence asks for now; a suspension still asks e-BH, unless it is a honey person. */
  readonly level: Level;
  readonly honey: boolean;
};
