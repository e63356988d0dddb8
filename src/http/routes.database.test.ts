import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { type Desk, deskOrigin, openDesk } from '../../world/desk.ts';
import { identitiesOf, loadWorld } from '../../world/load-world.ts';
import { type DemoPerson, people } from '../../world/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { changeStanding, createOrganisation, type NewAccount } from '../modules/access/index.ts';
import { allowanceFigures, findProfession } from '../modules/rights/index.ts';
import { currentCode, findSubjects, Keys, lookupKey } from '../modules/vault/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const seed = 5;
const count = 400;
const today = parisDay(systemClock.now());
const everyone = [...people(seed, count)].filter(({ birthRank }) => birthRank === 1);
const lines: string[] = [];
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  await loadWorld({ db: database.server, keys }, { seed, count });
  server = await startOn(database.serverUrl);
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

function startOn(databaseUrl: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const config = readConfig({
    VIGIE_PORT: '0',
    VIGIE_PUBLIC_URL: deskOrigin,
    VIGIE_METRICS_PORT: '0',
    VIGIE_ENV: 'test',
    ...env,
  });
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  return startServer({ config, clock: systemClock, databaseUrl, keys, log, requestTimeoutMs: 600 });
}

function tools() {
  return { db: server.db, keys, ledger: server.ledger };
}

async function openAccount(figures: Partial<NewAccount['figures']> = {}) {
  const optician = findProfession('optician');
  if (optician === undefined) throw new Error('no optician');
  const organisation = await createOrganisation(tools(), 'Optique des Tests');
  return openDesk(tools(), {
    organisation,
    profession: 'optician',
    holder: { name: 'Jeanne Dupré-Secret', email: 'jeanne.secret@sante.example' },
    figures: { ...allowanceFigures(optician.figures), ...figures },
  });
}

function bodyFor(person: DemoPerson): Record<string, unknown> {
  const birthDate = person.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return { nir: person.nir, birthDate, careDate: today, careDomains: ['OPTI'], purpose: 'TREAT' };
}

function post(sent: Desk['headers'], payload: unknown): Promise<LightMyRequestResponse> {
  const headers = { ...sent, 'content-type': 'application/json' };
  const text = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  return server.app.inject({ method: 'POST', url: '/v1/coverage-lookups', headers, payload: text });
}

function stranger(place = 0): Record<string, unknown> {
  const year = String(1900 + place).padStart(4, '0');
  return { nir: '2840588321025', birthDate: `${year}-01-02`, careDate: today, purpose: 'TREAT' };
}

function person(place: number): DemoPerson {
  const found = everyone[place];
  if (found === undefined) throw new Error('the country is too small');
  return found;
}

