import { alternatives } from './e-detector.ts';
import type { Witness } from './witness.ts';

/**
 * All that the guard remembers of an account, in one buffer: a snapshot is its bytes. The layout is fixed;
 * another layout is another version, and its state is folded again from the ledger.
 */
export const stateVersion = 2;

/** Tracks: e-detectors that run side by side; a detector has one or two. */
export const trackCount = 16;
const people = 112;
/** How many drawn people wait for an explanation at a time. */
export const drawnMax = 80;

/** Places of single bytes. */
export const byteAt = {
  version: 0,
  level: 1,
  standing: 2,
  honey: 3,
  ascents: 4,
  flags: 5,
  honeySeen: 6,
  honeyMet: 7,
} as const;

/** Places of numbers of eight bytes. */
export const numberAt = {
  bits: 1,
  answeredAt: 2,
  lastNewAt: 3,
  lastGap: 4,
  firstHour: 5,
  week: 6,
  hour: 7,
  hourCount: 8,
  day: 9,
  openedAt: 10,
  lastLookupAt: 11,
  habitHour: 12,
  weekRate: 13,
  dayExpected: 14,
  recentDay: 15,
  tracks: 16,
  volumeClosed: 16 + trackCount * alternatives,
} as const;
const numbersEnd = numberAt.volumeClosed + alternatives;

const floatsFrom = numbersEnd * 8;
/** Places of numbers of four bytes with a point. */
export const floatAt = { shares: 0, ones: 16, total: 32, volumeShape: 48, volumeExposure: 120 } as const;
const wordsFrom = floatsFrom + (120 + 72) * 4;
/** Places of whole numbers of four bytes. */
export const wordAt = {
  recentNext: 0,
  drawnFirst: 1,
  drawnCount: 2,
  departementTotal: 3,
  departementLearned: 4,
  habitTotal: 5,
  habitLearned: 6,
  networkNext: 7,
  clientNext: 8,
  session: 9,
  sessionNetwork: 10,
  otherSession: 11,
  honeyHour: 12,
  endedLevel: 13,
  endedBits: 14,
  recent: 16,
  drawn: 16 + people,
  networks: 16 + people + drawnMax * 3,
  clients: 16 + people + drawnMax * 3 + 12,
} as const;
const shortsFrom = wordsFrom + (wordAt.clients + 6) * 4;
/** Places of whole numbers of two bytes. */
export const shortAt = { departements: 0, habits: 128, today: 200 } as const;
const bytesFrom = shortsFrom + 224 * 2;

/** Where the marks stand that say which of the drawn people were explained. */
export const explainedAt = bytesFrom;
/** Bytes of an account's state. */
export const stateBytes = Math.ceil((bytesFrom + drawnMax) / 8) * 8;
export const recentMax = people;

/** Bits of the byte of flags; none is used for two things. */
export const flagOf = {
  /** The number asked for last was nobody's. */
  lastWasUnknown: 1,
  /** The last hour of work was unusual for the account. */
  lastWasUnusual: 2,
  /** The day had a time when the account was contained, or near it. */
  dayTeachesNothing: 4,
} as const;

/** Sets or clears a flag. */
export function setFlag({ bytes }: AccountState, flag: number, isSet: boolean): void {
  const flags = bytes[byteAt.flags] as number;
  bytes[byteAt.flags] = isSet ? flags | flag : flags & ~flag;
}

/** Whether a flag is set. */
export function hasFlag({ bytes }: AccountState, flag: number): boolean {
  return ((bytes[byteAt.flags] as number) & flag) !== 0;
}

export class AccountState {
  readonly buffer = new ArrayBuffer(stateBytes);
  readonly numbers = new Float64Array(this.buffer, 0, numbersEnd);
  readonly floats = new Float32Array(this.buffer, floatsFrom, (wordsFrom - floatsFrom) / 4);
  readonly words = new Uint32Array(this.buffer, wordsFrom, (shortsFrom - wordsFrom) / 4);
  readonly shorts = new Uint16Array(this.buffer, shortsFrom, (bytesFrom - shortsFrom) / 2);
  readonly bytes = new Uint8Array(this.buffer);
  /** The e-detectors of the group that it is in, if it is in one: no part of its bytes. */
  group: Float64Array | undefined = undefined;
  /** Who counts what is observed, if somebody does: no part of its bytes. */
  witness: Witness | undefined = undefined;

  constructor() {
    this.bytes[byteAt.version] = stateVersion;
  }

  /** Takes the place of what a snapshot holds. */
  restore(bytes: Uint8Array): void {
    if (!isStateOfLayout(bytes))
      throw new Error(
        `a state of ${bytes.length} bytes, version ${bytes[byteAt.version]}, is not of this layout`,
      );
    this.bytes.set(bytes);
  }
}

/** A number that is there: every place of the layout is. */
export function numberOf(state: AccountState, place: number): number {
  return state.numbers[place] as number;
}

/** Whether a snapshot of an account is of this layout. */
export function isStateOfLayout(bytes: Uint8Array): boolean {
  return bytes.length === stateBytes && bytes[byteAt.version] === stateVersion;
}

/** The evidence in a snapshot of an account, in bits. */
export function bitsIn(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(numberAt.bits * 8, true);
}
