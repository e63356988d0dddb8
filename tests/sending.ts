import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../src/compose.ts';
import { createOrganisation, createWebhook, openAccount } from '../src/modules/access/index.ts';
import { createLedger } from '../src/modules/ledger/index.ts';
import { allowanceFigures, findProfession } from '../src/modules/rights/index.ts';
import { addInsurers } from '../src/modules/rights/store.ts';
import { Keys } from '../src/modules/vault/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import type { Database } from '../src/platform/database/connect.ts';
import { createLog } from '../src/platform/log.ts';
import type { TestDatabase } from './database.ts';
import { levant, ponant } from './importing.ts';
import { signFor } from './practice-software.ts';
import { origin } from './signing-in.ts';

/** An import as the API tells of it. */
export type Told = {
  readonly id: number;
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly message: string;
};

/** What makes one request of a sender acceptable. */
export type Sign = Awaited<ReturnType<typeof signFor>>;

/** A server with a spool of its own, and what senders of files do with it. */
export class SendingBench {
  readonly keys = new Keys(Buffer.alloc(32, 9));
  readonly folder = mkdtempSync(join(tmpdir(), 'vigie-spool-'));
  readonly lines: string[] = [];
  server!: RunningServer;
  readonly #database: TestDatabase;

  constructor(database: TestDatabase) {
    this.#database = database;
  }

  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await addInsurers(this.#database.server, [ponant, levant]);
    const config = readConfig({
      VIGIE_PORT: '0',
      VIGIE_PUBLIC_URL: origin,
      // They ask as no honest house asks.
      VIGIE_GUARD: 'off',
      VIGIE_METRICS_PORT: '0',
      VIGIE_ENV: 'test',
      VIGIE_SPOOL_FOLDER: this.folder,
      ...env,
    });
    const log = createLog('debug', { write: (line) => void this.lines.push(line) });
    const databaseUrl = this.#database.serverUrl;
    const { keys } = this;
    const parts = { config, clock: systemClock, databaseUrl, keys, log, requestTimeoutMs: 600 };
    this.server = await startServer(parts);
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  openInsurer(insurer: { id: number; name: string }, webhook?: string) {
    const { url } = this.server;
    return openInsurerDesk({ db: this.#database.owner, keys: this.keys, url }, insurer, webhook);
  }

  async openPharmacist(): Promise<Sign> {
    const tools = { db: this.#database.owner, keys: this.keys, ledger: this.server.ledger };
    const organisation = await createOrganisation(tools, 'Officine des Tests');
    const profession = findProfession('pharmacist');
    if (profession === undefined) throw new Error('no pharmacist');
    const figures = allowanceFigures(profession.figures);
    const asked = { organisation, profession: 'pharmacist', holder: { name: 'Paul' }, figures };
    return signFor(this.server, this.keys, await openAccount(tools, asked));
  }

  /** Sends a file; `query` without the kind. */
  async send(
    sign: Sign,
    file: string | Buffer<ArrayBuffer>,
    how: { query?: string; headers?: Record<string, string> } = {},
  ) {
    const { query = '', headers = {} } = how;
    const signed = await sign('POST', '/v1/imports');
    return fetch(`${this.server.url}/v1/imports?kind=people${query}`, {
      method: 'POST',
      body: file,
      headers: { ...signed, 'content-type': 'text/csv', ...headers },
    });
  }

  async get(sign: Sign, path: string): Promise<Response> {
    return fetch(this.server.url + path, { headers: await sign('GET', path) });
  }

  /** Asks until an import has ended. */
  ended(sign: Sign, id: number): Promise<Told> {
    return pollUntilEnded(this.server.url, sign, id);
  }

  async lookUp(sign: Sign, body: Readonly<Record<string, unknown>>): Promise<Response> {
    return fetch(`${this.server.url}/v1/coverage-lookups`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { ...(await sign('POST', '/v1/coverage-lookups')), 'content-type': 'application/json' },
    });
  }
}

/** Opens the service account of an insurer. */
export async function openInsurerDesk(
  use: { readonly db: Database; readonly keys: Keys; readonly url: string },
  insurer: { id: number; name: string },
  webhook?: string,
) {
  const tools = { ...use, ledger: createLedger(use.db, { lanes: 1, clock: systemClock }) };
  const organisation = await createOrganisation(tools, insurer.name);
  const account = await openAccount(tools, {
    organisation,
    profession: 'insurer',
    insurer: insurer.id,
    role: 'insurer-service',
    holder: { name: 'Échanges' },
    figures: {
      cap: 0,
      renewalPerDay: 0,
      usualNewPeoplePerDay: 0,
      peoplePerDayMax: 0,
      openingBalance: 0,
    },
  });
  const secret = webhook === undefined ? '' : await createWebhook(tools, account, webhook);
  return { account, secret, sign: await signFor(use, use.keys, account) };
}

/** Asks until an import has ended; a minute at most. */
export async function pollUntilEnded(url: string, sign: Sign, id: number): Promise<Told> {
  const path = `/v1/imports/${id}`;
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    const headers = await sign('GET', path);
    const told = (await (await fetch(url + path, { headers })).json()) as Told;
    if (!['queued', 'running'].includes(told.state)) return told;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`import ${id} did not end`);
}

/** What reached a webhook. */
export type Heard = {
  readonly signature: string;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
};

/** Somebody else's server that a webhook leads to; answers what it is told to. */
export class Receiver {
  readonly heard: Heard[] = [];
  status = 204;
  headers: Record<string, string> = {};
  /** How many requests it leaves without an answer. */
  silent = 0;
  /** Requests that wait for an answer now, and the most there were together. */
  atOnce = 0;
  mostAtOnce = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.atOnce += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
      response.on('close', () => {
        this.atOnce -= 1;
      });
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const { headers } = request;
        this.heard.push({ signature: String(headers['vigie-signature']), text, headers });
        if (this.silent > 0) this.silent -= 1;
        else response.writeHead(this.status, this.headers).end();
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/vigie`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
