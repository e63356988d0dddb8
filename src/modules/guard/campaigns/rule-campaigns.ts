import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { Failure } from '../../../platform/errors.ts';
import { readLanes } from '../../ledger/index.ts';
import { type Letter, tellOfficers } from '../../messages/index.ts';
import { sealText } from '../../vault/index.ts';
import { confirmHeld, type VerdictOutcome } from '../acting/end-cases.ts';
import { holdCase, insertStep } from '../acting/store.ts';
import type { ActTools } from '../acting/take-step.ts';
import type { Finding } from '../fold/finding.ts';
import { insertEvent } from '../telling/store.ts';
import * as store from './store.ts';

/** A person's word about a campaign. */
export type CampaignVerdict = { readonly campaign: string; readonly by: number; readonly why: string };

/**
 * Confirms that members of a campaign were stolen: each of these is suspended by that person, as one
 * confirmed by its case is. All of them or, when one cannot be, none.
 */
export async function confirmMembers(
  tools: ActTools,
  verdict: CampaignVerdict & { readonly accounts: readonly number[] },
): Promise<VerdictOutcome[]> {
  const { campaign, by, why } = verdict;
  const lanes = (await readLanes(tools.db)).length;
  return tools.db.begin(async (tx) => {
    const { bits } = await hold(tx, campaign);
    const members = await store.listMemberCases(tx, campaign);
    const outcomes: VerdictOutcome[] = [];
    // In the order of their lanes, which they hold: two confirmations at once wait for each other, and do not
    // lock each other out.
    for (const account of inLaneOrder(verdict.accounts, lanes)) {
      const member = members.find((each) => each.account === account);
      if (member === undefined)
        throw new Failure('not-found', { detail: `Account ${account} is no member of this campaign.` });
      const caseFile = member.openCase ?? (await openCase(tx, member, bits));
      outcomes.push(await confirmHeld(tx, tools, { caseFile, by, why }));
    }
    return outcomes;
  });
}

/** Each account once, by lane and then by number. */
function inLaneOrder(accounts: readonly number[], lanes: number): number[] {
  return [...new Set(accounts)].sort((one, other) => (one % lanes) - (other % lanes) || one - other);
}

/** Says that a campaign is none: its links lead to nothing any more. What was done to its members stays. */
export async function closeCampaign(tools: ActTools, verdict: CampaignVerdict): Promise<void> {
  const { campaign, by, why } = verdict;
  await tools.db.begin(async (tx) => {
    await hold(tx, campaign);
    const members = await store.listMemberCases(tx, campaign);
    if (members.some(({ account }) => account === by))
      throw new Failure('forbidden', { detail: 'Nobody judges their own.' });
    const reasonSealed = sealText(tools.keys, why, `campaign|${campaign}`);
    await store.markClosed(tx, { campaign, by, reasonSealed });
    await insertEvent(tx, { type: 'guard.campaign.closed', data: { campaign, by } });
    await tellOfficers(tx, tools, { what: 'guard', letter: closedLetter(campaign, by) });
  });
}

/** What links its members is usual from then on: a stolen officer's account must not say so in silence. */
function closedLetter(campaign: string, by: number): Letter {
  return {
    fr: {
      subject: 'Vigie : campagne écartée',
      lines: [
        `La campagne ${campaign} est écartée par le compte ${by} : ce qui liait ses comptes ne les lie plus.`,
        'Si cela ne vient pas de votre équipe, suspendez ce compte.',
      ],
    },
    en: {
      subject: 'Vigie: campaign closed',
      lines: [
        `Campaign ${campaign} was closed by account ${by}: what linked its accounts does so no more.`,
        'If this does not come from your team, suspend that account.',
      ],
    },
  };
}

async function hold(tx: Transaction, campaign: string): Promise<store.HeldCampaign> {
  const held = await store.holdCampaign(tx, campaign);
  if (held === undefined) throw new Failure('not-found');
  if (held.state === 'closed') throw new Failure('already-reviewed');
  return held;
}

/** A member that nothing was done about yet: its case begins where its link was found. */
async function openCase(tx: Transaction, member: store.MemberCase, bits: number): Promise<string> {
  const { account, organisation, profession, lane, seq, at } = member;
  const finding: Finding = {
    ...{ account, lane, seq, at, bits, own: [] },
    ...{ level: 'suspend', honey: false },
  };
  const about = { account, organisation, profession, isShadow: false };
  const { id: caseFile } = await holdCase(tx, about, { finding, to: 3 });
  const step = await insertStep(tx, { caseFile, finding, from: 0, to: 3 });
  if (step === undefined) throw new Failure('already-reviewed', { detail: `Account ${account} was judged.` });
  return caseFile;
}
