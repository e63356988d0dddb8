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
  /** What its evidence asks for now; a suspension still asks e-BH, unless honey is conclusive. */
  readonly level: Level;
  /** Two different honey persons were met in walks. */
  readonly honey: boolean;
  /** One honey person alone was met in a walk within a day: it restricts, and is told to an officer. */
  readonly metHoney?: boolean;
};

/** Whether a honey person is among the reasons of a step. */
export function tellsHoney({ honey, metHoney = false }: Finding): boolean {
  return honey || metHoney;
}
