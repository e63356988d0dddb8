import { Failure } from '../../../platform/errors.ts';
import {
  type AccountDay,
  type Allowance,
  readContained,
  type Standing,
  standings,
} from '../../ledger/index.ts';
import { openText, staffIndex } from '../../vault/index.ts';
import type { Caller } from '../caller.ts';
import type { AccountTools } from '../create-account.ts';
import { type Managed, reachAccount, rolesInReach } from '../manage-account.ts';
import type { Role } from '../roles.ts';
import * as store from './store.ts';

/** An account as those who manage it see it in a list. Its holder is staff; no insured person is named. */
export type ListedAccount = {
  readonly account: number;
  readonly holder: string;
  readonly organisation: { readonly number: number; readonly name: string };
  readonly profession: string;
  readonly role: Role;
  readonly standing: Standing;
  readonly passkeys: number;
  readonly seenAt: Date | null;
};

/** What a list is asked for. */
export type AskedList = {
  /** The number of an account, or the whole e-mail address of its holder. */
  readonly search?: string;
  readonly role?: Role;
  readonly profession?: string;
  readonly standing?: StandingFilter;
  readonly sort: store.AccountSort;
  readonly after: number | null;
};

/** Which standings a list is asked for; `contained` is each of the others. */
export const standingFilters = ['contained', 'challenged', 'restricted', 'suspended'] as const;
export type StandingFilter = (typeof standingFilters)[number];

const most = 50;

/** The accounts of the caller's reach; `next` is what to ask `after`, when there are more. */
export async function readAccounts(
  tools: AccountTools,
  caller: Caller,
  asked: AskedList,
): Promise<{ accounts: ListedAccount[]; next: number | null }> {
  const { db, keys } = tools;
  const contained = await readContained(db);
  const { search = '', role } = asked;
  const isNumber = /^\d{1,9}$/.test(search);
  const roles = rolesInReach(caller).filter((each) => role === undefined || each === role);
  const rows = await store.listAccounts(db, {
    organisation: caller.role === 'organisation-administrator' ? caller.organisation : null,
    insurer: caller.role === 'insurer-administrator' ? (caller.insurer ?? 0) : null,
    roles,
    number: isNumber ? Number(search) : null,
    emailIndex: isNumber || search === '' ? null : staffIndex(keys, search),
    among: asked.standing === undefined ? null : amongOf(contained, asked.standing),
    profession: asked.profession ?? null,
    sort: asked.sort,
    after: asked.after,
    most: most + 1,
  });
  const shown = rows.slice(0, most);
  const accounts = shown.map((row) => listed(tools, row, contained.get(row.account) ?? 0));
  return { accounts, next: rows.length > most ? (shown.at(-1)?.account ?? null) : null };
}

function amongOf(contained: ReadonlyMap<number, number>, standing: StandingFilter): number[] {
  const code = standing === 'contained' ? -1 : standings.indexOf(standing);
  return [...contained].flatMap(([account, is]) =>
    standing === 'contained' || is === code ? [account] : [],
  );
}

/** Everything about one account but whom it looked up. */
export type AccountPage = ListedAccount & {
  readonly allowance: Allowance;
  readonly days: readonly AccountDay[];
  readonly sessions: readonly store.ManagedSession[];
  readonly software: readonly (Omit<store.ManagedSoftware, 'client' | 'nameSealed'> & { name: string })[];
  readonly deeds: readonly {
    readonly what: store.DeedRow['what'];
    readonly at: Date;
    readonly by: number;
    readonly why: string;
    readonly cap: number | null;
  }[];
};

/** Reads the page of one account within the caller's reach. */
export async function readAccountPage(tools: AccountTools, managed: Managed): Promise<AccountPage> {
  const { db, keys, ledger } = tools;
  const { account } = managed;
  await reachAccount(tools, managed);
  const [row] = await store.listAccounts(db, {
    ...{ organisation: null, insurer: null, roles: rolesInReach(managed.caller), number: account },
    ...{ emailIndex: null, among: null, profession: null, sort: 'number', after: null, most: 1 },
  });
  const allowance = await ledger.readAllowance(account);
  if (row === undefined || allowance === undefined) throw new Failure('not-found');
  const [days, sessions, software, deeds] = [
    await ledger.readDays(account),
    await store.listManagedSessions(db, account),
    await store.listManagedSoftware(db, account),
    await store.listDeeds(db, account),
  ];
  return {
    ...listed(tools, row, standings.indexOf(allowance.standing)),
    ...{ allowance, days, sessions },
    software: software.map(({ client, nameSealed, ...one }) => {
      return { ...one, name: openText(keys, nameSealed, `client|${client}`) };
    }),
    deeds: deeds.map(({ what, at, by, whySealed, cap }) => {
      const why = whySealed === null ? '' : openText(keys, whySealed, `${aboutDeed(what)}|${account}`);
      return { what, at, by, why, cap };
    }),
  };
}

function listed({ keys }: AccountTools, row: store.ListedRow, standing: number): ListedAccount {
  const { account, profession, role, passkeys, seenAt } = row;
  const holder = JSON.parse(openText(keys, row.holderSealed, `holder|${account}`)) as { name: string };
  const name = openText(keys, row.organisationSealed, 'organisation');
  return {
    ...{ account, holder: holder.name, organisation: { number: row.organisation, name } },
    ...{ profession, role, passkeys, seenAt, standing: standings[standing] ?? 'suspended' },
  };
}

function aboutDeed(what: store.DeedRow['what']): string {
  if (what === 'invited') return 'invitation';
  return what === 'allowance' ? 'figures' : 'standing';
}
