import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** A campaign as a list shows it. */
export type CampaignRow = {
  readonly campaign: string;
  readonly state: 'open' | 'confirmed' | 'closed';
  readonly bits: number;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly accounts: number;
  readonly people: number;
};

/** A member confirmed so long before a campaign was found confirms it too. */
const confirmedBeforeDays = 14;

/** Campaigns, what is open and strongest first, then the newest. Or one of them alone. */
export async function listCampaignRows(
  db: Database,
  asked: { readonly most: number; readonly only?: string },
): Promise<CampaignRow[]> {
  const rows = await db<CampaignRow[]>`
    select c.id::text as campaign, c.bits,
        case when c.state = 'open' and exists (
          select from guard.campaign_member m join guard.case_file f on f.account = m.account
           where m.campaign = c.id and f.state = 'confirmed'
             and f.closed_at > c.opened_at - make_interval(days => ${confirmedBeforeDays}::int))
          then 'confirmed' else c.state end as state, c.opened_at as "openedAt", c.closed_at as "closedAt",
        count(m.account)::int as accounts, coalesce(sum(m.people), 0)::int as people
      from guard.campaign c left join guard.campaign_member m on m.campaign = c.id
     where (${asked.only ?? null}::text is null and c.part_of is null)
        or c.id = ${asked.only ?? null}::text::bigint
     group by c.id
     order by c.state = 'open' desc, case when c.state = 'open' then c.bits end desc, c.opened_at desc,
       c.id desc
     limit ${asked.most}::int`;
  return [...rows];
}

/** How many campaigns a list that is not cut would show. */
export async function countCampaigns(db: Database): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from guard.campaign where part_of is null`;
  return row?.count ?? 0;
}

/** A member, with the newest case of its account. */
export type MemberRow = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly bits: number;
  readonly case: string | null;
  readonly joinedAt: Date;
  readonly people: number;
};

/** The members of a campaign, those who joined first first. */
export async function listMembers(db: Database, campaign: string): Promise<MemberRow[]> {
  const rows = await db<MemberRow[]>`
    select m.account, m.organisation, m.profession, m.bits, m.joined_at as "joinedAt", m.people,
        (select max(f.id)::text from guard.case_file f where f.account = m.account) as case
      from guard.campaign_member m where m.campaign = ${campaign}::text::bigint
     order by m.joined_at, m.account`;
  return [...rows];
}

/** A link; families as a set. */
export type LinkRow = {
  readonly one: number;
  readonly other: number;
  readonly weight: number;
  readonly families: number;
};

/** The links of a campaign. */
export async function listLinks(db: Database, campaign: string): Promise<LinkRow[]> {
  const rows = await db<LinkRow[]>`
    select one, other, weight, families from guard.campaign_link where campaign = ${campaign}::text::bigint
     order by one, other`;
  return [...rows];
}

/** The newest campaign that an account is a member of and that is no part of another; null when none is. */
export async function findCampaignOf(db: Database, account: number): Promise<string | null> {
  const [row] = await db`
    select max(coalesce(c.part_of, c.id))::text as campaign from guard.campaign_member m
      join guard.campaign c on c.id = m.campaign where m.account = ${account}::int`;
  return row?.campaign ?? null;
}

/** A campaign as it is held to be ruled. */
export type HeldCampaign = { readonly state: 'open' | 'closed'; readonly bits: number };

/** Holds a campaign until the transaction ends. */
export async function holdCampaign(tx: Transaction, campaign: string): Promise<HeldCampaign | undefined> {
  const [row] = await tx<HeldCampaign[]>`
    select state, bits from guard.campaign where id = ${campaign}::text::bigint for update`;
  return row;
}

/** A member with its open case; where its case begins, if it has none. */
export type MemberCase = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly lane: number;
  readonly seq: number;
  readonly at: number;
  readonly openCase: string | null;
};

/** The members of a campaign with their open cases, one in shadow mode only if there is no other. */
export async function listMemberCases(tx: Transaction, campaign: string): Promise<MemberCase[]> {
  const rows = await tx<MemberCase[]>`
    select m.account, m.organisation, m.profession, m.lane, m.seq::float8 as seq,
        (extract(epoch from m.joined_at) * 1000000)::float8 as at,
        (select f.id::text from guard.case_file f where f.account = m.account and f.state = 'open'
          order by f.is_shadow limit 1) as "openCase"
      from guard.campaign_member m where m.campaign = ${campaign}::text::bigint order by m.account`;
  return [...rows];
}

/** Closes a campaign, with a person's reason. */
export async function markClosed(
  tx: Transaction,
  end: { readonly campaign: string; readonly by: number; readonly reasonSealed: Buffer },
): Promise<void> {
  await tx`
    update guard.campaign set state = 'closed', closed_at = ledger.now(), closed_by = ${end.by},
        reason_sealed = ${end.reasonSealed}
     where id = ${end.campaign}::text::bigint`;
}
