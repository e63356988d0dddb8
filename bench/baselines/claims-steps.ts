import { setTimeout } from 'node:timers/promises';
import type { Route } from '../../src/modules/access/index.ts';
import { decideClaims } from '../../src/modules/claims/adjudicating/decide-claims.ts';
import { listWaiting } from '../../src/modules/claims/adjudicating/store.ts';
import { drawTerms } from '../../src/modules/claims/care/draw-terms.ts';
import type { ClaimTools } from '../../src/modules/claims/claim-tools.ts';
import { settleExplained, takeToExplain } from '../../src/modules/claims/explaining/store.ts';
import { submitRoutes } from '../../src/modules/claims/submitting/routes.ts';
import { insertClaims } from '../../src/modules/claims/submitting/store.ts';
import { claimToKeep, type SubmitClaim } from '../../src/modules/claims/submitting/submit-claim.ts';

/**
 * What a careful programmer writes first: each step of each claim is a transaction of its own, on as many
 * connections as the pool has. The same statements, the same rules, the same sealing; nothing is shared.
 */
export function stepRoutes(tools: ClaimTools): Route[] {
  const submit: SubmitClaim = async (caller, asked, key) => {
    const { person, care } = asked;
    const drawn = await drawTerms(tools, caller, { person, acts: care.acts, action: 'claimed' });
    if (drawn.outcome !== 'disclosed') return drawn;
    const [kept] = await insertClaims(tools.db, [claimToKeep(tools.keys, caller, { asked, key, drawn })]);
    const { entry, allowance } = drawn;
    return {
      ...{ outcome: 'received', entry, allowance },
      ...{ claim: kept?.id ?? '', receivedAt: kept?.receivedAt ?? new Date() },
    };
  };
  return submitRoutes({ submit });
}

/** Decides what waits, a transaction a claim, four at a time; how many. */
export async function decideInSteps(tools: ClaimTools): Promise<number> {
  const waiting = await listWaiting(tools.db, 200);
  await inFour(waiting, (only) => decideClaims(tools, { most: 1, only }));
  return waiting.length;
}

/** Tells the ledger of what is due, a transaction a claim, four at a time; how many. */
export async function explainInSteps({ db, ledger }: Pick<ClaimTools, 'db' | 'ledger'>): Promise<number> {
  const due = await takeToExplain(db, 200);
  await inFour(due, async ({ id, organisation, subject, how, lease }) => {
    await ledger.explainClaims([{ organisation, subject, how: 'claim', by: 0, claim: id }]);
    await settleExplained(db, [{ id, how, lease }]);
  });
  return due.length;
}

/** Does both for as long as the process lives. */
export async function runSteps(tools: ClaimTools): Promise<never> {
  for (;;) {
    const found = (await decideInSteps(tools)) + (await explainInSteps(tools));
    if (found === 0) await setTimeout(20);
  }
}

async function inFour<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let place = next++; place < items.length; place = next++) await work(items[place] as Item);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}
