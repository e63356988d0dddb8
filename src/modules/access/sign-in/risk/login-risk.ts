/** How often a value was seen among sign-ins, and how many values there were. */
export type Seen = {
  /** Sign-ins looked at. */
  readonly of: number;
  /** Those with this value. */
  readonly times: number;
  /** Different values among them. */
  readonly kinds: number;
};

/** One thing a sign-in shows, as the account and as everybody showed it before. */
export type Feature = { readonly own: Seen; readonly everybody: Seen };

/** A session that begins this unusually is a risk. */
export const unusualBits = 6;
/** After half an hour: whoever holds the key is at work by then, and whoever took the session is too. */
const askAgainSeconds = 1800;

/**
 * Whether a session must show its passkey again by now: it began at a risk, or by impossible travel, and was
 * the first to.
 */
export function isAskedAgain(session: {
  readonly riskBits: number;
  readonly isImpossible: boolean;
  readonly repeats: boolean;
  /** Its age, in seconds. */
  readonly whole: number;
}): boolean {
  const isUnusual = session.riskBits >= unusualBits || session.isImpossible;
  return isUnusual && !session.repeats && session.whole > askAgainSeconds;
}

/**
 * How unusual a sign-in is for its account, in bits: how much more likely it is of anybody than of the holder
 * (Freeman et al., NDSS 2016). 0 for an account without a history: nothing is known against it.
 *
 * A value that the account never showed is as likely as everybody makes it, times the share of the account's
 * sign-ins that bring something new. (The published code gives it 1 / (sign-ins + kinds); a network that
 * nobody ever used then speaks for the holder.)
 */
export function riskBits(features: readonly Feature[]): number {
  return features.reduce((bits, feature) => bits + evidence(feature), 0);
}

function evidence({ own, everybody }: Feature): number {
  if (own.of === 0) return 0;
  if (own.times === 0) return -Math.log2(newShare(own));
  const usual = (own.times / own.of) * (1 - newShare(own));
  return Math.log2(likelihood(everybody) / (usual + newShare(own) * likelihood(everybody)));
}

/** Of everybody; somebody's first value is one of the new ones. */
function likelihood(seen: Seen): number {
  const share = newShare(seen);
  if (seen.times === 0) return share;
  return (seen.times / seen.of) * (1 - share);
}

/** The share of sign-ins that bring a value not seen before, as Freeman et al. smooth it. */
function newShare({ of, kinds }: Seen): number {
  return (kinds + 1) / (of + kinds + 1);
}
