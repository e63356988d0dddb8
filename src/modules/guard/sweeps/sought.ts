import { isStranger } from '../campaigns/campaign-index.ts';
import { bitOf, countFamilies } from '../campaigns/families.ts';
import { newUs, togetherBuckets, togetherUs } from '../campaigns/figures.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';

/** What a stolen account newly used when it drew strangers, by the ledger's numbers. */
export type Sought = {
  readonly account: number;
  readonly organisation: number;
  readonly networks: readonly number[];
  readonly clients: readonly number[];
  /** When it first used each: microseconds UTC. */
  readonly begunAt: readonly number[];
};

/** So many values of a kind are searched for at most. */
const valuesMost = 50;
/** Another account's first use so near to one of the stolen account's began together with it. */
const nearUs = togetherUs * (togetherBuckets + 1);

/**
 * What to search for: networks and software that the account drew strangers from and had not used two weeks
 * before the first step against it. An account that was only ever used from its own desk gives nothing.
 */
export function seekFrom(
  entries: readonly FollowedEntry[],
  stolen: { readonly account: number; readonly organisation: number; readonly containedAt: number },
): Sought {
  const { account, organisation, containedAt } = stolen;
  const first = { network: new Map<number, number>(), client: new Map<number, number>() };
  const drawn = { network: new Set<number>(), client: new Set<number>() };
  for (const entry of entries) {
    if (entry.kind !== 1 || entry.account !== account) continue;
    for (const kind of ['network', 'client'] as const) {
      const value = entry[kind];
      if (value === 0) continue;
      if (!first[kind].has(value)) first[kind].set(value, entry.at);
      if (isStranger(entry)) drawn[kind].add(value);
    }
  }
  // What it used first of all is its own desk's, however short the ledger's memory of it is.
  const fresh = (kind: 'network' | 'client') => {
    const [desk] = first[kind].keys();
    return [...first[kind]]
      .filter(([value, at]) => value !== desk && drawn[kind].has(value) && at >= containedAt - newUs)
      .slice(0, valuesMost);
  };
  const [networks, clients] = [fresh('network'), fresh('client')];
  return {
    ...{ account, organisation },
    networks: networks.map(([value]) => value),
    clients: clients.map(([value]) => value),
    begunAt: [...new Set([...networks, ...clients].map(([, at]) => at))],
  };
}

/** What one account did with what is sought. Microseconds UTC; families as a set. */
export type Found = {
  readonly account: number;
  readonly organisation: number;
  families: number;
  people: number;
  readonly firstAt: number;
  lastAt: number;
  lane: number;
  seq: number;
};

/** Adds entries of a lane, in their order, to what was found before. */
export function sweepEntries(sought: Sought, entries: readonly FollowedEntry[]): Found[] {
  const [networks, clients] = [new Set(sought.networks), new Set(sought.clients)];
  const found = new Map<number, Found>();
  for (const entry of entries) {
    if (entry.kind !== 1 || entry.organisation === sought.organisation) continue;
    const families =
      (networks.has(entry.network) ? bitOf('network') : 0) |
      (clients.has(entry.client) ? bitOf('client') : 0);
    if (families === 0) continue;
    const { account, organisation, at, lane, seq } = entry;
    const of = found.get(account) ?? {
      ...{ account, organisation, families: 0, people: 0, firstAt: at, lastAt: at, lane, seq },
    };
    found.set(account, of);
    of.families |= families;
    if (of.firstAt === at && beganTogether(sought, at)) of.families |= bitOf('sign-in');
    of.people += isStranger(entry) ? 1 : 0;
    of.lastAt = at;
    of.seq = seq;
  }
  return [...found.values()];
}

/** Another account on a network that is looked for. */
export type NetworkUse = { readonly network: number; readonly account: number };

/**
 * Who else used the networks, of the stolen account's own house too: a colleague at work there is a reason
 * not to block it.
 */
export function usersOf({ account, networks }: Sought, entries: readonly FollowedEntry[]): NetworkUse[] {
  const asked = new Set(networks);
  const uses = new Map<string, NetworkUse>();
  for (const { kind, network, account: user } of entries)
    if (kind === 1 && user !== account && asked.has(network))
      uses.set(`${network} ${user}`, { network, account: user });
  return [...uses.values()];
}

function beganTogether({ begunAt }: Sought, at: number): boolean {
  return begunAt.some((each) => Math.abs(each - at) <= nearUs);
}

/** A find is acted on only if it is alike in two ways and was told of a stranger. */
export function isActedOn({ families, people }: Pick<Found, 'families' | 'people'>): boolean {
  return countFamilies(families) >= 2 && people > 0;
}

/**
 * What more organisations than this used is no sign of one hand: a carrier's addresses, a common software.
 * Assumed.
 */
export const organisationsMost = 100;
