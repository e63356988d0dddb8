import type { Keys } from './keys.ts';

/** Seals a text about a professional; `about` says where it lies, and must be said again to open it. */
export function sealText(keys: Keys, text: string, about: string): Buffer {
  return keys.seal('staff', Buffer.from(text, 'utf8'), `staff|${about}`);
}

/** Opens a text about a professional. */
export function openText(keys: Keys, sealed: Uint8Array, about: string): string {
  return keys.open('staff', sealed, `staff|${about}`).toString('utf8');
}

/** A keyed index for finding a sealed text again: the same for two spellings that differ by case or edges. */
export function staffIndex(keys: Keys, text: string): Buffer {
  return keys.mac('staff-index', text.trim().normalize('NFC').toLowerCase());
}
