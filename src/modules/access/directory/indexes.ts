import { type Keys, staffIndex } from '../../vault/index.ts';

/** By what a place of a directory is found again: its number, keyed. */
export function placeIndex(keys: Keys, placeKey: string): Buffer {
  return staffIndex(keys, `place|${placeKey}`);
}

/** By what the account of a professional at a place is found again. */
export function accountIndex(keys: Keys, rpps: string, placeKey: string): Buffer {
  return staffIndex(keys, `professional|${rpps}|${placeKey}`);
}
