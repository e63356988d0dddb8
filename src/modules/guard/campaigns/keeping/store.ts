import { intArray, textArray } from '../../../../platform/database/arrays.ts';
import type { Transaction } from '../../../../platform/database/binary-copy.ts';
import type { Database } from '../../../../platform/database/connect.ts';
import { instantOf } from '../../acting/instant.ts';
import { insertEvent } from '../../telling/store.ts';
import type { Group, Link } from '../group.ts';

/** The key under which the index keeps what is of no group. */
const indexKey = 'index';

/** Forgets what was kept when no lane's position is: everything is folded again from the ledger. */
export async function forgetWithoutPosition(db: Database): Promise<void> {
  await db`delete from guard.campaign_account where not exists (select from guard.position)`;
  await db`delete from guard.campaign_group where not exists (select from guard.position)`;
}

/** Accounts after one of them, in their order, as text. */
export async function readAccounts(
  db: Database,
  asked: { readonly after: number; readonly most: number },
): Promise<{ account: number; state: string }[]> {
  const rows = await db<{ account: number; state: string }[]>`
    select account, state from guard.campaign_account where account > ${asked.after}::int
     order by account limit ${asked.most}::int`;
  return [...rows];
}

/** The groups as text, and what the index keeps beside them; undefined before anything was followed. */
export async function readGroups(db: Database): Promise<{ index: string | undefined; groups: string[] }> {
  const rows = await db<{ key: string; state: string }[]>`select key, state from guard.campaign_group`;
  return {
    index: rows.find(({ key }) => key === indexKey)?.state,
    groups: rows.filter(({ key }) => key !== indexKey).map(({ state }) => state),
  };
}

/** Keeps accounts that changed. */
export async function keepAccounts(
  tx: Transaction,
  accounts: readonly { readonly account: number; readonly state: string }[],
): Promise<void> {
  await tx`
    insert into guard.campaign_account (account, state)
    select account, state from unnest(${intArray(accounts.map(({ account }) => account))}::text::int[],
      ${textArray(accounts.map(({ state }) => state))}::text::text[]) as given(account, state)
    on conflict (account) do update set state = excluded.state`;
}

/** Forgets accounts of which no rule can use anything any more. */
export async function forgetAccounts(tx: Transaction, accounts: readonly number[]): Promise<void> {
  await tx`delete from guard.campaign_account where account = any(${intArray(accounts)}::text::int[])`;
}

/** Keeps groups that changed, and the index's own. */
export async function keepGroups(
  tx: Transaction,
  index: string,
  groups: readonly { readonly key: string; readonly state: string }[],
): Promise<void> {
  const rows = [{ key: indexKey, state: index }, ...groups];
  await tx`
    insert into guard.campaign_group (key, state)
    select key, state from unnest(${textArray(rows.map(({ key }) => key))}::text::text[],
      ${textArray(rows.map(({ state }) => state))}::text::text[]) as given(key, state)
    on conflict (key) do update set state = excluded.state`;
}

/** Forgets a group that is over. */
export async function forgetGroup(tx: Transaction, key: string): Promise<void> {
  await tx`delete from guard.campaign_group where key = ${key}`;
}

/** A campaign as it is kept. */
export type KeptCampaign = Pick<Group, 'key' | 'bits' | 'foundedAt' | 'links'> & {
  readonly members: readonly KeptMember[];
};

/** Keeps the campaign of a group; a new one is told outside. */
export async function keepCampaign(tx: Transaction, told: KeptCampaign): Promise<void> {
  const { key, bits, foundedAt, members, links } = told;
  const [row] = await tx`
    insert into guard.campaign (key, bits, opened_at)
    values (${key}, ${bits}, ${instantOf(foundedAt)}::text::timestamptz)
    on conflict (key) do update set bits = greatest(campaign.bits, excluded.bits)
    returning id::text as id, xmax = 0 as "isNew"`;
  await keepMembers(tx, row?.id, members);
  await keepLinks(tx, row?.id, links);
  if (row?.isNew !== true) return;
  const organisations = new Set(members.map(({ organisation }) => organisation)).size;
  const data = { campaign: row.id, accounts: members.length, organisations, bits };
  await insertEvent(tx, { type: 'guard.campaign.opened', data });
}

/** Ends the campaign of a group that is over, or became part of another; one a person closed stays so. */
export async function endCampaign(
  tx: Transaction,
  end: { readonly key: string; readonly into: string | null },
): Promise<void> {
  await tx`
    update guard.campaign set state = 'closed', closed_at = ledger.now(), closed_by = 0,
        part_of = (select c.id from guard.campaign c where c.key = ${end.into}::text)
     where key = ${end.key} and state = 'open'`;
}

/** A member as it is kept; microseconds UTC. */
export type KeptMember = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly bits: number;
  readonly people: number;
  readonly at: number;
  readonly lane: number;
  readonly seq: number;
};

async function keepMembers(tx: Transaction, campaign: string, members: readonly KeptMember[]): Promise<void> {
  await tx`
    insert into guard.campaign_member (campaign, account, organisation, profession, bits, people, joined_at,
      lane, seq)
    select ${campaign}::text::bigint, account, organisation, profession, bits, people, joined_at, lane, seq
      from unnest(${intArray(members.map(({ account }) => account))}::text::int[],
        ${intArray(members.map(({ organisation }) => organisation))}::text::int[],
        ${textArray(members.map(({ profession }) => profession))}::text::text[],
        ${intArray(members.map(({ bits }) => bits))}::text::float8[],
        ${intArray(members.map(({ people }) => people))}::text::int[],
        ${textArray(members.map(({ at }) => instantOf(at)))}::text::timestamptz[],
        ${intArray(members.map(({ lane }) => lane))}::text::smallint[],
        ${intArray(members.map(({ seq }) => seq))}::text::bigint[])
        as given(account, organisation, profession, bits, people, joined_at, lane, seq)
    on conflict (campaign, account) do update set bits = excluded.bits,
      people = greatest(campaign_member.people, excluded.people)`;
}

async function keepLinks(tx: Transaction, campaign: string, links: readonly Link[]): Promise<void> {
  await tx`
    insert into guard.campaign_link (campaign, one, other, weight, families)
    select ${campaign}::text::bigint, one, other, weight, families
      from unnest(${intArray(links.map(({ one }) => one))}::text::int[],
        ${intArray(links.map(({ other }) => other))}::text::int[],
        ${intArray(links.map(({ weight }) => weight))}::text::float8[],
        ${intArray(links.map(({ families }) => families))}::text::smallint[])
        as given(one, other, weight, families)
    on conflict do nothing`;
}

/** What people decided counts for so long: a confirmed case lowers the bar of those linked to its account. */
const decidedDays = 90;

/** What people decided of late: campaigns that they closed, by their keys, and accounts that were stolen. */
export async function readDecided(
  db: Database,
): Promise<{ closed: ReadonlySet<string>; confirmed: ReadonlySet<number> }> {
  const closed = await db<{ key: string }[]>`
    select key from guard.campaign where state = 'closed' and closed_by > 0
       and closed_at > ledger.now() - make_interval(days => ${decidedDays}::int)`;
  const confirmed = await db<{ account: number }[]>`
    select account from guard.case_file where state = 'confirmed'
       and closed_at > ledger.now() - make_interval(days => ${decidedDays}::int)`;
  return {
    closed: new Set(closed.map(({ key }) => key)),
    confirmed: new Set(confirmed.map(({ account }) => account)),
  };
}
