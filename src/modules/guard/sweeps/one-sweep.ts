import { findSeqBefore, readFirstUses, readLanes } from '../../ledger/index.ts';
import { instantOf } from '../acting/instant.ts';
import { takeStep } from '../acting/take-step.ts';
import type { Finding } from '../fold/finding.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import type { GuardTools } from '../following/follow-ledger.ts';
import { Profiles } from '../following/profiles.ts';
import { blockUnused } from '../networks/block-networks.ts';
import { readSettings } from '../settings/store.ts';
import type { SweepPlaces } from './places.ts';
import { isActedOn, judgeFinds, seekFrom, sharedIn, sweepEntries, usersOf } from './sought.ts';
import * as store from './store.ts';

/** Reads what to search for, and where the time begins in each lane. */
export async function beginSweep({ db }: GuardTools, sweep: store.RunningSweep): Promise<void> {
  const { id, account, organisation, containedAt, fromAt } = sweep;
  const lanes = await readLanes(db);
  const from = instantOf(fromAt);
  const uses = await readFirstUses(db, { lane: account % lanes.length, account, from });
  const sought = seekFrom(uses, { account, organisation, containedAt });
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
  const instant = (at: number | null) => (at === null ? null : instantOf(at));
  const kept = found.map((each) => ({
    ...each,
    profession: profiles.of(each.account).profession,
    families: sharedIn(each),
    ...{ networkAt: instant(each.networkAt), clientAt: instant(each.clientAt) },
    ...{ firstAt: instantOf(each.firstAt), lastAt: instantOf(each.lastAt) },
  }));
  return db.begin(async (tx) => {
    if (!(await store.moveSweep(tx, { id: sweep.id, before, places, entries: entries.length }))) return false;
    await store.addFound(tx, sweep.id, kept);
    await store.addUsers(tx, sweep.id, users);
    return true;
  });
}

/** Finds alike in two ways are challenged, the rest is listed; networks that nobody else used are blocked. */
export async function finishSweep(tools: GuardTools, sweep: store.RunningSweep): Promise<void> {
  const { db } = tools;
  const { id, sought } = sweep;
  if (sought === null) return;
  const judged = judgeFinds(sought, await store.listToJudge(db, id));
  await db.begin((tx) => store.keepJudged(tx, id, judged));
  const { isShadow } = await readSettings(db);
  for (const find of judged.filter(isActedOn)) {
    const { account, organisation, profession, lane, seq, at } = find;
    const finding: Finding = {
      ...{ account, lane, seq, at, bits: 0, own: [], level: 'challenge', honey: false },
    };
    const known = { profession, organisation, dailyLookups: 0 };
    // Keyed by the account's own lookup: after a kill here, nobody is challenged twice.
    await takeStep(tools, { finding, known, from: 0, points: [], to: 1, isShadow });
  }
  if (!isShadow && sought.hasDesk) await blockUnused(tools, { sweep: id, networks: sought.networks });
  await store.endSweep(db, id);
}
