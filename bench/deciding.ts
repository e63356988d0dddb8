import { randomUUID } from 'node:crypto';
import { decideClaims } from '../src/modules/claims/adjudicating/decide-claims.ts';
import type { ClaimTools } from '../src/modules/claims/claim-tools.ts';
import { explainClaims } from '../src/modules/claims/explaining/explain-claims.ts';
import { openPlanBook } from '../src/modules/claims/plans/plan-book.ts';
import { decidedAtOnce, deciders } from '../src/modules/claims/run-claims.ts';
import { readClaimOfMany } from '../src/modules/claims/submitting/claim-body.ts';
import { createSubmitClaim } from '../src/modules/claims/submitting/submit-claim.ts';
import { createDrawPerson, createReadInsurers } from '../src/modules/rights/index.ts';
import { systemClock as clock } from '../src/platform/clock.ts';
import { decideInSteps, explainInSteps } from './baselines/claims-steps.ts';
import type { ClaimHouse } from './claims-house.ts';
import type { Tools } from './country.ts';
import { atLeast, type Measured, median } from './figures.ts';
import type { BenchOptions } from './lookup.ts';

const rounds = 3;
const claimsEach = { batched: 4_000, steps: 1_000 } as const;

/** Decides claims that wait, and tells the ledger, in this process; against a transaction for each claim. */
export async function benchDeciding(
  { db, keys, ledger }: Tools,
  house: ClaimHouse,
  { say }: BenchOptions,
): Promise<Measured> {
  const draw = createDrawPerson({ db, keys, ledger, clock, lenient: true });
  const readInsurers = createReadInsurers(db);
  const tools: ClaimTools = { db, keys, ledger, clock, draw, plans: openPlanBook(db), readInsurers };
  const submit = createSubmitClaim(tools, () => {});
  const fill = async (howMany: number) => {
    const one = async () => {
      const { desk, body } = house.next();
      await submit(desk.caller, readClaimOfMany(JSON.parse(body)), randomUUID());
    };
    for (let sent = 0; sent < howMany; sent += 256) {
      await Promise.all(Array.from({ length: Math.min(256, howMany - sent) }, one));
    }
  };
  const ways = {
    batched: {
      // As many at once as a server has.
      decide: async () => {
        const one = () => decideClaims(tools, { most: decidedAtOnce });
        const found = await Promise.all(Array.from({ length: deciders }, one));
        return found.reduce((sum, some) => sum + some, 0);
      },
      explain: async () => Number(await explainClaims(tools)),
    },
    steps: { decide: () => decideInSteps(tools), explain: () => explainInSteps(tools) },
  };
  const runs = { batched: [] as Run[], steps: [] as Run[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of ['batched', 'steps'] as const) {
      await fill(claimsEach[kind]);
      const decided = await perSecond(claimsEach[kind], ways[kind].decide);
      const explained = await perSecond(claimsEach[kind], ways[kind].explain);
      runs[kind].push({ decided, explained, both: 1 / (1 / decided + 1 / explained) });
      say(`${kind}: ${Math.round(decided)}/s decided, ${Math.round(explained)}/s told to the ledger`);
    }
  }
  return conclude(runs);
}

type Run = { readonly decided: number; readonly explained: number; readonly both: number };

/** Until nothing is left. */
async function perSecond(claims: number, work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  while ((await work()) > 0);
  return (claims * 1000) / (performance.now() - start);
}

function conclude(runs: Readonly<Record<'batched' | 'steps', readonly Run[]>>): Measured {
  const of = (kind: 'batched' | 'steps', what: keyof Run) => median(runs[kind].map((run) => run[what]));
  const variant = (kind: 'batched' | 'steps', what: keyof Run, name: string) => {
    const values = runs[kind].map((run) => run[what]);
    return { name, unit: 'claims/s', median: median(values), runs: values };
  };
  return {
    variants: [
      variant('batched', 'decided', 'a: decided, 200 at once'),
      variant('batched', 'both', 'a: decided and told to the ledger'),
      variant('steps', 'decided', 'b: decided, a transaction a claim'),
      variant('steps', 'both', 'b: decided and told to the ledger'),
    ],
    figures: [
      atLeast('claims decided', of('batched', 'decided'), 2_000, 'claims/s'),
      atLeast('decided, a / b', of('batched', 'decided') / of('steps', 'decided'), 3),
      atLeast('decided and told, a / b', of('batched', 'both') / of('steps', 'both'), 3),
    ],
  };
}
