import type { AccountFigures } from '../ledger/index.ts';

const reasonsPerWeek = 5;

/**
 * The most people that one account, never noticed, can draw in a number of days, whatever it does: forged
 * claims for every person,
 * every reason by hand, every renewal. An account older than 30 days; a younger one adds its opening
 * balance once.
 * People it already served are not in it: those it may look up again at will.
 */
export function mostPeopleDrawn(figures: Omit<AccountFigures, 'organisation'>, days: number): number {
  const { cap, renewalPerDay, usualNewPeoplePerDay, peoplePerDayMax } = figures;
  // What is drawn is, at the end, charged (at most the cap), explained by a claim or by hand, or forgiven.
  const refilled =
    usualNewPeoplePerDay * days + reasonsPerWeek * Math.ceil(days / 7) + renewalPerDay * (days - 1);
  return Math.min(cap + refilled, peoplePerDayMax * days);
}
