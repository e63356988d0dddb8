import { type Keys, staffIndex } from '../../vault/index.ts';

/** By what a place of a directory is found again: its number, keyed. */
export function placeIndex(keys: Keys, placeKey: string): Buffer {
  return staffIndex(keys, `place|${placeKey}`);
}

/** By what the account of a professional at a place is found again. */
export function accountIndex(keys: Keys, rpps: string, placeKey: string): Buffer {
  return staffIndex(keys, `professional|${rpps}|${placeKey}`);
}

/** By what every account of one professional is found again; null for what is no RPPS number. */
export function professionalIndex(keys: Keys, identifier: string): Buffer | null {
  // The national identifier puts an 8 before the RPPS.
  const rpps = /^8?(\d{11})$/.exec(identifier.trim())?.[1];
  return rpps === undefined ? null : staffIndex(keys, `rpps|${rpps}`);
}
