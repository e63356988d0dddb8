import { departementOf } from '../../ledger/index.ts';
import { isUsual, peopleLeast } from '../detectors/geography/detector.ts';
import { AccountState, shortAt, wordAt } from '../fold/account-state.ts';

/** Where the numbers of an account's usual people were given, as detector 2 knows it. */
export type UsualPlaces = {
  /** People it rests on; they fade, and below `peopleLeast` nothing is usual yet. */
  readonly people: number;
  readonly isKnown: boolean;
  /** How many of them, by the place of a département. */
  countAt(place: number): number;
  /** Whether a place is usual; null while nothing is, or where no place is known. */
  isUsual(place: number): boolean | null;
};

const placeMost = departementOf(-1);

/** Reads it from an account's snapshot; without one, nothing is known yet. */
export function usualPlacesOf(bytes: Uint8Array | undefined): UsualPlaces {
  const state = new AccountState();
  if (bytes !== undefined) state.restore(bytes);
  const people = state.words[wordAt.departementTotal] ?? 0;
  const isKnown = people >= peopleLeast;
  return {
    people,
    isKnown,
    countAt: (place) => state.shorts[shortAt.departements + place] ?? 0,
    isUsual: (place) => (isKnown && place > 0 && place <= placeMost ? isUsual(state, place) : null),
  };
}
