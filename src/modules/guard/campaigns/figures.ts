/**
 * How accounts are linked. Every figure is assumed: no data of real campaigns was published with what their
 * accounts shared. None of them is part of the promise, which holds for whatever groups are formed.
 */
const dayUs = 86_400_000_000;

/** What an account did not use before is new to it for so long. */
export const newUs = 14 * dayUs;
/** An account counts as active, and what it used as used, for so long. */
export const activeUs = 30 * dayUs;
/** So long after the first entry, what an account uses first is taken as usual for it. */
export const learningUs = 28 * dayUs;
/** A group in which nobody drew a stranger from something new for so long is over. */
export const quietUs = 14 * dayUs;

/** A family counts when fewer than one active account in 32 shares it, other members left out. */
export const familyBits = 5;
/** And a link weighs as much as one pair in four thousand. */
export const linkBits = 12;

/** Sessions that began within this of each other, or twice this, began together. */
export const togetherUs = 15 * 60 * 1_000_000;
export const togetherBuckets = 2;

/** Waits between strangers that make a rhythm, and how steady they must be: mean deviation of their log2. */
export const rhythmGaps = 8;
export const rhythmSpreadMax = 0.35;
/** Rhythms are told apart by a fifth of their length: a quarter of a doubling. */
export const rhythmSteps = 4;

/** Of each account: the last strangers that turns are looked for in. */
export const drawsKept = 8;

/** What is remembered of an account at most, and who is tried as its accomplice. */
export const networksMost = 4;
export const clientsMost = 3;
export const sessionsMost = 4;
export const drawersMost = 64;
export const linksMost = 8;
export const membersMost = 500;
