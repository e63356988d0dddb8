import { Failure } from '../../../platform/errors.ts';
import { blockNetwork, openNetwork } from '../../access/index.ts';
import { readContained, standings } from '../../ledger/index.ts';
import { type Letter, tellOfficers } from '../../messages/index.ts';
import { sealText } from '../../vault/index.ts';
import type { ActTools } from '../acting/take-step.ts';
import { insertEvent } from '../telling/store.ts';
import * as store from './store.ts';

/** How long a network stays blocked: longer than a thief keeps an address for one theft. Assumed. */
const blockedDays = 30;
/** Whoever signed in from a network within so many days, and is beyond suspicion, still uses it. Assumed. */
const usedWithinDays = 30;
/**
 * Whoever changes networks oftener than this is not stopped by blocking them, and others would be. Assumed.
 */
const networksMost = 5;

/** A network that a stolen account newly used, as a sweep of the past read who else did. */
type SoughtNetwork = { readonly sweep: string; readonly network: number; readonly account: number };

/**
 * Blocks those of a stolen account's new networks that nobody beyond suspicion used; one that fails holds
 * up no other, and fails the whole at the end.
 */
export async function blockUnused(
  tools: ActTools,
  sought: { readonly sweep: string; readonly account: number; readonly networks: readonly number[] },
): Promise<void> {
  const { sweep, account, networks } = sought;
  if (networks.length > networksMost) return;
  const troubles: unknown[] = [];
  for (const network of networks)
    await blockIfUnused(tools, { sweep, network, account }).catch((error) => troubles.push(error));
  if (troubles.length > 0) throw troubles[0];
}

/**
 * Blocks a network if every account that used it in the swept days, or signed in from there lately, is one
 * whose theft a person confirmed and that is suspended. A carrier's addresses, a hospital's, an office's
 * are left alone, and so is what a person opened.
 */
async function blockIfUnused(tools: ActTools, { sweep, network, account }: SoughtNetwork): Promise<void> {
  const contained = await readContained(tools.db);
  const users = await store.listUsers(tools.db, { sweep, network });
  const isStolen = (user: store.NetworkUser) =>
    user.isConfirmed && standings[contained.get(user.account) ?? 0] === 'suspended';
  if (!users.every(isStolen)) return;
  const accounts = [account, ...users.map((user) => user.account)];
  await tools.db.begin(async (tx) => {
    if (await store.isSettled(tx, { network, days: usedWithinDays })) return;
    const until = await blockNetwork(tx, { network, days: blockedDays, accounts, usedWithinDays });
    if (until === undefined) return;
    await insertEvent(tx, { type: 'guard.network.blocked', data: { network, account, by: 0 } });
    await tellOfficers(tx, tools, { what: 'guard', letter: blockedLetter({ sweep, network, account }) });
    // Last but one: it holds the lane until the commit.
    const entrySeq = await tools.ledger.noteNetwork(tx, {
      ...{ account, network, isBlocked: true, by: 0, reason: 'guard' },
    });
    await store.insertBlocked(tx, { sweep, network, account, entrySeq, until });
  });
}

/** Opens a blocked network again; it is not blocked by another sweep soon after. */
export async function openBlocked(
  tools: ActTools,
  verdict: { readonly block: string; readonly by: number; readonly why: string },
): Promise<void> {
  const { block, by, why } = verdict;
  await tools.db.begin(async (tx) => {
    const held = await store.holdBlock(tx, block);
    if (held === undefined) throw new Failure('not-found');
    const { network, account, isLive } = held;
    if (!isLive) throw new Failure('already-reviewed');
    if (account === by) throw new Failure('forbidden', { detail: 'Nobody judges their own.' });
    await openNetwork(tx, network);
    const reasonSealed = sealText(tools.keys, why, `network|${network}`);
    await store.noteOpened(tx, { block, by, reasonSealed });
    await insertEvent(tx, { type: 'guard.network.opened', data: { network, account, by } });
    await tellOfficers(tx, tools, { what: 'guard', letter: openedLetter(network, by) });
    // Last: it holds the lane until the commit.
    await tools.ledger.noteNetwork(tx, { account, network, isBlocked: false, by, reason: 'operator' });
  });
}

function blockedLetter({ network, account, sweep }: SoughtNetwork): Letter {
  return {
    fr: {
      subject: `Vigie : réseau ${network} bloqué`,
      lines: [
        `Le compte volé ${account} a servi depuis le réseau ${network}, qu’aucun compte hors de cause n’a ` +
          `utilisé. Personne n’est plus servi depuis ce réseau pendant ${blockedDays} jours.`,
        `C’est la recherche ${sweep} qui l’a établi. Si quelqu’un d’autre en a besoin, rouvrez-le dans ` +
          '« Garde », « Recherches ».',
      ],
    },
    en: {
      subject: `Vigie: network ${network} blocked`,
      lines: [
        `The stolen account ${account} was used from network ${network}, which no account beyond suspicion ` +
          `used. Nobody is served from that network for ${blockedDays} days.`,
        `Sweep ${sweep} established it. If somebody else needs it, open it again in "Guard", "Sweeps".`,
      ],
    },
  };
}

/** A stolen officer's account must not open the thief's network in silence. */
function openedLetter(network: number, by: number): Letter {
  return {
    fr: {
      subject: `Vigie : réseau ${network} rouvert`,
      lines: [
        `Le réseau ${network} est rouvert par le compte ${by}.`,
        'Si cela ne vient pas de votre équipe, suspendez ce compte.',
      ],
    },
    en: {
      subject: `Vigie: network ${network} open again`,
      lines: [
        `Network ${network} was opened again by account ${by}.`,
        'If this does not come from your team, suspend that account.',
      ],
    },
  };
}
