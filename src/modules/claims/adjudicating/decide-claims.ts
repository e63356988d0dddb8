import { type Day, parisDay } from '../../../platform/clock.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Keys } from '../../vault/index.ts';
import { contractsOf, type PayingContract } from '../care/contracts-of-terms.ts';
import { householdsOf } from '../envelopes/envelope.ts';
import { LockedEnvelopes, type Whose, whoseOf } from '../envelopes/open-envelopes.ts';
import type { ClaimEvent } from '../events/event.ts';
import { insertEvents } from '../events/store.ts';
import type { PlanBook } from '../plans/plan-book.ts';
import { openEngagement } from '../quotes/engage.ts';
import type { ScenarioOf } from '../scenarios/play-scenarios.ts';
import { type Scenario, waitOf } from '../scenarios/scenario.ts';
import { openCare, sealCare } from '../sealed-care.ts';
import { actText, type ClaimDecision, claimStates, type SubmittedClaim } from '../submitting/claim.ts';
import { judgeClaim, type NamedEngagement, type Verdict } from './judge-claim.ts';
import { rejections } from './rejections.ts';
import { signalSet } from './signals.ts';
import * as store from './store.ts';

/** What claims are decided with. */
export type DecideTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly plans: PlanBook;
  readonly clock: { now(): bigint };
  /** In a sandbox: what its invented insurers do with the claims of some people. */
  readonly scenarioOf?: ScenarioOf | undefined;
};

type Opened = store.WaitingClaim & {
  readonly submitted: SubmittedClaim;
  readonly contracts: readonly PayingContract[];
  readonly whose: Whose;
  readonly actMarks: readonly Buffer[];
};

/**
 * Decides claims that wait, as many at once as asked, in one transaction: whatever stops it, each of them
 * still waits or is decided, with everything that goes with it. How many it found.
 */
export async function decideClaims(
  tools: DecideTools,
  asked: { readonly most: number; readonly only?: string },
): Promise<number> {
  return tools.db.begin(async (tx) => {
    const waiting = await store.lockWaiting(tx, asked);
    if (waiting.length === 0) return 0;
    const scenarios = (await tools.scenarioOf?.(waiting.map(({ subject }) => subject))) ?? new Map();
    const held = await putOff(tx, waiting, { scenarios, now: tools.clock.now() });
    const claims = await openAll(
      tx,
      tools,
      waiting.filter(({ id }) => !held.has(id)),
    );
    if (claims.length === 0) return waiting.length;
    // Here, and not on a connection of its own: whoever waits for these claims may hold all the others.
    await LockedEnvelopes.prepare(
      tx,
      claims.map(({ whose }) => whose),
    );
    const envelopes = await LockedEnvelopes.lock(
      tx,
      tools.keys,
      claims.map(({ whose }) => whose),
    );
    const round = new Round(envelopes, await readBefore(tx, tools, claims));
    const verdicts = claims.map((claim) => round.judge(claim, scenarios.get(claim.subject)));
    await envelopes.write();
    await write(tx, tools.keys, claims, verdicts);
    return waiting.length;
  });
}

async function openAll(
  tx: Transaction,
  tools: DecideTools,
  waiting: readonly store.WaitingClaim[],
): Promise<Opened[]> {
  const { keys, plans } = tools;
  const opened: Opened[] = [];
  // What a promise holds never changes, so it may be read before anything is locked; its state is read after.
  const promised = new Map(
    (await store.readEngagements(tx, numbersOf(waiting))).map((row) => [
      row.number,
      openEngagement(tools, row),
    ]),
  );
  // Once for all of them: a query a claim was two thirds of the time.
  const plansOn = await plans.read(tx);
  for (const claim of waiting) {
    const submitted = openCare<SubmittedClaim>(keys, claim.sealed, { what: 'claim', id: claim.id });
    const { careDate, terms, care } = submitted;
    const contracts = contractsOf(terms, plansOn(careDate));
    const paying = [...contracts, ...(promised.get(claim.engagement ?? '')?.contracts ?? [])];
    const whose = whoseOf(keys, claim.subject, householdsOf(paying, careDate));
    const actMarks = care.acts.map((act) => keys.mac('claim-mark', actText(claim.subject, careDate, act)));
    opened.push({ ...claim, submitted, contracts, whose, actMarks });
  }
  return opened;
}

type Before = {
  readonly twins: Set<string>;
  readonly paidActs: Map<string, Set<number>>;
  readonly engagements: Map<
    string,
    NamedEngagement & { readonly subject: string; readonly organisation: number }
  >;
  readonly today: Day;
};

/** What was decided before, read after the locks: nobody decides of the same people at this moment. */
async function readBefore(tx: Transaction, tools: DecideTools, claims: readonly Opened[]): Promise<Before> {
  const twins = await store.findTwins(
    tx,
    claims.map(({ twinMark }) => twinMark),
  );
  const paidActs = new Map<string, Set<number>>();
  for (const { mark, organisation } of await store.findPaidActs(
    tx,
    claims.flatMap(({ actMarks }) => actMarks),
  )) {
    addTo(paidActs, mark.toString('hex'), organisation);
  }
  const rows = await store.lockEngagements(tx, numbersOf(claims));
  const words = { 1: 'open', 2: 'used', 3: 'cancelled' } as const;
  const engagements = rows.map((row) => {
    const { number, expiresOn, subject, organisation } = row;
    const state = words[row.state as keyof typeof words];
    const promised = openEngagement(tools, row);
    return [number, { number, expiresOn, subject, organisation, state, promised, isOfPerson: true }] as const;
  });
  const today = parisDay(tools.clock.now());
  const known = new Set(twins.map((mark) => mark.toString('hex')));
  return { twins: known, paidActs, engagements: new Map(engagements), today };
}

