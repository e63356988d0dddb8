import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { Failure } from '../../../platform/errors.ts';
import type { Caller } from '../../access/index.ts';
import type { Keys } from '../../vault/index.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { LockedEnvelopes, type Whose, whoseOf } from '../envelopes/open-envelopes.ts';
import type { ClaimEventType } from '../events/event.ts';
import { insertEvents } from '../events/store.ts';
import { openCare, sealCare } from '../sealed-care.ts';
import { type ClaimDecision, type ClaimState, claimStates, stateWord } from '../submitting/claim.ts';
import { refuseSuspended } from './refuse-suspended.ts';
import * as store from './store.ts';

type Tools = Pick<ClaimTools, 'db' | 'keys' | 'ledger'>;

/**
 * Cancels a claim of one's own organisation. What an accepted one took from limits is free again, its
 * engagement can be used again, and the person weighs on the allowance again.
 */
export async function cancelClaim(tools: Tools, caller: Caller, id: string): Promise<void> {
  const { db, keys } = tools;
  await refuseSuspended(tools, caller);
  const claim = await store.findClaim(db, id);
  if (claim === undefined || claim.organisation !== caller.organisation) throw new Failure('not-found');
  await db.begin(async (tx) => {
    const { state: number = 0, decided = null } = (await store.lockClaim(tx, id)) ?? {};
    const state = stateWord(number);
    if (state === 'cancelled') return;
    if (state !== 'received' && state !== 'accepted') throw new Failure('claim-not-cancellable');
    const isAccepted = decided !== null && state === 'accepted';
    const change = { id, state: claimStates.cancelled, by: caller.account };
    await store.changeState(tx, { ...change, explainHow: isAccepted ? 4 : null });
    if (isAccepted) {
      const { households } = openCare<ClaimDecision>(keys, decided, { what: 'decision', id });
      await giveBackAll(tx, keys, claim, whoseOf(keys, claim.subject, households));
    }
    await tellOf(tx, claim, 'claim.cancelled');
  });
}

async function giveBackAll(
  tx: Transaction,
  keys: Keys,
  claim: store.ClaimToChange,
  whose: Whose,
): Promise<void> {
  const locked = await LockedEnvelopes.lock(tx, keys, [whose]);
  const reopened = await store.reopenEngagement(tx, claim.id);
  // A promise that can be used again holds what it promises again.
  if (reopened === undefined) locked.giveBack(whose, claim.id);
  else locked.handOver(whose, claim.id, { by: reopened.number, until: reopened.expiresOn });
  await locked.write();
  await store.deleteAccepted(tx, claim.id);
}

/** What an insurer changes on the word of the person: this care was not given, or it was after all. */
const contests = {
  contest: { code: 1, from: 'accepted', to: 'contested', explainHow: 4, event: 'claim.contested' },
  withdraw: { code: 2, from: 'contested', to: 'accepted', explainHow: 1, event: 'claim.contest-withdrawn' },
} as const satisfies Readonly<
  Record<string, { code: number; from: ClaimState; to: ClaimState; explainHow: 1 | 4; event: ClaimEventType }>
>;
export type Contest = keyof typeof contests;

/** A contest as it is asked for, by an account of an insurer that pays. */
export type AskedContest = {
  readonly id: string;
  readonly insurer: number;
  readonly by: number;
  readonly what: Contest;
  /** The reason, in words; it is sealed. */
  readonly why: string;
};

/**
 * Contests an accepted claim, or withdraws that; done twice it is done once. Of several insurers that pay,
 * the one that contested withdraws.
 */
export async function contestClaim(
  { db, keys }: Pick<Tools, 'db' | 'keys'>,
  { id, insurer, by, what, why }: AskedContest,
): Promise<void> {
  const { code, from, to, explainHow, event } = contests[what];
  const claim = await store.findClaim(db, id);
  if (claim === undefined || !insurersOf(claim).includes(insurer)) throw new Failure('not-found');
  await db.begin(async (tx) => {
    const state = stateWord((await store.lockClaim(tx, id))?.state ?? 0);
    if (state === to) return;
    const contested = what === 'withdraw' ? await store.lastContester(tx, id) : insurer;
    if (state !== from || contested !== insurer) throw new Failure('claim-not-contestable');
    await store.changeState(tx, { id, state: claimStates[to], by, explainHow });
    const whySealed = sealCare(keys, why, { what: 'contest', id });
    await store.insertContest(tx, { claim: id, insurer, what: code, whySealed, by });
    await tellOf(tx, claim, event);
  });
}

function tellOf(tx: Transaction, { id, account }: store.ClaimToChange, type: ClaimEventType): Promise<void> {
  return insertEvents(tx, [{ account, claim: id, type, at: new Date() }]);
}

function insurersOf({ insurers }: store.ClaimToChange): number[] {
  return insurers === '{}' ? [] : insurers.slice(1, -1).split(',').map(Number);
}
