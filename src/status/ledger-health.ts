import type { Ledger, LedgerHealth } from '../modules/ledger/index.ts';
import { readImportStates } from '../modules/rights/index.ts';
import { type Clock, parisDay } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database/connect.ts';
import { describeDatabase } from '../platform/database/describe-database.ts';
import { addMonths, limits } from './judge.ts';
import { readDisks } from './read-status.ts';
import type { Disk } from './status.ts';

/** All that the page of the ledger's health shows: numbers, and nobody's data. */
export type ServiceHealth = LedgerHealth & {
  readonly imports: { readonly waiting: number; readonly running: number; readonly quiet: number };
  readonly standbys: number;
  readonly behindBytes: number | null;
  readonly disks: readonly Omit<Disk, 'folder'>[];
};

/** What needs somebody, strongest first. */
export const concernWords = [
  'clock-jumped',
  'clocks-apart',
  'lane-ahead',
  'no-month',
  'disk-low',
  'standby-behind',
  'import-quiet',
] as const;
export type Concern = (typeof concernWords)[number];

/** Beyond this, the record refuses (migrations: take_lane). */
const apartSeconds = 5 * 60;

/** Reads it now; what this server has in flight is its own. */
export async function readServiceHealth(use: {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly config: Config;
}): Promise<ServiceHealth> {
  const health = await use.ledger.readHealth();
  const imports = await readImportStates(use.db);
  const { standbys, behindBytes } = await describeDatabase(use.db);
  const inState = (state: string) => imports.filter((one) => one.state === state);
  return {
    ...health,
    imports: {
      waiting: inState('queued').length,
      running: inState('running').length,
      quiet: inState('running').filter(({ quietSeconds }) => quietSeconds > limits.quietSeconds).length,
    },
    ...{ standbys, behindBytes },
    disks: (await readDisks(use.config)).map(({ folder: _, ...disk }) => disk),
  };
}

/** What needs somebody now; nothing is []. */
export function concernsOf(health: ServiceHealth, clock: Pick<Clock, 'now'>): Concern[] {
  const { lanes, monthsUntil, disks, behindBytes, imports } = health;
  const short = addMonths(parisDay(clock.now()), limits.monthsAhead);
  const is: Readonly<Record<Concern, boolean>> = {
    'clock-jumped': health.clock.hasJumped,
    'clocks-apart': Math.abs(health.clock.aheadSeconds) >= apartSeconds,
    'lane-ahead': lanes.some(({ isAhead }) => isAhead),
    'no-month': monthsUntil === null || monthsUntil < short,
    'disk-low': disks.some(
      (disk) => disk.totalBytes > 0 && disk.freeBytes / disk.totalBytes < limits.freeShare,
    ),
    'standby-behind': (behindBytes ?? 0) > limits.behindBytes,
    'import-quiet': imports.quiet > 0,
  };
  return concernWords.filter((concern) => is[concern]);
}

/** How many whole months of entries are ready after this one. */
export function monthsReady(monthsUntil: string | null, clock: Pick<Clock, 'now'>): number {
  const [year = 0, month = 0] = (monthsUntil ?? '').split('-').map(Number);
  const [thisYear = 0, thisMonth = 0] = parisDay(clock.now()).split('-').map(Number);
  return monthsUntil === null ? 0 : Math.max(0, 12 * (year - thisYear) + month - thisMonth - 1);
}
