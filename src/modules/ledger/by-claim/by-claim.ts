import type { Database } from '../../../platform/database/connect.ts';
import { explanations } from '../codes.ts';
import { madeDurable } from '../trouble.ts';
import { explainMany, type PairToExplain, readDrawers } from './store.ts';

/** An accepted claim, or one taken back: it explains its person to every account of the organisation. */
export type ClaimExplanation = {
  readonly organisation: number;
  readonly subject: string;
  readonly how: 'claim' | 'claim-taken-back';
  /** Who did it; 0 is the system. */
  readonly by: number;
  readonly claim: string;
};

/** `limit-reached`: some account may be given its person back another day; the claim is sent again then. */
export type ClaimExplained = 'done' | 'limit-reached';

/** The ledger's side of claims. */
export type ByClaim = {
  /**
   * For each account of the organisation that drew the person; what came of each claim, in their order.
   * Stopped half-way, it is done again: twice by one claim is once.
   */
  explainClaims(claims: readonly ClaimExplanation[]): Promise<ClaimExplained[]>;
};

/** A lane is held while it is written to, some 0.2 ms a pair: lookups of its accounts must not wait long. */
const pairsAtOnce = 64;
const limitReached = 3;

/** Explains what claims give back. */
export function byClaim(db: Database, is: { readonly lanes: number; readonly now: () => bigint }): ByClaim {
  return {
    async explainClaims(claims) {
      const limited = new Set<number>();
      const drawers = await madeDurable(readDrawers(db, claims));
      for (let lane = 0; lane < is.lanes; lane += 1) {
        const pairs = drawers.filter((each) => each.lane === lane);
        for (let from = 0; from < pairs.length; from += pairsAtOnce) {
          const some = pairs.slice(from, from + pairsAtOnce);
          const asks = some.map(({ account, place }) => pairOf(account, claims[place] as ClaimExplanation));
          const outcomes = await madeDurable(explainMany(db, { lane, serverAt: is.now(), pairs: asks }));
          some.forEach(({ place }, at) => {
            if (outcomes[at] === limitReached) limited.add(place);
          });
        }
      }
      return claims.map((_claim, place) => (limited.has(place) ? 'limit-reached' : 'done'));
    },
  };
}

function pairOf(account: number, { subject, how, by, claim }: ClaimExplanation): PairToExplain {
  return { account, subject, how: explanations[how], by, claim };
}
