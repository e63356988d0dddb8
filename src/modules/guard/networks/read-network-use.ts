import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { listSignedInFrom, readWatched } from '../../access/index.ts';
import { readContained, standings } from '../../ledger/index.ts';
import { type BlockState, blockStateOf, type NetworkUser, speaksAgainst } from './network-use.ts';
import * as store from './store.ts';

/** Whoever signed in from a network within so many days, and is beyond suspicion, still uses it. Assumed. */
export const usedWithinDays = 30;
/** How long a network stays blocked: longer than a thief keeps an address for one theft. Assumed. */
export const blockedDays = 30;

/** A network that a sweep looked for because an account was stolen. */
export type AskedNetwork = { readonly sweep: string; readonly network: number };

/** Who is on such a network, and whether it may be blocked. */
export type NetworkUse = {
  /** The stolen account. */
  readonly account: number;
  readonly state: BlockState;
  readonly users: readonly NetworkUser[];
  /** Those of them who speak against blocking it. */
  readonly against: readonly NetworkUser[];
};

/**
 * Who used a network in the swept days, or signed in from it lately; undefined when that sweep did not look
 * for it. A sweep keeps a hundred users of a network at most.
 */
export async function readNetworkUse(db: Database, asked: AskedNetwork): Promise<NetworkUse | undefined> {
  const { network } = asked;
  const sought = await store.findSought(db, { ...asked, oldAfterDays: usedWithinDays });
  if (sought === undefined) return undefined;
  const users = await readUsers(db, asked);
  const against = users.filter((user) => speaksAgainst(user, sought));
  const isBlocked = await store.isSettled(db, { network, openedWithinDays: 0 });
  const state = blockStateOf({ ...sought, isBlocked, against: against.length });
  return { account: sought.account, state, users, against };
}

async function readUsers(db: Database, asked: AskedNetwork): Promise<NetworkUser[]> {
  const { network } = asked;
  const signedIn = await listSignedInFrom(db, { network, withinDays: usedWithinDays });
  const seen = new Map(signedIn.map(({ account, seenAt }) => [account, seenAt]));
  const accounts = [...new Set([...(await store.listSwept(db, asked)), ...seen.keys()])];
  const contained = await readContained(db);
  const confirmed = new Set(await store.listConfirmed(db, accounts));
  const watched = await readWatched(db, accounts);
  const houses = new Map(watched.map(({ account, organisation }) => [account, organisation]));
  return accounts.map((account) => ({
    account,
    organisation: houses.get(account) ?? 0,
    isStolen: confirmed.has(account) && standings[contained.get(account) ?? 0] === 'suspended',
    seenAt: seen.get(account) ?? null,
  }));
}

/** Whether a network may be blocked, and how many speak against it. */
export async function readBlockEffect(db: Database, asked: AskedNetwork) {
  const use = await readNetworkUse(db, asked);
  if (use === undefined) throw new Failure('not-found');
  const { account, state, users, against } = use;
  const stolen = users.filter((user) => user.isStolen && user.account !== account).length;
  return { state, ...countOf(against), stolen, days: blockedDays };
}

/** How many accounts, of how many organisations. */
export function countOf(users: readonly NetworkUser[]): { accounts: number; organisations: number } {
  const organisations = new Set(users.map(({ organisation }) => organisation)).size;
  return { accounts: users.length, organisations };
}
