import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { Failure } from '../../../platform/errors.ts';
import { blockNetwork, openNetwork } from '../../access/index.ts';
import { type Letter, tellOfficers } from '../../messages/index.ts';
import { sealText } from '../../vault/index.ts';
import type { ActTools } from '../acting/take-step.ts';
import { insertEvent } from '../telling/store.ts';
import * as store from './store.ts';

/** How long a network stays blocked: longer than a thief keeps an address for one theft. Assumed. */
export const blockedDays = 30;
/**
 * Whoever signed in from a network within so many days, and is under no suspicion, still uses it. Assumed.
 */
const usedWithinDays = 30;

/** A network that a stolen account newly used, as a sweep of the past read who else did. */
export type SoughtNetwork = {
  readonly sweep: string;
  readonly network: number;
  readonly account: number;
};

/**
 * Blocks a network if every account that used it in the swept days, or signed in from it lately, is the
 * stolen one or has a case itself; whether it did. A carrier's addresses, a hospital's, an office's are
 * left alone.
 */
export async function blockIfUnused(tools: ActTools, sought: SoughtNetwork): Promise<boolean> {
  const { sweep, network, account } = sought;
  return tools.db.begin(async (tx) => {
    if (await store.isDone(tx, { sweep, network })) return false;
    const users = await store.listUsers(tx, { sweep, network });
    if (users.some(({ hasCase }) => !hasCase)) return false;
    const accounts = [account, ...users.map((user) => user.account)];
    if (!(await blockNetwork(tx, { network, days: blockedDays, accounts, usedWithinDays }))) return false;
    await insertEvent(tx, { type: 'guard.network.blocked', data: { network, account, by: 0 } });
    await tellOfficers(tx, tools, { what: 'guard', letter: blockedLetter(sought) });
    // Last but one: it holds the lane until the commit.
    const entrySeq = await tools.ledger.noteNetwork(tx, {
      ...{ account, network, isBlocked: true, by: 0, reason: 'guard' },
    });
    await store.insertBlocked(tx, { sweep, network, account, entrySeq, days: blockedDays });
    return true;
  });
}

/** Opens a blocked network again, for whichever account it was blocked. */
export async function openBlocked(
  tools: ActTools,
  verdict: { readonly block: string; readonly by: number; readonly why: string },
): Promise<void> {
  const { block, by, why } = verdict;
  await tools.db.begin(async (tx) => {
    const { network, accounts } = await hold(tx, block);
    if (accounts.includes(by)) throw new Failure('forbidden', { detail: 'Nobody judges their own.' });
    await openNetwork(tx, network);
    const reasonSealed = sealText(tools.keys, why, `network|${network}`);
    await store.noteOpened(tx, { network, by, reasonSealed });
    await tellOfficers(tx, tools, { what: 'guard', letter: openedLetter(network, by) });
    for (const account of accounts) {
      await insertEvent(tx, { type: 'guard.network.opened', data: { network, account, by } });
      await tools.ledger.noteNetwork(tx, { account, network, isBlocked: false, by, reason: 'operator' });
    }
  });
}

async function hold(tx: Transaction, block: string) {
  const held = await store.holdNetwork(tx, block);
  if (held === undefined) throw new Failure('not-found');
  if (held.accounts.length === 0) throw new Failure('already-reviewed');
  return held;
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
