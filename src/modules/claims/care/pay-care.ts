import type { Day } from '../../../platform/clock.ts';
import { type Envelopes, keptBefore, type Taken, takenBy, usedBefore } from '../envelopes/envelope.ts';
import type { Shares } from '../guarantees/care.ts';
import { payFor } from '../guarantees/pay-for.ts';
import type { Care } from './care-body.ts';
import type { PayingContract } from './contracts-of-terms.ts';

/** Care, the contracts that pay it, and what was used before: everything that decides who pays. */
export type CareToPay = {
  readonly care: Care;
  readonly careDate: Day;
  readonly contracts: readonly PayingContract[];
  readonly envelopes: Envelopes;
  readonly organisation: number;
  /** The day it is asked: what an engagement held until before it is free again. */
  readonly today: Day;
};

/** Who pays each line, and what that takes from limits, to be kept under a claim or an engagement. */
export type PaidCare = {
  readonly shares: readonly Shares[];
  takenUnder(by: string, until?: Day): Taken;
};

/** Says who pays; reads nothing else. Throws NoRule. */
export function payCare({ care, careDate, contracts, envelopes, organisation, today }: CareToPay): PaidCare {
  const used = usedBefore(envelopes, contracts, { day: careDate, today });
  const { shares, counters } = payFor({
    ...care,
    contracts,
    used,
    keptBefore: keptBefore(envelopes, { day: careDate, organisation }),
  });
  return {
    shares,
    takenUnder: (by, until) =>
      takenBy({ shares, before: used, after: counters }, contracts, {
        ...{ by, day: careDate, organisation },
        ...(until === undefined ? {} : { until }),
      }),
  };
}
