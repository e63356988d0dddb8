import type { FollowedEntry } from './followed-entry.ts';

/**
 * One lookup as detectors see it: the entry, and what several of them ask of it. One object is used
 * again.
 */
export type Look = {
  entry: FollowedEntry;
  /** The profession's place in tables of null rates. */
  profession: number;
  dailyLookups: number;
  /** Eight bytes of the subject; 0 when nobody was found. */
  low: number;
  high: number;
  /** The account looked at this person within its last hundred or so: nothing new is learnt of it. */
  again: boolean;
  /** Somebody was found and this account never drew them before; not there in person. */
  stranger: boolean;
  /** It came of a claim that was sent, not of a question: software that only invoices never asks before. */
  byClaim: boolean;
  /** Hours since 1970 in Paris, and the kind of that hour. */
  hour: number;
  hourClass: number;
  /** Baselines learn: the account is not contained, nor near it. */
  learns: boolean;
  /** The first weeks of an account: its own rates are taken as they are. */
  calibrating: boolean;
  /** Opened less than a month ago without any relation brought along: everybody is new. */
  opening: boolean;
};
