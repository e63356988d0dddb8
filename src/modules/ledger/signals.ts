/**
 * What is noticed at the request and kept in an entry's `signals`, version 1: a set of numbers, none of which
 * names anybody. A number is added, never changed or used again.
 */
export const signalBits = {
  /** This account never drew the person before, or forgot them: said by the record statement alone. */
  neverSeen: 1 << 0,
  /** The number is of the month and commune of one of the account's last 50, three orders away at most. */
  sameRun: 1 << 1,
  /** The number is above the account's previous one. */
  ascending: 1 << 2,
  /** There was a previous one to compare with. */
  hasPrevious: 1 << 3,
  /** Nobody: a number that only a walk through numbers meets. */
  honey: 1 << 4,
  /** The session was signed in to in a way its account seldom showed: `unusualBits` of access or more. */
  riskySignIn: 1 << 5,
  /** The session began where nobody who was in the account's others can be by then. */
  impossibleTravel: 1 << 6,
} as const;

/** Bits 16 to 23: which honey person was met, as a mark of 1 to 254; 0 is unknown, as in older entries. */
const honeyAt = 16;
const honeyMarks = 254;

/**
 * The same set, with a mark of the honey person's keyed name: two marks that differ are two persons, whatever
 * server was asked; a mark alone, of nobody, names nobody.
 */
export function withHoneyMark(signals: number, keyedName: Buffer): number {
  return signals | signalBits.honey | ((1 + ((keyedName[0] ?? 0) % honeyMarks)) << honeyAt);
}

/** The mark of the honey person in a set of signals; 0 when it says none. */
export function honeyMarkOf(signals: number): number {
  return (signals >> honeyAt) & 0xff;
}

/** Bits 8 to 14: the département of birth that the number tells, by its place in a list; 0 is none known. */
const departementAt = 8;
const departementMask = 0x7f;

/** The place of the département in a set of signals. */
export function departementOf(signals: number): number {
  return (signals >> departementAt) & departementMask;
}

/** The same set, with a département. */
export function withDepartement(signals: number, place: number): number {
  return signals | ((place & departementMask) << departementAt);
}
