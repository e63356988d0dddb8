/** Somebody on a network from which a stolen account was used. */
export type NetworkUser = {
  readonly account: number;
  readonly organisation: number;
  /** A person confirmed that it was stolen, and it is still suspended. */
  readonly isStolen: boolean;
  /** When it, or its software, last signed in from there; null when not lately. */
  readonly seenAt: Date | null;
};

/** The theft for which a network would be blocked: the account, and when a person confirmed it. */
export type Theft = { readonly account: number; readonly confirmedAt: Date };

/**
 * Whether somebody on a network speaks against blocking it: everybody whom no person confirmed to be stolen,
 * colleagues of the stolen account too.
 */
export function speaksAgainst(user: NetworkUser, theft: Theft): boolean {
  if (user.isStolen) return false;
  // It was there by the theft. Once it is its holder's again, what they did there since does speak.
  if (user.account === theft.account) return user.seenAt !== null && user.seenAt > theft.confirmedAt;
  return true;
}

/** What is known of a network, and therefore whether it may be blocked: `free` alone may. */
export const blockStates = ['free', 'used', 'unread', 'old', 'blocked'] as const;
export type BlockState = (typeof blockStates)[number];

/** The first that is so decides. */
export function blockStateOf(is: {
  readonly isBlocked: boolean;
  readonly isRead: boolean;
  readonly isOld: boolean;
  readonly against: number;
}): BlockState {
  if (is.isBlocked) return 'blocked';
  if (!is.isRead) return 'unread';
  // Who looked somebody up from there since is known by their sign-in alone, which is read as far back.
  if (is.isOld) return 'old';
  return is.against > 0 ? 'used' : 'free';
}
