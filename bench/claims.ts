import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import autocannon from 'autocannon';
import { createLedger, prepareLedger } from '../src/modules/ledger/index.ts';
import { openKeys } from '../src/modules/vault/index.ts';
import { parisDay, systemClock } from '../src/platform/clock.ts';
import { connect, type Database } from '../src/platform/database/connect.ts';
import { startEmbedded } from '../src/platform/database/embedded.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { type ClaimHouse, settleClaimHouse } from './claims-house.ts';
import { benchDeciding } from './deciding.ts';
import { atLeast, type Measured, median, type Variant } from './figures.ts';
import { benchGuarantees } from './guarantees.ts';
import type { BenchOptions } from './lookup.ts';

const kinds = ['batched', 'steps'] as const;
type Kind = (typeof kinds)[number];
const rounds = 5;
const connections = 256;
const claimsOfBatch = 1_000;
/** A server that just started compiles more than it answers. */
const warmUpSeconds = 4;

/** Claims from the request to the decision, against a transaction for each step, in turn on one database. */
export async function benchClaims(options: BenchOptions): Promise<Measured> {
  const engine = await benchGuarantees(options);
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  await chmod(folder, 0o755);
  const keysFolder = join(folder, 'keys');
  const embedded = await startEmbedded({ folder: join(folder, 'data'), keysFolder, say: options.say });
  const owner = connect(embedded.ownerUrl, { max: 2, statementTimeoutSeconds: 0 });
  const db = connect(embedded.serverUrl, { max: 8 });
  try {
    await migrate(embedded.ownerUrl, { serverPassword: embedded.serverPassword });
    await prepareLedger(owner, 1);
    const keys = await openKeys(owner, { folder: keysFolder });
    const ledger = createLedger(db, { lanes: 1, clock: systemClock });
    const tools = { owner, db, keys, ledger };
    const house = await settleClaimHouse(tools, parisDay(systemClock.now()));
    const loads = await alternate(house, { ...options, owner, url: embedded.serverUrl, keysFolder });
    const deciding = await benchDeciding(tools, house, options);
    const { variants, figures } = conclude(loads);
    return {
      variants: [...engine.variants, ...variants, ...deciding.variants],
      figures: [...engine.figures, ...figures, ...deciding.figures],
    };
  } finally {
    await Promise.all([owner.end({ timeout: 1 }), db.end({ timeout: 1 })]);
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Loads = Readonly<Record<Kind, Load[]>>;
type Load = Sent & {
  /** A second, when nothing is decided meanwhile. */
  readonly alone: number;
  /** A second, until the last one is decided and told to the ledger. */
  readonly through: number;
  readonly batch: number;
};
type Sent = {
  readonly received: number;
  readonly single: number;
  readonly p50: number;
  readonly p99: number;
};
type Running = BenchOptions & { readonly owner: Database; readonly url: string; readonly keysFolder: string };

/** One server at a time, and what came in decided before the next: neither works on the other's claims. */
async function alternate(house: ClaimHouse, running: Running): Promise<Loads> {
  const loads: Loads = { batched: [], steps: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of kinds) {
      const server = await startProcess(kind, running.url, running.keysFolder);
      await send(server.url, house, warmUpSeconds);
      await drained(running.owner);
      const alone = await undecided(running.owner, () => send(server.url, house, running.seconds));
      const start = performance.now();
      const sent = await send(server.url, house, running.seconds);
      await drained(running.owner);
      const through = (sent.received * 1000) / (performance.now() - start);
      const batch = kind === 'batched' ? await sendBatches(server.url, house, running.seconds) : Number.NaN;
      loads[kind].push({ ...sent, alone: alone.single, through, batch });
      running.say(
        `${kind}: ${Math.round(alone.single)}/s alone, ${Math.round(sent.single)}/s decided beside it`,
      );
      await drained(running.owner);
      server.process.kill();
    }
  }
  return loads;
}

/** What comes in while it lasts waits; it is decided after. */
async function undecided<Result>(owner: Database, work: () => Promise<Result>): Promise<Result> {
  const { unsafe } = owner;
  await unsafe("alter table claims.waiting alter column due_at set default now() + interval '1 hour'");
  const result = await work();
  await unsafe('alter table claims.waiting alter column due_at set default ledger.now()');
  await unsafe('update claims.waiting set due_at = ledger.now()');
  await drained(owner);
  return result;
}

/** Claims that were received over kept-alive connections, while the server decides those before. */
async function send(url: string, house: ClaimHouse, seconds: number): Promise<Sent> {
  let received = 0;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const load = autocannon(
      {
        ...{ url: `${url}/v1/claims`, connections, duration: seconds },
        requests: [
          {
            method: 'POST',
            setupRequest: (request) => {
              const { desk, body, key } = house.next();
              const headers = { ...desk.headers, 'content-type': 'application/json', 'idempotency-key': key };
              return { ...request, headers, body };
            },
          },
        ],
      },
      (error: unknown, ended: autocannon.Result) => (error ? reject(error) : resolve(ended)),
    );
    load.on('response', (_client, status) => {
      if (status === 201) received += 1;
    });
  });
  return { received, single: received / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

async function sendBatches(url: string, house: ClaimHouse, seconds: number): Promise<number> {
  const start = performance.now();
  let received = 0;
  while (performance.now() - start < seconds * 1000) {
    const claims = Array.from({ length: claimsOfBatch }, () => house.next());
    const [{ desk, key }] = claims as [ReturnType<ClaimHouse['next']>];
    const answer = await fetch(`${url}/v1/claim-batches`, {
      method: 'POST',
      headers: { ...desk.headers, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ claims: claims.map(({ body }) => JSON.parse(body)) }),
    });
    const { answers } = (await answer.json()) as { answers: { claim?: string }[] };
    received += answers.filter(({ claim }) => claim !== undefined).length;
  }
  return (received * 1000) / (performance.now() - start);
}

