import { type HeldLocks, holdLocks } from '../../../platform/database/locks.ts';
import { repeat } from '../../../platform/threads/repeat.ts';
import { findSeqBefore, readEntriesAfter, readEntriesOf, readLanes } from '../../ledger/index.ts';
import { instantOf } from '../acting/instant.ts';
import { takeStep } from '../acting/take-step.ts';
import { bitOf } from '../campaigns/families.ts';
import type { Finding } from '../fold/finding.ts';
import type { GuardTools } from '../following/follow-ledger.ts';
import { Profiles } from '../following/profiles.ts';
import { readSettings } from '../settings/store.ts';
import { isActedOn, organisationsMost, type Sought, seekFrom, sweepEntries } from './sought.ts';
import * as store from './store.ts';

/** One server at a time sweeps. */
const sweepLock = { name: 'vigie guard sweep' };
const lookEveryMs = 1_000;
/** Small reads: each far within the time a statement has. */
const readAtOnce = 2_000;
/** Of the stolen account's own lookups so many are read, the newest: years of an honest one. */
const ownMost = 20_000;

/** Starts sweeping the past for whatever cases are confirmed. */
export function startSweeps(tools: GuardTools): { stop(): Promise<void> } {
  const onError = (error: unknown) =>
    tools.log.error({ err: error }, 'a sweep goes on from where it was kept last');
  return repeat((isStopping) => sweepWhileFirst(tools, isStopping), { everyMs: lookEveryMs, onError });
}

async function sweepWhileFirst(tools: GuardTools, isStopping: () => boolean): Promise<boolean> {
  if ((await store.findRunning(tools.db)) === undefined) return false;
  const held = await holdLocks(tools.db, [sweepLock]);
  if (held === null) return false;
  try {
    await sweepAll(tools, held, isStopping);
  } finally {
    await held.release();
  }
  return false;
}

async function sweepAll(tools: GuardTools, held: HeldLocks, isStopping: () => boolean): Promise<void> {
  while (!isStopping() && !held.isLost()) {
    const sweep = await store.findRunning(tools.db);
    if (sweep === undefined) return;
    if (sweep.sought === null) await begin(tools, sweep);
    else if (!(await readOn(tools, sweep))) await finish(tools, sweep);
  }
}

/** Reads what to search for, and where the time begins in each lane. */
async function begin({ db }: GuardTools, sweep: store.RunningSweep): Promise<void> {
  const { id, account, organisation, containedAt, fromAt } = sweep;
  const lanes = await readLanes(db);
  const from = instantOf(fromAt);
  const own = await readEntriesOf(db, { lane: account % lanes.length, account, from, most: ownMost });
  const sought = seekFrom(own, { account, organisation, containedAt });
  const places: Record<number, number> = {};
  for (const { lane } of lanes) places[lane] = await findSeqBefore(db, { lane, from });
  await store.keepSought(db, { id, sought: JSON.stringify(sought), places: JSON.stringify(places) });
}

/**
 * Reads a lane's next entries; false when all lanes are read. The place and what was found are one
 * transaction: after a kill it goes on from there, and nothing is counted twice.
 */
async function readOn({ db }: GuardTools, sweep: store.RunningSweep): Promise<boolean> {
  const sought: Sought = JSON.parse(sweep.sought ?? '');
  const places: Record<string, number> = JSON.parse(sweep.places);
  if (sought.networks.length + sought.clients.length === 0) return false;
  for (const [lane, seq] of Object.entries(places)) {
    if (seq === endOfLane) continue;
    const entries = await readEntriesAfter(db, { lane: Number(lane), seq, most: readAtOnce });
    const within = entries.filter(({ at }) => at <= sweep.toAt);
    const isOver = entries.length < readAtOnce || within.length < entries.length;
    const place = isOver ? endOfLane : (entries.at(-1)?.seq ?? endOfLane);
    const found = sweepEntries(sought, within);
    const profiles = new Profiles(db);
    await profiles.learn(found.map(({ account }) => account));
    await db.begin(async (tx) => {
      const moved = JSON.stringify({ ...places, [lane]: place });
      const to = { id: sweep.id, before: sweep.places, places: moved, entries: within.length };
      if (!(await store.moveSweep(tx, to))) return;
      const kept = found.map((each) => ({
        ...each,
        profession: profiles.of(each.account).profession,
        firstAt: instantOf(each.firstAt),
        lastAt: instantOf(each.lastAt),
      }));
      await store.addFound(tx, sweep.id, kept);
    });
    return true;
  }
  return false;
}

const endOfLane = -2;

/** Finds that are alike in two ways are challenged; the rest is listed. */
async function finish(tools: GuardTools, sweep: store.RunningSweep): Promise<void> {
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
  await store.endSweep(db, sweep.id);
}