/** Decides one after the other: what one takes, the next one finds taken. */
class Round {
  readonly #envelopes: LockedEnvelopes;
  readonly #before: Before;

  constructor(envelopes: LockedEnvelopes, before: Before) {
    this.#envelopes = envelopes;
    this.#before = before;
  }

  judge(claim: Opened, scenario: Scenario | undefined): Verdict {
    const { id, organisation, submitted, contracts, whose } = claim;
    const receivedOn = parisDay(BigInt(claim.receivedAt.getTime()) * 1000n);
    const { twins, paidActs, today } = this.#before;
    const engagement = this.#engagementOf(claim);
    const judged = judgeClaim({
      ...{ id, organisation, submitted, contracts, receivedOn, today },
      envelopes: this.#envelopes.of(whose),
      hasTwin: twins.has(claim.twinMark.toString('hex')),
      isPaidElsewhere: claim.actMarks.some((mark) =>
        [...(paidActs.get(mark.toString('hex')) ?? [])].some((other) => other !== organisation),
      ),
      ...(engagement === undefined ? {} : { engagement }),
    });
    const verdict = played(judged, scenario, claim);
    if (verdict.rejected === null) this.#accept(claim, verdict.taken);
    return verdict;
  }

  #engagementOf({ engagement: number, subject, organisation }: Opened) {
    if (number === null) return undefined;
    const named = this.#before.engagements.get(number);
    if (named === undefined) return null;
    return { ...named, isOfPerson: named.subject === subject && named.organisation === organisation };
  }

  #accept(claim: Opened, taken: Extract<Verdict, { rejected: null }>['taken']): void {
    const { engagement, whose, twinMark, actMarks, organisation } = claim;
    if (engagement !== null) {
      this.#envelopes.giveBack(whose, engagement);
      const named = this.#before.engagements.get(engagement);
      if (named !== undefined) this.#before.engagements.set(engagement, { ...named, state: 'used' });
    }
    this.#envelopes.take(whose, taken);
    this.#before.twins.add(twinMark.toString('hex'));
    for (const mark of actMarks) addTo(this.#before.paidActs, mark.toString('hex'), organisation);
  }
}

async function write(
  tx: Transaction,
  keys: Keys,
  claims: readonly Opened[],
  verdicts: readonly Verdict[],
): Promise<void> {
  const decided = claims.map((claim, place) => decidedOf(keys, claim, verdicts[place] as Verdict));
  const accepted = claims.filter((_claim, place) => verdicts[place]?.rejected === null);
  await store.writeDecisions(tx, decided);
  await store.insertPaidActs(
    tx,
    accepted.flatMap(({ id, organisation, actMarks }) =>
      actMarks.map((mark) => ({ mark, claim: id, organisation })),
    ),
  );
  await store.useEngagements(
    tx,
    accepted.flatMap(({ id, engagement }) =>
      engagement === null ? [] : [{ number: engagement, claim: id }],
    ),
  );
  const at = new Date();
  await insertEvents(
    tx,
    claims.map(({ id, account }, place): ClaimEvent => {
      const type = verdicts[place]?.rejected === null ? 'claim.accepted' : 'claim.rejected';
      return { account, claim: id, type, at };
    }),
  );
}

function decidedOf(
  keys: Keys,
  { id, whose }: Opened,
  { rejected, signals, told }: Verdict,
): store.DecidedClaim {
  const decision: ClaimDecision = { told, households: whose.households };
  return {
    id,
    state: rejected === null ? claimStates.accepted : claimStates.rejected,
    reason: rejected === null ? 0 : rejections[rejected].code,
    signals: signalSet(signals),
    decided: sealCare(keys, decision, { what: 'decision', id }),
  };
}

/** What an invented insurer makes of a verdict. A claim that corrects another is judged by rules alone. */
function played(
  judged: Verdict,
  scenario: Scenario | undefined,
  { replaces }: Pick<Opened, 'replaces'>,
): Verdict {
  if (scenario === undefined) return judged;
  if ('signals' in scenario) return { ...judged, signals: [...judged.signals, scenario.signals] };
  if (!('rejects' in scenario) || replaces !== null) return judged;
  return { signals: judged.signals, told: judged.told, rejected: scenario.rejects };
}

/** Puts off the claims whose invented insurer is slow or away. */
async function putOff(
  tx: Transaction,
  waiting: readonly store.WaitingClaim[],
  { scenarios, now }: { readonly scenarios: ReadonlyMap<string, Scenario>; readonly now: bigint },
): Promise<ReadonlySet<string>> {
  const held = waiting.flatMap(({ id, subject, receivedAt }) => {
    const seconds = waitOf(scenarios.get(subject), { receivedAt, now });
    return seconds === null ? [] : [{ id, seconds }];
  });
  await store.postpone(tx, held);
  return new Set(held.map(({ id }) => id));
}

function numbersOf(claims: readonly { readonly engagement: string | null }[]): string[] {
  return claims.flatMap(({ engagement }) => engagement ?? []);
}

function addTo(sets: Map<string, Set<number>>, name: string, value: number): void {
  sets.set(name, (sets.get(name) ?? new Set()).add(value));
}
