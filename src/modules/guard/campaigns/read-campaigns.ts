import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { countSignedIn, type Live } from '../../access/index.ts';
import { readContained, type Standing, standingAt } from '../../ledger/index.ts';
import { listSweeps, type ReadSweep } from '../sweeps/read-sweeps.ts';
import { countSweeps } from '../sweeps/store.ts';
import { type Family, familiesOf } from './families.ts';
import * as store from './store.ts';

/** A campaign in a list. */
export type ListedCampaign = store.CampaignRow;

/** A campaign whole: who is in it, by what they are linked, what was looked for because of it. */
export type ReadCampaign = ListedCampaign & {
  readonly members: readonly (store.MemberRow & { readonly standing: Standing })[];
  readonly links: readonly (Omit<store.LinkRow, 'families'> & { readonly families: readonly Family[] })[];
  readonly sweeps: readonly ReadSweep[];
  /** More than are listed, where so many members were confirmed. */
  readonly sweepCount: number;
};

/** What is signed in for a member now, and ends when it is suspended. */
export type SignedInMember = Live & { readonly account: number };

const shownMost = 200;

/** Campaigns, what needs somebody first, 200 at most. How many there are: `countCampaigns`. */
export function listCampaigns(db: Database): Promise<ListedCampaign[]> {
  return store.listCampaignRows(db, { most: shownMost });
}

/** One campaign whole. */
export async function readCampaign(db: Database, campaign: string): Promise<ReadCampaign> {
  const [row] = await store.listCampaignRows(db, { most: 1, only: campaign });
  if (row === undefined) throw new Failure('not-found');
  const [members, links, contained] = [
    await store.listMembers(db, campaign),
    await store.listLinks(db, campaign),
    await readContained(db),
  ];
  return {
    ...row,
    members: members.map((member) => ({
      ...member,
      standing: standingAt(contained.get(member.account) ?? 0),
    })),
    links: links.map((link) => ({ ...link, families: familiesOf(link.families) })),
    sweeps: await listSweeps(db, { campaign }),
    sweepCount: await countSweeps(db, { campaign }),
  };
}

/** What suspending members would end now. Asked for when somebody is about to, for it changes meanwhile. */
export async function readCampaignEffect(db: Database, campaign: string): Promise<SignedInMember[]> {
  const [row] = await store.listCampaignRows(db, { most: 1, only: campaign });
  if (row === undefined) throw new Failure('not-found');
  const effect: SignedInMember[] = [];
  for (const { account } of await store.listMembers(db, campaign))
    effect.push({ account, ...(await countSignedIn(db, account)) });
  return effect;
}