describe('a lookup reaches every answer it declares', () => {
  test('200 with the contract and the level, to the domains of the profession only', async () => {
    const { headers: desk } = await openAccount();
    const covered = everyone.filter(({ contracts }) =>
      contracts.some(
        (each) =>
          each.onlineStart <= today &&
          (each.onlineEnd ?? '9999') > today &&
          each.domains.some(({ code, start }) => code === 'OPTI' && (start ?? today) <= today),
      ),
    );
    const answer = await post(desk, { ...bodyFor(covered[0] ?? person(0)), careDomains: ['OPTI', 'PHAR'] });
    expect(answer.statusCode).toBe(200);
    const told = answer.json();
    expect(told).toMatchObject({ covered: true, reason: 'covered', presence: 'not-given' });
    expect(told.domains.map((each: { reason: string }) => each.reason)).toEqual([
      'covered',
      'domain-not-for-profession',
    ]);
    const names = covered[0]?.contracts.map(({ memberNumber }) => memberNumber);
    expect(names).toContain(told.contracts[0].memberNumber);
    expect(told.contracts[0].domains.map((each: { domain: string }) => each.domain)).toEqual(['OPTI']);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['vigie-entry']).toMatch(/^0\/\d+$/);
  });

  test('200 with a reason for a person without rights, and it costs one', async () => {
    const { headers: desk } = await openAccount();
    const none = everyone.find(({ contracts }) => contracts.length === 0) ?? person(0);
    const answer = await post(desk, bodyFor(none));
    expect(answer.json()).toMatchObject({ covered: false, reason: 'no-contract', contracts: [] });
    expect(Number(answer.headers['vigie-allowance-people'])).toBe(49);
  });

  test('the entry is durable before the answer, with the fields that left', async () => {
    const { headers: desk, account } = await openAccount();
    const answer = await post(desk, bodyFor(person(1)));
    const [lane, seq] = String(answer.headers['vigie-entry']).split('/');
    const [entry] = await database.owner`
      select account, outcome, fields::text as fields, purpose from ledger.entry
       where lane = ${Number(lane)} and seq = ${String(seq)}::text::bigint`;
    expect(entry).toMatchObject({ account, outcome: 1, purpose: 1 });
    const showsNumber = answer.json().contracts.length > 0;
    expect((BigInt(entry?.fields) >> 2n) % 2n === 1n).toBe(showsNumber);
  });

  test('a present person is free, once; a wrong code counts as none and the lookup goes on', async () => {
    const { headers: desk } = await openAccount();
    const [identity] = identitiesOf(person(2));
    const [found] = await findSubjects(server.db, identity === undefined ? [] : [lookupKey(keys, identity)]);
    const now = systemClock.now();
    const code = await currentCode(server.db, keys, { subject: found?.subject ?? '', now });
    const present = await post(desk, { ...bodyFor(person(2)), presenceCode: code });
    expect([present.json().presence, present.headers['vigie-allowance-people']]).toEqual(['accepted', '50']);
    const again = await post(desk, { ...bodyFor(person(2)), presenceCode: code });
    expect([again.statusCode, again.json().presence]).toEqual([200, 'not-accepted']);
    const wrong = await post(desk, { ...bodyFor(person(3)), presenceCode: '000000' });
    expect([wrong.json().presence, wrong.headers['vigie-allowance-people']]).toEqual(['not-accepted', '49']);
  });

  test('five wrong codes close presence, as an entry, and lookups go on', async () => {
    const { headers: desk, account } = await openAccount();
    const said: string[] = [];
    for (let i = 0; i < 6; i += 1) {
      const answer = await post(desk, { ...bodyFor(person(8)), presenceCode: '000000' });
      said.push(answer.json().presence);
    }
    expect(said).toEqual([...Array.from({ length: 4 }, () => 'not-accepted'), 'closed', 'closed']);
    const entries = await database.owner`
      select kind, subject is not null as of_somebody from ledger.entry where account = ${account}
       order by actor_seq`;
    // Opened, four lookups, the closure before the fifth, two more lookups.
    expect(entries.map(({ kind }) => kind)).toEqual([5, 1, 1, 1, 1, 8, 1, 1]);
    expect(entries[5]?.of_somebody).toBe(true);
  });

  test('404 is the same for a wrong birth date and for a number nobody has', async () => {
    const { headers: desk } = await openAccount();
    const wrongDate = await post(desk, { ...bodyFor(person(4)), birthDate: '1901-01-01' });
    const nobody = await post(desk, { ...stranger(), presenceCode: '123456' });
    const said = (answer: LightMyRequestResponse) => ({ ...answer.json(), requestId: '' });
    expect(wrongDate.statusCode).toBe(404);
    expect(said(wrongDate)).toEqual(said(nobody));
    expect(Object.keys(wrongDate.headers).sort()).toEqual(Object.keys(nobody.headers).sort());
    expect(nobody.headers['vigie-entry']).toMatch(/^0\/\d+$/);
    expect(nobody.headers['vigie-allowance-unknown']).toBe('18');
  });

  test('429 is the same whether the person exists or not; known people still answer', async () => {
    const { headers: desk } = await openAccount({ cap: 2, openingBalance: 0 });
    for (const place of [5, 6]) expect((await post(desk, bodyFor(person(place)))).statusCode).toBe(200);
    const refused = await post(desk, bodyFor(person(7)));
    const unknown = await post(desk, stranger(3));
    expect([refused.statusCode, unknown.statusCode]).toEqual([429, 429]);
    expect(refused.body).toBe(unknown.body);
    expect(refused.headers['vigie-allowance-people']).toBe(unknown.headers['vigie-allowance-people']);
    expect(refused.json()).toMatchObject({ code: 'allowance-spent', left: { people: 0 } });
    expect(refused.json().givesBack.map((each: { what: string }) => each.what)).toContain('claim');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await post(desk, bodyFor(person(5)))).statusCode).toBe(200);
  });

  test('429 after three wrong birth dates for one number', async () => {
    const { headers: desk } = await openAccount();
    const guess = (year: number) => post(desk, { ...bodyFor(person(8)), birthDate: `${year}-01-01` });
    for (const year of [1901, 1902, 1903]) expect((await guess(year)).statusCode).toBe(404);
    const closed = await guess(1904);
    expect(closed.statusCode).toBe(429);
    expect(closed.json().detail).toContain('closed to this account until tomorrow');
  });

  test('403 to a suspended or restricted account, at its very next lookup', async () => {
    const { headers: desk, account } = await openAccount();
    expect((await post(desk, bodyFor(person(9)))).statusCode).toBe(200);
    // In the ledger alone: a suspension that is ordered ends the session too.
    await server.ledger.setStanding({ account, standing: 'suspended', by: 0, reason: 'operator' });
    expect((await post(desk, bodyFor(person(9)))).json().code).toBe('account-suspended');
    await server.ledger.setStanding({ account, standing: 'restricted', by: 0, reason: 'operator' });
    expect((await post(desk, bodyFor(person(9)))).json().code).toBe('account-restricted');
    await changeStanding(tools(), { account, standing: 'open', why: 'a test', by: 0 });
    expect((await post(desk, bodyFor(person(9)))).statusCode).toBe(200);
  });

  test('GET /v1/allowance tells what is left', async () => {
    const { headers: desk } = await openAccount();
    await post(desk, bodyFor(person(10)));
    const { cookie, 'user-agent': agent } = desk;
    const headers = { cookie, 'user-agent': agent };
    const answer = await server.app.inject({ url: '/v1/allowance', headers });
    expect(answer.json()).toMatchObject({
      standing: 'open',
      charged: 1,
      left: 49,
      unknownLeft: 20,
      peopleToday: 1,
    });
  });
});

