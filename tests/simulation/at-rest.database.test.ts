import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/compose.ts';
import { changeStanding, createOrganisation } from '../../src/modules/access/index.ts';
import { allowanceFigures, findProfession } from '../../src/modules/rights/index.ts';
import { parisDay, systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { type Desk, deskOrigin, openDesk } from '../../world/desk.ts';
import { type DemoPerson, people } from '../../world/people.ts';
import { type DemoProfessional, professionals } from '../../world/professionals.ts';
import { filesUnder, findInFiles, searcherOf } from './byte-search.ts';
import { lookUp } from './client.ts';
import { type Asked, type OwnDatabase, settlePeople, startOwnDatabase } from './own-database.ts';

const day = parisDay(systemClock.now());
const why = 'Ordonnances dérobées au cabinet, plainte du 3 mars';
const tellTale = 'Zéphyrine Témoin-Repérable';
const tellTaleAct = 'ZEPHYR7731';
const patience = { timeout: 120_000 };

let database: OwnDatabase;
let server: RunningServer;
const everyone: readonly DemoPerson[] = [...people(23, 300, day)];
let asked: Asked[];
/** Words of PostgreSQL itself, such as the names of its authors: in its files before anybody is. */
let own: Set<string>;
const staff = [...professionals(3, 12)];
const desks: Desk[] = [];
const logged: string[] = [];

beforeAll(async () => {
  // Compressed pages in the log would hide from a search of bytes what they hold.
  database = await startOwnDatabase({ settings: { wal_compression: 'off' } });
  own = new Set(findInFiles(database.embedded.folder, secrets()).map(({ text }) => text));
  ({ asked } = await settlePeople(database, { seed: 23, count: 300, day }));
  server = await startOn(database);
  for (const one of staff) desks.push(await openFor(one));
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await database?.close();
});

async function startOn({ embedded, keysFolder, keys }: OwnDatabase): Promise<RunningServer> {
  const env = {
    VIGIE_KEYS_FOLDER: keysFolder,
    VIGIE_PORT: '0',
    VIGIE_PUBLIC_URL: deskOrigin,
    VIGIE_METRICS_PORT: '0',
    VIGIE_ENV: 'test',
  };
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const databaseUrl = embedded.serverUrl;
  return startServer({ config: readConfig(env), clock: systemClock, databaseUrl, keys, log });
}

async function openFor(one: DemoProfessional): Promise<Desk> {
  const profession = findProfession('pharmacist');
  if (profession === undefined) throw new Error('no pharmacist');
  const tools = { db: server.db, keys: database.keys, ledger: server.ledger };
  const organisation = await createOrganisation(tools, `Officine ${one.familyName}`);
  return openDesk(tools, {
    organisation,
    profession: 'pharmacist',
    holder: { name: `${one.givenName} ${one.familyName}`, email: one.email, identifier: one.rpps },
    figures: { ...allowanceFigures(profession.figures), cap: 20, openingBalance: 0 },
  });
}

/** Each kind of answer, and names where none belongs. */
async function liveADay(): Promise<Set<number>> {
  const seen = new Set<number>();
  const ask = async (desk: Desk, body: Readonly<Record<string, unknown>>) => {
    const answer = await lookUp(server.url, desk, { subject: '', body });
    seen.add(answer?.status ?? 0);
  };
  for (const [place, { body }] of asked.entries()) {
    const desk = desks[place % desks.length] as Desk;
    await ask(desk, body);
    const person = everyone[place] as DemoPerson;
    const named = { ...body, familyName: person.familyName, birthRank: person.givenName };
    if (place % 5 === 0) await ask(desk, named);
    if (place % 5 === 1) await ask(desk, { ...body, nir: `${person.nir} ${person.familyName}` });
    if (place % 5 === 2) await ask(desk, { ...body, careDomains: [person.familyName.slice(0, 8)] });
    if (place % 20 === 3) await ask(desk, { ...body, birthDate: '1907-01-02' });
    if (place % 6 === 4) await claim(desk, body, person);
  }
  await decided();
  const nobody = { ...(desks[0] as Desk).headers, cookie: `__Host-vigie=${'A'.repeat(43)}` };
  await ask({ account: 0, headers: nobody }, asked[0]?.body ?? {});
  const tools = { db: server.db, keys: database.keys, ledger: server.ledger };
  const account = desks[0]?.account ?? 0;
  // In the ledger alone: a suspension that is ordered ends the session too.
  const { account: other } = desks[1] as Desk;
  await server.ledger.setStanding({ account: other, standing: 'suspended', by: 0, reason: 'operator' });
  await ask(desks[1] as Desk, asked[0]?.body ?? {});
  await changeStanding(tools, { account, standing: 'suspended', why, by: 0 });
  await ask(desks[0] as Desk, asked[0]?.body ?? {});
  return seen;
}

/** Quotes and invoices an act that nobody else has, under a name of the invoice that names the person. */
async function claim(desk: Desk, body: Readonly<Record<string, unknown>>, person: DemoPerson): Promise<void> {
  const { nir, birthDate, birthRank } = body;
  const acts = [{ code: tellTaleAct, kind: 'drug', priceCents: 1240, baseCents: 1240, drugRate: 65 }];
  const care = { nir, birthDate, birthRank, careDate: day, acts };
  const prescription = { rpps: '10101010101', day };
  const invoice = { ...care, prescription, reference: `F ${person.familyName}`.slice(0, 35) };
  const sent = {
    ...desk.headers,
    'content-type': 'application/json',
    'idempotency-key': `F-${tellTaleAct}-${nir}`,
  };
  for (const [path, what] of [
    ['quotes', care],
    ['claims', invoice],
  ] as const) {
    const url = `${server.url}/v1/${path}`;
    const answer = await fetch(url, { method: 'POST', headers: sent, body: JSON.stringify(what) });
    expect([201, 429]).toContain(answer.status);
  }
}

/** Until every claim was decided, and the ledger heard. */
async function decided(): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; ) {
    const [row] = await database.owner`
      select (select count(*) from claims.waiting)::int as waiting,
        (select count(*) from claims.decision)::int as decisions`;
    if (row?.waiting === 0 && row.decisions > 10) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('claims were not decided');
}

