import type { LightMyRequestResponse } from 'fastify';
import { type RunningServer, startServer } from '../src/compose.ts';
import { createOrganisation } from '../src/modules/access/index.ts';
import { publishPlan } from '../src/modules/claims/index.ts';
import {
  allowanceFigures,
  type DomainCode,
  findProfession,
  type ListedContract,
  loadPeople,
} from '../src/modules/rights/index.ts';
import { Keys } from '../src/modules/vault/index.ts';
import { type Clock, parisDay, systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { createLog } from '../src/platform/log.ts';
import { type Desk, deskOrigin, openDesk } from '../world/desk.ts';
import type { TestDatabase } from './database.ts';
import { nirOf } from './importing.ts';

/** The insurer of the tests of claims, and another one. */
export const ponant = { id: 1, amcCode: '0099500029', name: 'Prévoyance du Ponant' };
export const levant = { id: 2, amcCode: '0099500037', name: 'Mutuelle du Levant' };

/** The plan that people of the tests have, unless they say else. */
export const equilibre = `
contract: Équilibre
from: 2024-01-01
responsible: yes
guarantees:
  - { name: Soins, kinds: [consultation, technical-act, laboratory, drug, paramedical], pays: 100 % BR }
  - name: Aides auditives
    kinds: [hearing-aid]
    pays: 425 % BR
    limit: { acts: 2, period: four-years }
  - name: Monture
    kinds: [optical-frame]
    pays: frais réels
    limit: { acts: 1, euros: "99.97", period: two-years }
  - name: Verres
    kinds: [optical-lens]
    pays: frais réels
    limit: { acts: 2, euros: "420.00", period: two-years }
  - name: Médecine douce
    kinds: [device]
    pays: 40 € / acte
    limit: { euros: "100.00", period: year, shared: family }
`;

/** A person of the tests: what leads to them, and the contracts they have. */
export type Insured = {
  readonly place: number;
  readonly birthDate?: string;
  readonly deathDate?: string;
  readonly contracts?: readonly Partial<InsuredContract>[];
};

type InsuredContract = {
  readonly insurer: number;
  readonly plan: string;
  readonly memberNumber: string;
  readonly start: string;
  readonly onlineEnd: string | null;
  readonly levels: Partial<Record<DomainCode, string>>;
};

const everything: InsuredContract['levels'] = {
  ...{ MEDG: '100%', MEDS: '100%', PHAR: '100/100/85', LPP: '100%', LABO: '100%', OPTI: 'PEC', AUDI: '100%' },
};

/** The number of a person by their place. */
export function nirAt(place: number): string {
  return nirOf(`184057728${String(place).padStart(4, '0')}`);
}

/** A server that quotes and decides, and people whom its professionals serve. */
export class ClaimBench {
  readonly keys = new Keys(Buffer.alloc(32, 11));
  readonly lines: string[] = [];
  readonly clock: Clock;
  server!: RunningServer;
  readonly #database: TestDatabase;

  constructor(database: TestDatabase, clock: Clock = systemClock) {
    this.#database = database;
    this.clock = clock;
  }

  get today(): string {
    return parisDay(this.clock.now());
  }

  async start(people: readonly Insured[], settings: { readonly VIGIE_GUARD?: 'on' } = {}): Promise<void> {
    await loadPeople({ db: this.#database.server, keys: this.keys }, people.map(personToLoad), {
      insurers: [ponant, levant],
    });
    await publishPlan(this.#database.server, { insurer: ponant.id, document: equilibre, by: 0 });
    this.server = await this.startServer(settings);
  }

  /** The guard is off unless a test is about it: most ask as no honest house asks. */
  startServer(settings: { readonly VIGIE_GUARD?: 'on' } = {}): Promise<RunningServer> {
    const config = readConfig({
      ...{ VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_PUBLIC_URL: deskOrigin, VIGIE_ENV: 'test' },
      ...{ VIGIE_GUARD: 'off', ...settings },
    });
    const log = createLog('debug', { write: (line) => void this.lines.push(line) });
    const { keys, clock } = this;
    return startServer({ config, clock, keys, log, databaseUrl: this.#database.serverUrl });
  }

  /** A professional at their desk, in an organisation of their own unless one is given. */
  async openDesk(
    profession: string,
    at: { organisation?: number } = {},
  ): Promise<Desk & { organisation: number }> {
    const found = findProfession(profession);
    if (found === undefined) throw new Error(`no profession ${profession}`);
    const tools = { db: this.server.db, keys: this.keys, ledger: this.server.ledger };
    const organisation = at.organisation ?? (await createOrganisation(tools, 'Cabinet des Essais'));
    const desk = await openDesk(tools, {
      organisation,
      profession,
      holder: { name: 'Jeanne Dupré-Secret' },
      figures: allowanceFigures(found.figures),
    });
    return { ...desk, organisation };
  }

  post(desk: Desk, url: string, body?: unknown, key?: string): Promise<LightMyRequestResponse> {
    const headers = {
      ...desk.headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const payload =
      body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) };
    return this.server.app.inject({ method: 'POST', url, headers, ...payload });
  }

  get(desk: Desk, url: string): Promise<LightMyRequestResponse> {
    return this.server.app.inject({ url, headers: desk.headers });
  }

  /** Sends a claim and waits for its decision. */
  async decided(desk: Desk, body: unknown, key: string): Promise<{ state: string } & Record<string, never>> {
    const sent = await this.post(desk, '/v1/claims', body, key);
    if (sent.statusCode !== 201) throw new Error(`${sent.statusCode} ${sent.body}`);
    return this.decidedOf(desk, sent.json().claim);
  }

  /** Waits for the decision of a claim that was sent. */
  async decidedOf(desk: Desk, claim: string): Promise<{ state: string } & Record<string, never>> {
    for (const until = Date.now() + 20_000; Date.now() < until; ) {
      const read = (await this.get(desk, `/v1/claims/${claim}`)).json();
      if (read.state !== 'received') return read;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`claim ${claim} was not decided`);
  }

  /** Waits until the ledger heard of every claim that is due now. */
  async explained(): Promise<void> {
    for (const until = Date.now() + 20_000; Date.now() < until; ) {
      const [row] = await this.#database.owner`
        select (select count(*) from claims.waiting where due_at <= ledger.now())::int
          + (select count(*) from claims.to_explain
              where at <= ledger.now() + interval '1 minute')::int as due`;
      if (row?.due === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('the ledger did not hear of every claim');
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }
}

/** A person of the tests as the loader takes them. */
export function personToLoad({ place, birthDate = '1984-05-17', deathDate = '', contracts = [{}] }: Insured) {
  const nir = nirAt(place);
  const identity = { nir13: nir.slice(0, 13), birthDate: birthDate.replaceAll('-', ''), birthRank: 1 };
  const listed = new Map<number, ReturnType<typeof listedPerson>[]>();
  for (const contract of contracts) {
    const insurer = contract.insurer ?? ponant.id;
    const before = listed.get(insurer)?.[0]?.contracts ?? [];
    const all = [...before, listedContract(place, contract)];
    listed.set(insurer, [listedPerson(identity, deathDate, all)]);
  }
  return { identities: [identity], listed };
}

function listedPerson(
  identity: { nir13: string; birthDate: string; birthRank: number },
  deathDate: string,
  contracts: readonly ListedContract[],
) {
  const name = { lastName: 'Kerbrat', firstName: 'Anaïs', sex: '2', departement: '29' };
  return { lines: [], identity, ...name, deathDate, contracts };
}

function listedContract(place: number, contract: Partial<InsuredContract>): ListedContract {
  const {
    plan = 'Équilibre',
    memberNumber = `M${place}`,
    start = '2020-01-01',
    levels = everything,
  } = contract;
  const { onlineEnd = null, insurer = ponant.id } = contract;
  return {
    ...{ contractNumber: `C${place}-${insurer}-${plan}`, memberNumber, plan, convention: 'VB', csr: '' },
    responsible: true,
    days: { start, printedEnd: '2027-12-31', onlineEnd },
    domains: Object.entries(levels).map(([code, level]) => {
      return { code: code as DomainCode, level: level ?? '', convention: 'VB' };
    }),
  };
}