/** Waits until nothing is to be decided or told to the ledger. */
async function drained(owner: Database): Promise<void> {
  for (;;) {
    const [row] = await owner`
      select (select count(*) from claims.waiting)::int
        + (select count(*) from claims.to_explain where at <= now() + interval '1 minute')::int as due`;
    if (row?.due === 0) return;
    await setTimeout(100);
  }
}

function conclude(loads: Loads): Measured {
  const of = (kind: Kind, what: keyof Load) => median(loads[kind].map((load) => load[what]));
  const ratio = (what: keyof Load) => of('batched', what) / of('steps', what);
  const variant = (kind: Kind, what: 'single' | 'alone' | 'through' | 'batch', name: string): Variant => ({
    ...{ name, unit: 'claims/s', median: of(kind, what), runs: loads[kind].map((load) => load[what]) },
    ...(what === 'single' ? { p50: of(kind, 'p50'), p99: of(kind, 'p99') } : {}),
  });
  return {
    variants: [
      variant('batched', 'single', `a: received one by one, ${connections} connections, decided meanwhile`),
      variant('batched', 'alone', 'a: received one by one, decided later'),
      variant('batched', 'through', 'a: received, decided and told'),
      variant('batched', 'batch', 'a: batches of 1,000'),
      variant('steps', 'single', 'b: received, a transaction for each step, decided meanwhile'),
      variant('steps', 'alone', 'b: received, decided later'),
      variant('steps', 'through', 'b: received, decided and told'),
    ],
    figures: [
      atLeast('claims received over HTTP, one by one', of('batched', 'single'), 1_000, 'claims/s'),
      atLeast('received, a / b', ratio('alone'), 3),
      atLeast('received, decided and told, a / b', ratio('through'), 3),
    ],
  };
}

async function startProcess(
  kind: Kind,
  ...where: readonly string[]
): Promise<{ url: string; process: ChildProcess }> {
  const file = new URL('./claims-server.ts', import.meta.url).pathname;
  const flags = ['--max-semi-space-size=32', '--import', 'tsx', file, kind, ...where];
  const started = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: started.stdout as NodeJS.ReadableStream });
  const [url] = (await once(lines, 'line')) as [string];
  return { url, process: started };
}
