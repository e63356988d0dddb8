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
const rounds = 3;
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
type Load = { readonly single: number; readonly p50: number; readonly p99: number; readonly batch: number };
type Running = BenchOptions & { readonly owner: Database; readonly url: string; readonly keysFolder: string };

/** One server at a time, and what came in decided before the next: neither works on the other's claims. */
async function alternate(house: ClaimHouse, running: Running): Promise<Loads> {
  const loads: Loads = { batched: [], steps: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of kinds) {
      const server = await startProcess(kind, running.url, running.keysFolder);
      await send(server.url, house, warmUpSeconds);
      const load = await send(server.url, house, running.seconds);
      const batch = kind === 'batched' ? await sendBatches(server.url, house, running.seconds) : Number.NaN;
      loads[kind].push({ ...load, batch });
      running.say(`${kind}: ${Math.round(load.single)}/s one by one, ${Math.round(batch)}/s in batches`);
      await drained(running.owner);
      server.process.kill();
    }
  }
  return loads;
}

/** Claims that were received over kept-alive connections, while the server decides those before. */
async function send(url: string, house: ClaimHouse, seconds: number): Promise<Omit<Load, 'batch'>> {
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
  return { single: received / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
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
  const variant = (kind: Kind, name: string): Variant => ({
    ...{ name, unit: 'claims/s', median: of(kind, 'single'), p50: of(kind, 'p50'), p99: of(kind, 'p99') },
    runs: loads[kind].map(({ single }) => single),
  });
  const batches = { name: 'a: batches of 1,000', unit: 'claims/s', median: of('batched', 'batch') };
  return {
    variants: [
      variant('batched', `a: received one by one, ${connections} connections`),
      { ...batches, runs: loads.batched.map(({ batch }) => batch) },
      variant('steps', 'b: the same, a transaction for each step'),
    ],
    figures: [
      atLeast('claims received over HTTP, one by one', of('batched', 'single'), 1_000, 'claims/s'),
      atLeast('received, a / b', of('batched', 'single') / of('steps', 'single'), 3),
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