describe('what is not acceptable is refused precisely', () => {
  test.each([
    ['a wrong control key', { nir: '284058832102500' }, 'nir'],
    ['a number that is too short', { nir: '2840588' }, 'nir'],
    ['a number as a number', { nir: 2840588321025 }, 'nir'],
    ['a birth date that does not exist', { birthDate: '1984-02-30' }, 'birthDate'],
    ['a birth rank of 10', { birthRank: 10 }, 'birthRank'],
    ['a day of care that does not exist', { careDate: '2026-02-30' }, 'careDate'],
    ['an unknown domain', { careDomains: ['XXXX'] }, 'careDomains'],
    ['a purpose of its own', { purpose: 'CURIOSITY' }, 'purpose'],
    ['a code of letters', { presenceCode: 'abcdef' }, 'presenceCode'],
    ['a field nobody declared', { surname: 'Secret' }, 'surname'],
  ])('%s', async (_what, change, field) => {
    const { headers: desk } = await openAccount();
    const answer = await post(desk, { ...bodyFor(person(11)), ...change });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().fields.map((each: { field: string }) => each.field)).toEqual([field]);
  });

  test('bad JSON, bad UTF-8, 10 MB, a token nobody has', async () => {
    const { headers: desk } = await openAccount();
    expect((await post(desk, '{"nir":')).statusCode).toBe(400);
    expect((await post(desk, Buffer.from([0x22, 0xc3, 0x28, 0x22]))).statusCode).toBe(400);
    expect((await post(desk, Buffer.alloc(10_000_000, 0x20))).statusCode).toBe(413);
    const other = await post({ ...desk, cookie: `__Host-vigie=${'A'.repeat(43)}` }, stranger());
    expect([other.statusCode, other.headers['www-authenticate']]).toEqual([401, undefined]);
  });

  test('nothing of it is in the log, and no name or token is in the database', async () => {
    const log = lines.join('\n');
    for (const { nir } of everyone.slice(0, 12)) expect(log).not.toContain(nir.slice(0, 13));
    expect(log).not.toMatch(/Bearer|__Host|Secret/);
    const rows = await database.owner`
      select a::text as a, s::text as t from access.account a join access.session s on s.account = a.id`;
    const dump = JSON.stringify(rows);
    expect(dump).not.toMatch(/vigie_|Secret/);
    expect(Buffer.from(dump.replaceAll(/[^0-9a-f]/g, ''), 'hex').includes('Secret')).toBe(false);
  });
});
