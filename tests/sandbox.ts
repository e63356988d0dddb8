import type { LightMyRequestResponse } from 'fastify';
import { type RunningServer, startServer } from '../src/compose.ts';
import { createOrganisation, markDemo } from '../src/modules/access/index.ts';
import { allowanceFigures, findProfession } from '../src/modules/rights/index.ts';
import { Keys } from '../src/modules/vault/index.ts';
import { parisDay, systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { createLog } from '../src/platform/log.ts';
import { type DemoClock, openDemoClock } from '../world/demo-clock.ts';
import { type Desk, deskOrigin, openDesk } from '../world/desk.ts';
import { fillSandbox } from '../world/sandbox/fill-sandbox.ts';
import { type Does, sandboxPeople } from '../world/sandbox/people.ts';
import type { TestDatabase } from './database.ts';

/** A claim as it is read: what these tests look at of it. */
export type ReadClaim = {
  readonly claim: string;
  readonly state: string;
  readonly rejection: { readonly reason: string } | null;
  readonly totals: { readonly complementaryCents: number } | null;
};

/** Glasses that everybody's contract of the sandbox pays. */
export const glasses = [
  { code: 'MON', kind: 'optical-frame', priceCents: 9000, baseCents: 5, basket: 'free' },
  { code: 'VER', kind: 'optical-lens', quantity: 2, priceCents: 20_000, baseCents: 10, basket: 'free' },
];

/** A demo with nobody but the sandbox in it, and an optician who claims. */
export class SandboxBench {
  readonly keys = new Keys(Buffer.alloc(32, 11));
  /** Everything the server wrote to its log. */
  readonly lines: string[] = [];
  demoClock!: DemoClock;
  server!: RunningServer;
  desk!: Desk;
  readonly #database: TestDatabase;
  #names = 0;

  constructor(database: TestDatabase) {
    this.#database = database;
  }

  async start(more: Record<string, string> = {}): Promise<void> {
    const { server: db, ownerUrl } = this.#database;
    await markDemo(db);
    await fillSandbox({ db, keys: this.keys });
    this.demoClock = await openDemoClock(ownerUrl);
    this.server = await this.startServer(more);
    this.desk = await this.openDesk();
  }

  startServer(more: Record<string, string> = {}): Promise<RunningServer> {
    const settings = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_PUBLIC_URL: deskOrigin };
    return startServer({
      config: readConfig({ ...settings, VIGIE_ENV: 'test', ...more }),
      clock: systemClock,
      demoClock: this.demoClock,
      keys: this.keys,
      log: createLog('debug', { write: (line) => void this.lines.push(line) }),
      databaseUrl: this.#database.serverUrl,
    });
  }

  async openDesk(): Promise<Desk> {
    const tools = { db: this.server.db, keys: this.keys, ledger: this.server.ledger };
    const figures = findProfession('optician')?.figures;
    if (figures === undefined) throw new Error('no optician');
    return openDesk(tools, {
      organisation: await createOrganisation(tools, 'Optique des Essais'),
      profession: 'optician',
      holder: { name: 'Jeanne Dupré' },
      figures: allowanceFigures(figures),
    });
  }

  get today(): string {
    return parisDay(this.demoClock.clock.now());
  }

  /** Moves the clock as anybody at this machine does. */
  forward(days: number): Promise<LightMyRequestResponse> {
    return this.post('/v1/sandbox/clock', { forwardDays: days });
  }

  post(url: string, body?: unknown, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = { ...this.desk.headers, ...json, ...headers };
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
    return this.server.app.inject({ method: 'POST', url, headers: sent, ...payload });
  }

  get(url: string): Promise<LightMyRequestResponse> {
    return this.server.app.inject({ url, headers: this.desk.headers });
  }

  /** Glasses for somebody of the sandbox, prescribed. */
  body(does: Does, more: Record<string, unknown> = {}): Record<string, unknown> {
    const person = sandboxPeople.find((one) => one.does === does);
    if (person === undefined) throw new Error(`nobody ${does}`);
    const { nir, birthDate } = person;
    const prescription = { rpps: '10101010101', day: '2026-01-02' };
    return { nir, birthDate, careDate: this.today, acts: glasses, prescription, ...more };
  }

  /** The same without what only claims have. */
  quoted(does: Does): Record<string, unknown> {
    const { prescription: _prescription, ...quote } = this.body(does);
    return quote;
  }

  /** Sends a claim; its number. */
  async send(does: Does, more: Record<string, unknown> = {}): Promise<string> {
    this.#names += 1;
    const key = { 'idempotency-key': `test-${this.#names}` };
    const sent = await this.post('/v1/claims', this.body(does, more), key);
    if (sent.statusCode !== 201) throw new Error(`${sent.statusCode} ${sent.body}`);
    return sent.json().claim;
  }

  async read(claim: string): Promise<ReadClaim> {
    return (await this.get(`/v1/claims/${claim}`)).json();
  }

  /** Waits until a claim is decided. */
  async decided(claim: string): Promise<ReadClaim> {
    for (const until = Date.now() + 20_000; Date.now() < until; ) {
      const read = await this.read(claim);
      if (read.state !== 'received') return read;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`claim ${claim} was not decided`);
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }
}
