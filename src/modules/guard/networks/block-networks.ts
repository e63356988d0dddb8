import { Failure } from '../../../platform/errors.ts';
import { blockNetwork, openNetwork } from '../../access/index.ts';
import { tellOfficers } from '../../messages/index.ts';
import { sealText } from '../../vault/index.ts';
import type { ActTools } from '../acting/take-step.ts';
import { insertEvent } from '../telling/store.ts';
import { blockedLetter, openedLetter } from './network-letters.ts';
import { aboutNetwork } from './read-blocked.ts';
import {
  type AskedNetwork,
  blockedDays,
  countOf,
  type NetworkUse,
  readNetworkUse,
  usedWithinDays,
} from './read-network-use.ts';
import * as store from './store.ts';

/**
 * Whoever changes networks oftener than this is not stopped by blocking them, and others would be. Assumed.
 */
const networksMost = 5;

/**
 * Blocks those of a stolen account's new networks that nobody beyond suspicion used, nor a person opened
 * lately; one that fails holds up no other, and fails the whole at the end.
 */
export async function blockUnused(
  tools: ActTools,
  sought: { readonly sweep: string; readonly networks: readonly number[] },
): Promise<void> {
  const { sweep, networks } = sought;
  if (networks.length > networksMost) return;
  const troubles: unknown[] = [];
  for (const network of networks)
    await blockIfUnused(tools, { sweep, network }).catch((error) => troubles.push(error));
  if (troubles.length > 0) throw troubles[0];
}

async function blockIfUnused(tools: ActTools, asked: AskedNetwork): Promise<void> {
  const use = await readNetworkUse(tools.db, asked);
  if (use === undefined || use.against.length > 0) return;
  const ofGuard = { by: 0, why: null, openedWithinDays: usedWithinDays };
  await block(tools, { ...asked, use, ...ofGuard }).catch((error: unknown) => {
    if (!(error instanceof Failure && leavesAlone.includes(error.code))) throw error;
  });
}

/** Why a network is left as it is. */
const leavesAlone: readonly string[] = ['network-in-use', 'already-reviewed'];

/** What a person orders of a network, with the reason in their words. */
export type NetworkOrder = AskedNetwork & { readonly by: number; readonly why: string };

/**
 * Blocks a network because a person says so, under the rule that the guard keeps: fails with
 * `network-in-use`, and how many, when anybody beyond suspicion is on it. Only watching hinders nobody from
 * deciding, nor does what was opened before.
 */
export async function blockByHand(tools: ActTools, order: NetworkOrder): Promise<void> {
  const use = await readNetworkUse(tools.db, order);
  if (use === undefined) throw new Failure('not-found');
  if (use.account === order.by) throw new Failure('forbidden', { detail: 'Nobody judges their own.' });
  if (use.state === 'blocked') throw new Failure('already-reviewed');
  if (use.state === 'unread' || use.state === 'old') throw new Failure('sweep-not-current');
  if (use.state === 'used') throw new Failure('network-in-use', { detail: saysAgainst(use) });
  await block(tools, { ...order, use, openedWithinDays: 0 });
}

function saysAgainst({ against }: NetworkUse): string {
  const { accounts, organisations } = countOf(against);
  return (
    `Accounts that no person confirmed to be stolen use it: ${accounts}, of ${organisations} ` +
    'organisations. Nobody is shut out for what others did.'
  );
}

/** One transaction: the block, the letters, the event and the entry. */
async function block(
  tools: ActTools,
  asked: AskedNetwork & {
    readonly use: NetworkUse;
    readonly by: number;
    readonly why: string | null;
    readonly openedWithinDays: number;
  },
): Promise<void> {
  const { sweep, network, use, by, why, openedWithinDays } = asked;
  const { account } = use;
  const accounts = [account, ...use.users.map((user) => user.account)];
  await tools.db.begin(async (tx) => {
    const until = await blockNetwork(tx, { network, days: blockedDays, accounts, usedWithinDays });
    if (until === undefined) throw new Failure('network-in-use');
    // After it: who else blocks the same network waits for it.
    if (await store.isSettled(tx, { network, openedWithinDays })) throw new Failure('already-reviewed');
    await insertEvent(tx, { type: 'guard.network.blocked', data: { network, account, by } });
    const letter = blockedLetter({ sweep, network, account, by, days: blockedDays });
    await tellOfficers(tx, tools, { what: 'guard', letter });
    // Last but one: it holds the lane until the commit.
    const entrySeq = await tools.ledger.noteNetwork(tx, {
      ...{ account, network, isBlocked: true, by, reason: by === 0 ? 'guard' : 'operator' },
    });
    const whySealed = why === null ? null : sealText(tools.keys, why, aboutNetwork(network));
    await store.insertBlocked(tx, { sweep, network, account, entrySeq, until, by, whySealed });
  });
}

/** Opens a blocked network again; it is not blocked by another sweep soon after. Says which it was. */
export async function openBlocked(
  tools: ActTools,
  verdict: { readonly block: string; readonly by: number; readonly why: string },
): Promise<{ readonly network: number }> {
  const { block, by, why } = verdict;
  return tools.db.begin(async (tx) => {
    const held = await store.holdBlock(tx, block);
    if (held === undefined) throw new Failure('not-found');
    const { network, account, isLive } = held;
    if (!isLive) throw new Failure('already-reviewed');
    if (account === by) throw new Failure('forbidden', { detail: 'Nobody judges their own.' });
    await openNetwork(tx, network);
    const reasonSealed = sealText(tools.keys, why, aboutNetwork(network));
    await store.noteOpened(tx, { block, by, reasonSealed });
    await insertEvent(tx, { type: 'guard.network.opened', data: { network, account, by } });
    await tellOfficers(tx, tools, { what: 'guard', letter: openedLetter(network, by) });
    // Last: it holds the lane until the commit.
    await tools.ledger.noteNetwork(tx, { account, network, isBlocked: false, by, reason: 'operator' });
    return { network };
  });
}
