import { setTimeout as wait } from 'node:timers/promises';
import { createOrganisation, openAccount } from '../../src/modules/access/index.ts';
import { startGuard } from '../../src/modules/guard/index.ts';
import { insertSettings } from '../../src/modules/guard/settings/store.ts';
import { signalBits, withHoneyMark } from '../../src/modules/ledger/signals.ts';
import { systemClock as clock } from '../../src/platform/clock.ts';
import { createLog } from '../../src/platform/log.ts';
import { deskOrigin } from '../../world/desk.ts';
import { Random } from '../../world/random.ts';
import { atMost, type BenchOptions, type Measured } from '../figures.ts';
import { type OwnDatabase, withOwnDatabase } from './own-database.ts';
import { quantile } from './tables.ts';

const repetitions = 300;
const warmUps = 20;
const laneCounts = [1, 64];
const most = { cap: 1_000_000, renewalPerDay: 1, usualNewPeoplePerDay: 30, openingBalance: 0 };

/** From the commit of an entry that deserves a step to the commit of the step. */
export async function benchLatency(options: BenchOptions): Promise<Measured> {
  const variants = [];
  for (const lanes of laneCounts) {
    const waits = await withOwnDatabase(lanes, (own) => measureSteps(own, options.seed), options.say);
    const name = `a step after its entry, ${lanes} lane${lanes === 1 ? '' : 's'}`;
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(waits, share)) as [
      number,
      number,
      number,
    ];
    variants.push({ name, unit: 'ms', median: p50, p50, p95, p99, runs: waits });
    options.say(`${name}: median ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
  }
  const figures = variants.flatMap(({ name, p95, p99 }) => [
    atMost(`${name}, p95`, p95, 100, 'ms'),
    atMost(`${name}, p99`, p99, 100, 'ms'),
  ]);
  return { variants, figures };
}

/** Suspensions, which write most: each of another account, at any moment between two looks of the guard. */
async function measureSteps(own: OwnDatabase, seed: number): Promise<number[]> {
  const { db, ledger } = own;
  const random = new Random(seed, 0x6c617465);
  await insertSettings(db, { isShadow: false, shadowDetectors: [], by: 0, reasonSealed: Buffer.alloc(32) });
  const organisation = await createOrganisation(own, 'Bench');
  const guard = startGuard({ ...own, clock, site: deskOrigin, log: createLog('warn') });
  const waits: number[] = [];
  try {
    for (let each = 0; each < warmUps + repetitions; each += 1) {
      const holder = { name: `Desk ${each}` };
      const figures = { ...most, peoplePerDayMax: 1_000_000 };
      const role = 'professional';
      const opened = { organisation, profession: 'pharmacist', role, holder, figures } as const;
      const account = await openAccount(own, opened);
      const meetHoney = (which: number) =>
        ledger.record({
          ...{ account, session: 5n, organisation, client: 8, network: 9, action: 1, purpose: 1 },
          ...{ nirKey: null, insurers: [1], fields: 5n, reason: 2, present: false, subject: null },
          signals: withHoneyMark(signalBits.sameRun, Buffer.of(which)),
        });
      await meetHoney(1);
      await untilStands(own, account, 2);
      await wait(random.between(20, 120));
      await meetHoney(2);
      const took = await untilStands(own, account, 3);
      if (each >= warmUps) waits.push(took);
    }
  } finally {
    await guard.stop();
  }
  return waits;
}

/** Milliseconds until a step is committed, asked again as soon as it is answered. */
async function untilStands({ owner }: OwnDatabase, account: number, standing: number): Promise<number> {
  const from = performance.now();
  for (;;) {
    const [row] = await owner`select standing from ledger.account where account = ${account}`;
    const took = performance.now() - from;
    if (row?.standing === standing) return took;
    if (took > 30_000)
      throw new Error(`account ${account} does not stand at ${standing} after half a minute`);
  }
}