/** What must be nowhere. Names of fewer than five letters are left out: chance alone writes them. */
function secrets(): string[] {
  const long = (text: string) => text.length >= 5;
  const written = (name: string) => [name, name.toUpperCase(), name.toLowerCase()];
  const named = [...everyone, ...staff].flatMap(({ familyName, givenName }) => [
    ...written(familyName),
    ...written(givenName),
  ]);
  const nirs = everyone.flatMap(({ nir, otherNirs }) => [nir, ...otherNirs]);
  const births = everyone.flatMap(({ nir, birthDate }) => [`${nir.slice(0, 13)}|${birthDate}`]);
  const members = everyone.flatMap(({ contracts }) => contracts.map(({ memberNumber }) => memberNumber));
  const holders = staff.flatMap(({ givenName, familyName, email, rpps }) => [
    `${givenName} ${familyName}`,
    email,
    rpps,
  ]);
  const tokens = desks.map(({ headers }) => headers.cookie.slice('__Host-vigie='.length));
  const all = [...named.filter(long), ...nirs, ...nirs.map((nir) => nir.slice(0, 13)), ...births];
  return [...new Set([...all, ...members, ...holders, ...tokens, tellTaleAct, why, 'dérobées', 'Officine'])];
}

/** Every column of every table, bytes as they are: in hexadecimal, chance writes dates. */
async function dump(): Promise<{ text: string; tables: number }> {
  const tables = await database.owner`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname in ('platform', 'ledger', 'vault', 'access', 'messages', 'rights', 'claims')`;
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await database.owner.unsafe(`select t.* from ${name} t`);
    for (const row of rows) {
      const values = Object.values(row).map((value) => {
        return Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
      });
      parts.push(values.join('\t'));
    }
  }
  return { text: parts.join('\n'), tables: tables.length };
}

test(
  'a day of lookups and claims leaves nobody in the clear: not in a dump, not in any byte of the data folder',
  patience,
  async () => {
    expect([...(await liveADay())].sort()).toEqual([200, 401, 403, 404, 422, 429]);
    expect(own.size).toBeLessThan(12);
    const wanted = secrets().filter((text) => !own.has(text));
    expect(wanted.length).toBeGreaterThan(1500);

    const { text, tables } = await dump();
    expect(tables).toBeGreaterThan(15);
    const search = searcherOf(wanted);
    expect(search(Buffer.from(text))).toEqual([]);
    expect(search(Buffer.from(logged.join('')))).toEqual([]);

    // A control: what somebody writes in the clear is found, in the table and in the log of writes.
    await database.owner`create table platform.control (who text)`;
    await database.owner`insert into platform.control values (${tellTale})`;
    expect((await dump()).text).toContain(tellTale);
    await server.stop();
    await database.owner`checkpoint`;
    await database.owner.end();
    await database.embedded.stop();
    const control = findInFiles(database.embedded.folder, [tellTale]);
    expect(control.some(({ path }) => path.includes('/pg_wal/'))).toBe(true);
    expect(control.some(({ path }) => path.includes('/base/'))).toBe(true);
    expect(filesUnder(database.embedded.folder).some((path) => path.endsWith('.log'))).toBe(true);

    expect(findInFiles(database.embedded.folder, wanted)).toEqual([]);
  },
);
