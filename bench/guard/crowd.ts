import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createOrganisation, openAccount } from '../../src/modules/access/index.ts';
import { startGuard } from '../../src/modules/guard/index.ts';
import { insertSettings } from '../../src/modules/guard/settings/store.ts';
import { signalBits } from '../../src/modules/ledger/signals.ts';
import { systemClock as clock } from '../../src/platform/clock.ts';
import { createLog } from '../../src/platform/log.ts';
import { deskOrigin } from '../../world/desk.ts';
import type { BenchOptions, Measured } from '../figures.ts';
import { type OwnDatabase, withOwnDatabase } from './own-database.ts';
import { quantile } from './tables.ts';

const laneCounts = [1, 64];
const crowd = 2_000;
const togetherMost = 64;
const honestEveryMs = 20;
const most = { cap: 1_000_000, renewalPerDay: 1, usualNewPeoplePerDay: 30, openingBalance: 0 };
const walk = signalBits.sameRun | signalBits.ascending | signalBits.hasPrevious;
/** Of so many numbers in a row the last deserves a challenge, none before it. */
const walkLength = 3;

/** Many accounts that all deserve a step in the same second: how long until all of them are contained. */
export async function benchCrowd(options: BenchOptions): Promise<Measured> {
  const variants = [];
  for (const lanes of laneCounts) {
    const { contained, before, during } = await withOwnDatabase(lanes, measureCrowd, options.say);
    const of = `${lanes} lane${lanes === 1 ? '' : 's'}`;
    const half = quantile(contained, 0.5);
    variants.push(
      { name: `until half of ${crowd} are contained, ${of}`, unit: 's', median: half, runs: contained },
      {
        name: `until all are, ${of}`,
        unit: 's',
        median: Math.max(...contained),
        runs: [Math.max(...contained)],
      },
      { name: `a lookup before, ${of}`, unit: 'ms', median: quantile(before, 0.5), runs: before },
      { name: `a lookup meanwhile, ${of}`, unit: 'ms', median: quantile(during, 0.5), runs: during },
    );
    options.say(
      `${of}: half after ${half.toFixed(1)} s, all after ${Math.max(...contained).toFixed(1)} s; a lookup ` +
        `took ${quantile(before, 0.5).toFixed(0)} ms (p95 ${quantile(before, 0.95).toFixed(0)}) before, ` +
        `${quantile(during, 0.5).toFixed(0)} ms (p95 ${quantile(during, 0.95).toFixed(0)}) meanwhile`,
    );
  }
  return { variants, figures: [] };
}

async function measureCrowd(own: OwnDatabase) {
  const { db, ledger, owner } = own;
  await insertSettings(db, { isShadow: false, shadowDetectors: [], by: 0, reasonSealed: Buffer.alloc(32) });
  const organisation = await createOrganisation(own, 'Bench');
  const accounts: number[] = [];
  for (let each = 0; each <= crowd; each += togetherMost) {
    const opened = Array.from({ length: Math.min(togetherMost, crowd + 1 - each) }, (_, place) => {
      const holder = { name: `Desk ${each + place}` };
      const figures = { ...most, peoplePerDayMax: 1_000_000 };
      const of = { organisation, profession: 'optician', role: 'professional', holder, figures } as const;
      return openAccount(own, of);
    });
    accounts.push(...(await Promise.all(opened)));
  }
  const [honest = 0, ...robbed] = accounts;
  const draw = (account: number, signals: number) =>
    ledger.record({
      ...{ account, session: 5n, organisation, client: 8, network: 9, action: 1, purpose: 1, nirKey: null },
      ...{ insurers: [1], fields: 5n, reason: 2, present: false, subject: randomUUID(), signals },
    });
  const all = async () => {
    for (let from = 0; from < robbed.length; from += 500)
      await Promise.all(robbed.slice(from, from + 500).map((account) => draw(account, walk)));
  };
  const guard = startGuard({ ...own, clock, site: deskOrigin, log: createLog('warn') });
  const contained = async () => {
    const [row] = await owner`select count(*)::int as n from ledger.account where standing > 0`;
    return Number(row?.n);
  };
  for (let step = 1; step < walkLength; step += 1) await all();
  await wait(5_000);
  if ((await contained()) > 0) throw new Error('some were contained before the last lookup');
  const lookups = async (isOver: () => boolean) => {
    const took: number[] = [];
    while (!isOver()) {
      const from = performance.now();
      await draw(honest, 0);
      took.push(performance.now() - from);
      await wait(honestEveryMs);
    }
    return took;
  };
  const began = performance.now();
  const before = await lookups(() => performance.now() - began > 3_000);
  const times: number[] = [];
  const from = performance.now();
  const during = lookups(() => times.length >= crowd || performance.now() - from > 300_000);
  await all();
  while (times.length < crowd && performance.now() - from < 300_000) {
    const now = await contained();
    const seconds = (performance.now() - from) / 1000;
    while (times.length < now) times.push(seconds);
    await wait(100);
  }
  const result = { contained: times, before, during: await during };
  await guard.stop();
  return result;
}
