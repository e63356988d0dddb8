import type { FirstUse } from '../../ledger/index.ts';
import { bitOf, countFamilies } from '../campaigns/families.ts';
import { newUs, togetherBuckets, togetherUs } from '../campaigns/figures.ts';
import { isStranger } from '../campaigns/linked-account.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';

/** What a stolen account newly used when it drew strangers, by the ledger's numbers. */
export type Sought = {
  readonly account: number;
  readonly organisation: number;
  readonly networks: readonly number[];
  readonly clients: readonly number[];
  /** When it first used each: microseconds UTC. */
  readonly begunAt: readonly number[];
  /**
   * It had a network of its own two weeks before. Without one, nothing tells its desk from the thief's: both
   * are looked for, and neither is blocked.
   */
  readonly hasDesk: boolean;
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
  uses: readonly FirstUse[],
  stolen: { readonly account: number; readonly organisation: number; readonly containedAt: number },
): Sought {
  const { account, organisation, containedAt } = stolen;
  const newFrom = containedAt - newUs;
  const fresh = (kind: FirstUse['kind']) =>
    uses
      .filter((use) => use.kind === kind && use.drewStrangers && use.firstAt >= newFrom)
      .slice(0, valuesMost);
  const [networks, clients] = [fresh('network'), fresh('client')];
  return {
    ...{ account, organisation },
    networks: networks.map(({ value }) => value),
    clients: clients.map(({ value }) => value),
    begunAt: [...new Set([...networks, ...clients].map(({ firstAt }) => firstAt))],
    hasDesk: uses.some(({ kind, firstAt }) => kind === 'network' && firstAt < newFrom),
  };
}

/** What one account did with what is sought. Microseconds UTC. */
export type Found = {
  readonly account: number;
  readonly organisation: number;
  /** When it first used such a network, and such software; null when it did not. */
  networkAt: number | null;
  clientAt: number | null;
  people: number;
  readonly firstAt: number;
  lastAt: number;
  lane: number;
  seq: number;
};

/** What a piece of a lane adds to what was found before. */
export function sweepEntries(sought: Sought, entries: readonly FollowedEntry[]): Found[] {
  const [networks, clients] = [new Set(sought.networks), new Set(sought.clients)];
  const found = new Map<number, Found>();
  for (const entry of entries) {
    if (entry.kind !== 1 || entry.organisation === sought.organisation) continue;
    const [byNetwork, byClient] = [networks.has(entry.network), clients.has(entry.client)];
    if (!byNetwork && !byClient) continue;
    const { account, organisation, at, lane, seq } = entry;
    const of = found.get(account) ?? {
      ...{ account, organisation, networkAt: null, clientAt: null, people: 0, firstAt: at, lastAt: at },
      ...{ lane, seq },
    };
    found.set(account, of);
    if (byNetwork) of.networkAt ??= at;
    if (byClient) of.clientAt ??= at;
    of.people += isStranger(entry) ? 1 : 0;
    of.lastAt = at;
    of.seq = seq;
  }
  return [...found.values()];
}

/** A find as it is judged once all was read: in what ways it is alike, as a set of families. */
export type Judged<T> = T & { readonly families: number };

/**
 * Leaves what is no sign: what an account had before it was new to the stolen one, and what more
 * organisations use than one hand reaches. Who is left with nothing is not found.
 */
export function judgeFinds<T extends Pick<Found, 'organisation' | 'networkAt' | 'clientAt'>>(
  sought: Sought,
  finds: readonly T[],
): Judged<T>[] {
  const newFrom = Math.min(...sought.begunAt) - newUs;
  const isCommon = (by: (find: T) => number | null) =>
    new Set(finds.filter((find) => by(find) !== null).map(({ organisation }) => organisation)).size >
    organisationsMost;
  const common = { network: isCommon((find) => find.networkAt), client: isCommon((find) => find.clientAt) };
  const sign = (at: number | null, isUsual: boolean) => (isUsual || at === null || at < newFrom ? null : at);
  return finds.flatMap((find) => {
    const networkAt = sign(find.networkAt, common.network);
    const clientAt = sign(find.clientAt, common.client);
    const families = alikeIn(sought, { networkAt, clientAt });
    return families === 0 ? [] : [{ ...find, networkAt, clientAt, families }];
  });
}

/** Which of what is looked for an account used: a set of families. */
export function sharedIn({ networkAt, clientAt }: Pick<Found, 'networkAt' | 'clientAt'>): number {
  return (networkAt === null ? 0 : bitOf('network')) | (clientAt === null ? 0 : bitOf('client'));
}

function alikeIn({ begunAt }: Sought, used: Pick<Found, 'networkAt' | 'clientAt'>): number {
  const isTogether = [used.networkAt, used.clientAt].some(
    (at) => at !== null && begunAt.some((begun) => Math.abs(begun - at) <= nearUs),
  );
  return sharedIn(used) | (isTogether ? bitOf('sign-in') : 0);
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

/** A find is acted on only if it is alike in two ways and was told of a stranger. */
export function isActedOn({ families, people }: { families: number; people: number }): boolean {
  return countFamilies(families) >= 2 && people > 0;
}

/**
 * What more organisations than this used is no sign of one hand: a carrier's addresses, a common software.
 * Assumed.
 */
const organisationsMost = 100;
