import { actions, departementOf, outcomes, type PastLookup, signalBits } from '../../ledger/index.ts';

/** What may be said of a lookup: of its number, of what came of it, of where it came from. */
export const lookupSigns = [
  'honey',
  'new',
  'elsewhere',
  'neighbour',
  'rising',
  'unknown',
  'refused',
  'present',
  'by-claim',
  'unexplained',
  'explained',
  'other-network',
  'other-client',
  'risky-sign-in',
  'impossible-travel',
] as const;
export type LookupSign = (typeof lookupSigns)[number];

type Rule = (lookup: PastLookup, isUsual: (departement: number) => boolean | null) => boolean;

/** It came of a claim, not of a question: software that only invoices never asks before. */
const claims: readonly number[] = [actions.claimed, actions.claimRead, actions.claimReviewed];

const has = (bit: number) => (lookup: PastLookup) => (lookup.signals & bit) !== 0;
const isNew: Rule = (lookup) =>
  has(signalBits.neverSeen)(lookup) && !lookup.present && lookup.isExplained !== null;

const rules: Readonly<Record<LookupSign, Rule>> = {
  honey: has(signalBits.honey),
  new: isNew,
  elsewhere: (lookup, isUsual) => isNew(lookup, isUsual) && isUsual(departementOf(lookup.signals)) === false,
  neighbour: has(signalBits.sameRun),
  rising: (lookup) => has(signalBits.hasPrevious)(lookup) && has(signalBits.ascending)(lookup),
  unknown: (lookup) => lookup.outcome === outcomes.unknown && !has(signalBits.honey)(lookup),
  refused: ({ outcome }) => outcome === outcomes.refused,
  present: ({ present }) => present,
  'by-claim': ({ action }) => claims.includes(action),
  unexplained: ({ outcome, present, isExplained }) =>
    outcome === outcomes.disclosed && !present && isExplained === false,
  explained: ({ outcome, isExplained }) => outcome === outcomes.disclosed && isExplained === true,
  'other-network': ({ isOtherNetwork }) => isOtherNetwork === true,
  'other-client': ({ isOtherClient }) => isOtherClient === true,
  'risky-sign-in': has(signalBits.riskySignIn),
  'impossible-travel': has(signalBits.impossibleTravel),
};

/** All that may be said of a lookup. `isUsual` is null while nothing is known to be usual. */
export function signsOf(lookup: PastLookup, isUsual: (departement: number) => boolean | null): LookupSign[] {
  return lookupSigns.filter((sign) => rules[sign](lookup, isUsual));
}
