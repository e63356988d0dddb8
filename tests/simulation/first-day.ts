/** `npm run simulation`: what honest accounts are refused, on their first day and in their first weeks. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger, type Ledger, prepareLedger } from '../../src/modules/ledger/index.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { startEmbedded } from '../../src/platform/database/embedded.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import type { Habits } from '../../world/day/honest-account.ts';
import { type PlayedDays, playDays } from '../played-days.ts';
import { addUp, openAccounts, overall, sendClaims, type Tallies, workOneDay } from './play-work.ts';
import { report, type View } from './report.ts';

const firstDayLookups = 1_800;
const firstDaySizes = 400;
const weeksLookups = 200;
const weeks = 6;
const seed = 1;

/** Refusals worth the exit code: more than one lookup in a thousand at the written shares. */
const refusedAtMost = 0.001;

const firstDays: readonly (readonly [string, Habits])[] = [
  ['as written', {}],
  ['0 %', { presence: 0 }],
  ['25 %', { presence: 0.25 }],
  ['50 %', { presence: 0.5 }],
  ['75 %', { presence: 0.75 }],
];

const longRuns: readonly (readonly [string, Habits])[] = [
  ['every new person is claimed', {}],
  ['every new person is claimed, nobody is present', { presence: 0 }],
  ['one new person in five is never claimed', { claimless: 0.2 }],
  ['one person in fifty is unknown to the platform', { unknown: 0.02 }],
];

const say = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-simulation-'));
  // The database's own user must be able to enter it.
  await chmod(folder, 0o755);
  const place = { folder: join(folder, 'data'), keysFolder: join(folder, 'keys') };
  const embedded = await startEmbedded({ ...place, say, durable: false });
  const owner = connect(embedded.ownerUrl, { max: 1, statementTimeoutSeconds: 60 });
  const db = connect(embedded.serverUrl, { max: 2 });
  try {
    await migrate(embedded.ownerUrl, { serverPassword: embedded.serverPassword });
    await prepareLedger(owner, 1);
    const days = await playDays(owner);
    const ledger = createLedger(db, { lanes: 1, clock: days.clock });
    const first = await playFirstDays(ledger);
    process.stdout.write(report('First working day: refused lookups by presence', first));
    const written = first[0]?.tallies ?? new Map();
    for (const [name, habits] of longRuns) {
      say(`${weeks} weeks: ${name}`);
      const views = await playWeeks(ledger, days, habits);
      process.stdout.write(report(`First ${weeks} weeks: ${name}`, views));
    }
    await ledger.close();
    if (isAbove(written)) process.exitCode = 1;
  } finally {
    await db.end({ timeout: 1 });
    await owner.end({ timeout: 1 });
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function playFirstDays(ledger: Ledger): Promise<View[]> {
  const views: View[] = [];
  for (const [name, habits] of firstDays) {
    say(`first day, presence ${name}`);
    const workers = await openAccounts(ledger, habits, {
      lookupsEach: firstDayLookups,
      sizes: firstDaySizes,
      seed,
    });
    views.push({ name, tallies: await workOneDay(ledger, workers) });
  }
  return views;
}

let playedUntil = 0;

/** Monday to Friday, claims of earlier days in the morning. The played calendar only goes forward. */
async function playWeeks(ledger: Ledger, days: PlayedDays, habits: Habits): Promise<View[]> {
  const views: View[] = [];
  await days.goTo(playedUntil);
  const workers = await openAccounts(ledger, habits, { lookupsEach: weeksLookups, sizes: 30, seed });
  for (let week = 1; week <= weeks; week += 1) {
    const worked: Tallies[] = [];
    for (let day = 0; day < 5; day += 1) {
      await days.goTo(playedUntil + day);
      await sendClaims(ledger, workers);
      worked.push(await workOneDay(ledger, workers));
    }
    views.push({ name: `week ${week}`, tallies: addUp(worked) });
    playedUntil += 7;
  }
  return views;
}

function isAbove(tallies: Tallies): boolean {
  return [overall(tallies), ...tallies.values()].some(
    ({ lookups, refused }) => refused > refusedAtMost * lookups,
  );
}

await main();
