import type { Rejection } from './rejections.ts';

/** Rejections that may end without who sent them: rights are corrected, a day comes, a claim is cancelled. */
export const resendable: readonly Rejection[] = [
  'rights-closed',
  'domain-not-covered',
  'care-in-future',
  'engagement-used',
];
