import { findSeqBefore, readEntriesOf, readLanes } from '../../ledger/index.ts';
import { instantOf } from '../acting/instant.ts';
import { takeStep } from '../acting/take-step.ts';
import { bitOf } from '../campaigns/families.ts';
import type { Finding } from '../fold/finding.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import type { GuardTools } from '../following/follow-ledger.ts';
import { Profiles } from '../following/profiles.ts';
import { blockIfUnused } from '../networks/block-networks.ts';
import { readSettings } from '../settings/store.ts';
import type { SweepPlaces } from './places.ts';
import { isActedOn, organisationsMost, seekFrom, sweepEntries, usersOf } from './sought.ts';
import * as store from './store.ts';

/** Of the stolen account's own lookups so many are read, the newest: years of an honest one. */
const ownMost = 20_000;

/** Reads what to search for, and where the time begins in each lane. */
export async function beginSweep({ db }: GuardTools, sweep: store.RunningSweep): Promise<void> {
  const { id, account, organisation, containedAt, fromAt } = sweep;
  const lanes = await readLanes(db);
  const from = instantOf(fromAt);
  const own = await readEntriesOf(db, { lane: account % lanes.length, account, from, most: ownMost });
  const sought = seekFrom(own, { account, organisation, containedAt });
  const places: Record<number, number> = {};
  for (const { lane } of lanes) places[lane] = await findSeqBefore(db, { lane, from });
  await store.keepSought(db, { id, sought, places });
}

/**
 * Keeps what a piece of a lane holds for a sweep, with the new place, in one transaction: after a kill it
 * goes on from there, and nothing is counted twice. False when somebody else moved it meanwhile.
 */
export async function keepFound(
  { db }: GuardTools,
  sweep: store.RunningSweep,
  read: { readonly before: SweepPlaces; readonly places: SweepPlaces; readonly entries: FollowedEntry[] },
): Promise<boolean> {
  if (sweep.sought === null) return false;
  const { before, places, entries } = read;
  const found = sweepEntries(sweep.sought, entries);
  const users = usersOf(sweep.sought, entries);
  const profiles = new Profiles(db);
  await profiles.learn(found.map(({ account }) => account));
  const kept = found.map((each) => ({
    ...each,
    profession: profiles.of(each.account).profession,
    firstAt: instantOf(each.firstAt),
    lastAt: instantOf(each.lastAt),
  }));
  return db.begin(async (tx) => {
    if (!(await store.moveSweep(tx, { id: sweep.id, before, places, entries: entries.length }))) return false;
    await store.addFound(tx, sweep.id, kept);
    await store.addUsers(tx, sweep.id, users);
    return true;
  });
}

/**
 * Finds that are alike in two ways are challenged, the rest is listed; networks of nobody else are blocked.
 */
export async function finishSweep(tools: GuardTools, sweep: store.RunningSweep): Promise<void> {
  const { db } = tools;
  await db.begin(async (tx) => {
    for (const family of ['network', 'client'] as const)
      await store.dropCommon(tx, sweep.id, { family: bitOf(family), most: organisationsMost });
  });
  const { isShadow } = await readSettings(db);
  for (const find of await store.listActed(db, sweep.id)) {
    if (!isActedOn(find)) continue;
    const { account, organisation, profession, lane, seq, at } = find;
    const finding: Finding = {
      ...{ account, lane, seq, at, bits: 0, own: [], level: 'challenge', honey: false },
    };
    const known = { profession, organisation, dailyLookups: 0 };
    // Keyed by the account's own lookup: after a kill here, nobody is challenged twice.
    await takeStep(tools, { finding, known, from: 0, points: [], to: 1, isShadow });
  }
  // After the challenges: an accomplice has a case now, and is no reason to leave its network alone.
  if (!isShadow) await blockNetworks(tools, sweep);
  await store.endSweep(db, sweep.id);
}

async function blockNetworks(tools: GuardTools, { id, account, sought }: store.RunningSweep): Promise<void> {
  for (const network of sought?.networks ?? []) await blockIfUnused(tools, { sweep: id, network, account });
}
