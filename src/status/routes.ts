import { Type } from '@sinclair/typebox';
import { declareRoute, type Route, word } from '../modules/access/index.ts';
import type { Ledger } from '../modules/ledger/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database/connect.ts';
import { Failure } from '../platform/errors.ts';
import { concernsOf, concernWords, monthsReady, readServiceHealth } from './ledger-health.ts';

const count = (description: string) => Type.Integer({ description });
const maybe = (type: 'string' | 'integer', description: string) =>
  Type.Unsafe<string | number | null>({ type: [type, 'null'], description });

const health = Type.Object({
  at: Type.String({ description: 'When this was read. UTC, ISO 8601.' }),
  concerns: Type.Array(word(concernWords, 'What needs somebody, strongest first.')),
  lanes: Type.Array(
    Type.Object({
      lane: count('Its number.'),
      entries: Type.String({ description: 'How many entries it has, numbered from 0 without holes.' }),
      today: count('Entries of today, Europe/Paris.'),
      lastHour: count('Entries of the last hour.'),
      refusalsToday: count('Refused lookups of today.'),
      lastAt: maybe('string', 'When the last one was written. UTC, ISO 8601.'),
      isAhead: Type.Boolean({
        description: 'Whether the last one lies ahead of the clock: it then stands still.',
      }),
      inFlight: count('Lookups of the batch that this server is committing.'),
      waiting: count('Lookups that wait for the next batch of this server.'),
    }),
  ),
  clock: Type.Object({
    aheadSeconds: count('How far the database’s clock is ahead of this server’s.'),
    hasJumped: Type.Boolean({ description: 'Whether this server’s clock jumped since it started.' }),
  }),
  accounts: Type.Object({
    all: count('All of them.'),
    atCap: count('Those that drew all they may.'),
    contained: count('Those that are not open.'),
  }),
  monthsUntil: maybe('string', 'The first day that no month of entries is made for.'),
  monthsReady: count('Whole months of entries that are ready after this one.'),
  imports: Type.Object({
    waiting: count('Files that wait.'),
    running: count('Files that are being read.'),
    quiet: count('Of these, those not heard of for ten minutes.'),
  }),
  standbys: count('Standbys of the database that this server may see.'),
  behindBytes: maybe('integer', 'How far the slowest is behind; null when nobody may say.'),
  disks: Type.Array(
    Type.Object({
      what: Type.String({ description: 'What it holds.' }),
      freeBytes: Type.Number(),
      totalBytes: Type.Number(),
    }),
  ),
});

/** How the ledger stands, for those who watch over it: what `vigie status` looks at, without a terminal. */
export function statusRoutes(use: {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly config: Config;
}): Route[] {
  return [
    declareRoute({
      method: 'GET',
      path: '/v1/ledger-health',
      says: 'How the ledger stands: entries, refusals, clocks, room, what waits. Numbers, and nobody’s data.',
      permission: 'read-ledger-health',
      purpose: null,
      body: null,
      answers: { 200: { says: 'How it stands now.', schema: health } },
      failures: [],
      personal: false,
      async handle() {
        const found = await readServiceHealth(use).catch((error: unknown) => {
          // No lookup was asked for: what cannot be read now is only that.
          throw new Failure('unavailable', { privateCause: error });
        });
        const { clock } = use;
        const at = new Date(Number(clock.now() / 1000n)).toISOString();
        const months = monthsReady(found.monthsUntil, clock);
        const lanes = found.lanes.map((lane) => ({ ...lane, entries: String(lane.entries) }));
        const concerns = concernsOf(found, clock);
        return { status: 200, body: { ...found, at, concerns, lanes, monthsReady: months } };
      },
    }),
  ];
}
