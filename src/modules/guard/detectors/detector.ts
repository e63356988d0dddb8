import type { AccountState } from '../fold/account-state.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import type { LaneState } from '../fold/lane-state.ts';
import type { Look } from '../fold/look.ts';
import type { NullRate, SideRate } from './null-rate.ts';

/**
 * A way to tell theft from work. It knows nothing but what it is given: same state and entry, same
 * result.
 */
export type Detector = {
  /** Its number in the list of docs/guard.md. */
  readonly number: number;
  readonly name: string;
  /** What its evidence says, to the professional and to the officer. */
  readonly says: { readonly fr: string; readonly en: string };
  /** Its part of the average of all; fixed beforehand, they sum to 1. */
  readonly weight: number;
  readonly nullRates: readonly NullRate[];
  readonly sideRates?: readonly SideRate[];
  /** Where its e-detectors stand in the account's state, and how many they are. */
  readonly track: number;
  readonly tracks: number;
  /** Contributes nothing yet. */
  readonly waiting?: true;
  /** A lookup of the account. */
  readonly look?: (look: Look, account: AccountState, lane: LaneState) => void;
  /** An explanation of somebody the account drew; `low` and `high` are the person's eight bytes. */
  readonly explanation?: (told: Told, account: AccountState, lane: LaneState) => void;
};

/** An explanation, with the eight bytes of its person. One object is used again. */
export type Told = { entry: FollowedEntry; low: number; high: number };
