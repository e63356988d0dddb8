import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ClaimBench, nirAt } from '../../../tests/claiming.ts';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import type { Desk } from '../../../world/desk.ts';
import { writeNir } from '../rights/nir.ts';

/** The one person whom the bodies name: nothing of their number may be found anywhere. */
const nir = nirAt(0);
const secrets = [nir.slice(0, 13), nir, writeNir(nir.slice(0, 13))];
let database: TestDatabase;
let bench: ClaimBench;
let desk: Desk;
/** A rejected claim, which the bodies correct. */
let corrected: string;
let declared: Record<string, Record<string, { responses: Record<string, unknown> }>>;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new ClaimBench(database);
  const ended = [{ onlineEnd: '2025-12-31' }];
  await bench.start([{ place: 0 }, { place: 1, contracts: [] }, { place: 2, contracts: ended }]);
  desk = await bench.openDesk('general-practitioner');
  await database.owner`
    update ledger.account set cap = 100000, unknown_left = 20, people_per_day_max = 100000`;
  const { engagement: _none, replaces: _neither, ...first } = claim();
  const rejected = await bench.decided(desk, { ...first, nir: nirAt(2) }, 'the-first');
  expect(rejected.state).toBe('rejected');
  corrected = String(rejected.claim);
  declared = (await bench.get(desk, '/openapi.json')).json().paths;
});
afterAll(async () => {
  await bench?.stop();
  await database?.drop();
});

/** A value as JSON text: what no parser of ours would write must come in too. */
const oddTexts: readonly string[] = [
  ...['0', '-0', '-1', '1', '2', '30.005', '3000.000', '1e-7', '1e308', '-1e308', '1e400', '-1e400', '1E3'],
  ...['9007199254740993', '100000001', '100000000', '999', '1000', '0.1', 'null', 'true', '[]', '{}', '""'],
  ...['"NaN"', '"Infinity"', '"-0"', '"1e3"', '"0x10"', '" 1"', '"\\u0000"', '"a\\u0000b"', '"\\ud800"'],
  ...['"\\u202e"', '"é"', '"%00"', '"{}"', '"\\"; drop table"', '[null]', '[[]]', '[0]', '{"length":1e9}'],
  ...['{"__proto__":{"priceCents":1}}', '{"constructor":{"prototype":{"x":1}}}', '{"toString":1}'],
  ...['"2026-02-30"', '"2026-02-29"', '"0000-00-00"', '"0000-01-01"', '"0001-01-01"', '"9999-12-31"'],
  ...['"1900-01-01"', '"2016-12-31"', '"2017-01-01"', '"2099-06-01"', '"AAAA-BBBB-CCCC"', '"optical-lens"'],
  ...secrets.map((secret) => JSON.stringify(secret)),
  JSON.stringify('9'.repeat(5000)),
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `${'{"a":'.repeat(3000)}0${'}'.repeat(3000)}`,
];
const odd = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 1, arbitrary: fc.double().map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
);

function base(): Record<string, unknown> {
  return {
    ...{ nir, birthDate: '1984-05-17', birthRank: 1, presenceCode: '000000', careDate: '2026-03-02' },
    acts: [
      {
        ...{ code: 'G', kind: 'consultation', quantity: 1, priceCents: 3000, baseCents: 3000 },
        ...{ drugRate: 65, basket: 'full', ear: 'left', outOfPathway: true },
        ...{ inHospital: false, forLongIllness: false },
      },
    ],
    practice: { sector: 1, optam: false },
    situation: { scheme: 'general', longIllness: false, maternity: false, workAccident: false, aid: 'c2s' },
  };
}
function claim(): Record<string, unknown> {
  return {
    ...base(),
    ...{ prescription: { rpps: '10101010101', day: '2026-03-01' }, engagement: '2222-3333-4444' },
    ...{
      expectedCents: 900,
      reference: 'F-1',
      replaces: corrected,
    },
  };
}

type Change = {
  readonly place: number;
  readonly how: 'set' | 'leave' | 'twice' | 'add';
  readonly text: string;
};
const changes = fc.array(
  fc.record({ place: fc.nat(), how: fc.constantFrom('set', 'leave', 'twice', 'add'), text: odd }),
  { maxLength: 3 },
);
const names = ['__proto__', 'constructor', 'nir', 'priceCents', 'x\u0000', nir, 'é', '', 'a/b~c', 'toString'];

/** Writes a body with changes at some of its places: values replaced, left out, told twice, fields added. */
function write(body: unknown, made: readonly Change[]): string {
  let at = 0;
  const places = count(body);
  const writeOne = (value: unknown): string => {
    const mine = made.filter(({ place }) => place % places === at);
    at += 1;
    const set = mine.find(({ how }) => how === 'set');
    const inside = writeInside(value, mine, writeOne);
    return set?.text ?? inside;
  };
  return writeOne(body);
}

function writeInside(value: unknown, mine: readonly Change[], writeOne: (value: unknown) => string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(writeOne).join(',')}]`;
  const told = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${writeOne(part)}`);
  for (const { how, place, text } of mine) {
    if (how === 'leave') told.splice(place % told.length, 1);
    if (how === 'twice') told.push(`${told[place % told.length]?.split(':')[0] ?? '"nir"'}:${text}`);
    if (how === 'add') told.push(`${JSON.stringify(names[place % names.length])}:${text}`);
  }
  return `{${told.join(',')}}`;
}

function count(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return 1 + Object.values(value).reduce((sum: number, part) => sum + count(part), 0);
}
const bodies = (of: () => unknown) => changes.map((made) => write(of(), made as Change[]));

type Sent = { readonly method?: 'GET' | 'POST'; readonly body?: string | Buffer; readonly key?: string };

/** Sends it; fails unless the answer is one that the description of the API has, and no fault of ours. */
async function send(path: string, url: string, sent: Sent): Promise<number> {
  return (await ask(path, url, sent)).statusCode;
}

async function ask(path: string, url: string, { method = 'POST', body, key }: Sent) {
  const answer = await bench.server.app.inject({
    ...{ method, url },
    headers: {
      ...desk.headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  const { statusCode: status, body: text } = answer;
  expect([path, status, Object.keys(declared[path]?.[method.toLowerCase()]?.responses ?? {})]).toEqual([
    ...[path, status, expect.arrayContaining([String(status)])],
  ]);
  if (status >= 500) throw new Error(`${status} to ${String(body).slice(0, 2000)}\n${bench.lines.at(-1)}`);
  const media = String(answer.headers['content-type']);
  expect(media).toBe(status < 300 ? 'application/json; charset=utf-8' : 'application/problem+json');
  // A field that is not declared is named by the name it came with; a list tells the sender's own reference.
  const isTold = String(body).includes(`"${nir}":`) || (method === 'GET' && status === 200);
  expect(isTold ? [] : secrets.filter((secret) => text.includes(secret))).toEqual([]);
  return answer;
}

const seed = Date.now() % 1_000_000;
const runs = (numRuns: number) => ({ seed, numRuns });
function seen(statuses: readonly number[]): number[] {
  return [...new Set(statuses)].sort();
}

test('any body of a quote is answered as declared', async () => {
  const heard: number[] = [];
  await fc.assert(
    fc.asyncProperty(bodies(base), async (body) => {
      heard.push(await send('/v1/quotes', '/v1/quotes', { body }));
    }),
    runs(300),
  );
  expect(seen(heard)).toEqual(expect.arrayContaining([201, 422]));
});

/** What a header may hold: what no header may hold never reaches a route. */
const headerTexts = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'a',
    'a b',
    '\t',
    'é',
    '\u0080',
    '|',
    'a|0',
    '0',
    nir,
    'x'.repeat(64),
    'x'.repeat(65),
  ),
  fc.constantFrom('x'.repeat(8000), 'ÿ'.repeat(64), 'a, b', '"quoted"', '%00', '\\u0000'),
  fc.string({ unit: 'binary-ascii', maxLength: 70 }).map((text) => text.replaceAll(/[\r\n\0]/g, '!')),
);

test('any body of a claim, under any Idempotency-Key, is answered as declared', async () => {
  const heard: number[] = [];
  await fc.assert(
    fc.asyncProperty(bodies(claim), headerTexts, async (body, key) => {
      heard.push(await send('/v1/claims', '/v1/claims', { body, key }));
    }),
    runs(300),
  );
  expect(seen(heard)).toEqual(expect.arrayContaining([201, 400, 422]));
});

test('any batch of claims is answered as declared, and one bad claim costs itself alone', async () => {
  const many = fc.array(fc.oneof({ weight: 3, arbitrary: bodies(claim) }, { weight: 1, arbitrary: odd }), {
    maxLength: 6,
  });
  const heard: number[] = [];
  await fc.assert(
    fc.asyncProperty(many, headerTexts, changes, async (claims, key, made) => {
      const whole = { claims: claims.map((_one, at) => `@${at}@`) };
      const body = write(whole, made as Change[]).replaceAll(/"@(\d)@"/g, (_all, at) => claims[at] ?? '0');
      heard.push(await send('/v1/claim-batches', '/v1/claim-batches', { body, key }));
    }),
    runs(150),
  );
  expect(seen(heard)).toEqual(expect.arrayContaining([200, 400, 422]));
});

test('any odd value in any field of a claim costs that claim alone', async () => {
  const places = Array.from({ length: count(claim()) }, (_none, place) => place).slice(1);
  const claims = places.flatMap((place) =>
    oddTexts.map((text) => write(claim(), [{ place, how: 'set', text }])),
  );
  // Few enough at a time for 16 MiB.
  for (let from = 0; from < claims.length; from += 800) {
    const some = [...claims.slice(from, from + 800), write(claim(), [])];
    const body = `{"claims":[${some.join(',')}]}`;
    const answer = await ask('/v1/claim-batches', '/v1/claim-batches', { body, key: `all-${from}` });
    const { answers } = answer.json();
    expect(answers.at(-1)).toMatchObject({ claim: expect.any(String) });
    expect(answers.some(({ problem }: { problem?: string }) => problem === 'invalid-field')).toBe(true);
  }
});

const uuids = fc.constantFrom('0'.repeat(8).concat('-0000'.repeat(3), '-', '0'.repeat(12)), 'zz', nir, '');
const addresses = fc.oneof(
  fc.constantFrom('AAAA-BBBB-CCCC', 'aaaa-bbbb-cccc', '%00', '%zz', '%F0%9F%98%80', '..', '%2e%2e%2f', nir),
  fc
    .string({ unit: 'binary', maxLength: 30 })
    .map((text) => encodeURIComponent(Buffer.from(text).toString())),
  fc.string({ maxLength: 2000 }).map((text) => encodeURIComponent(text)),
);

test('any number of a quote, an engagement or a claim is answered as declared', async () => {
  const paths = ['/v1/engagements/{}/cancellation', '/v1/quotes/{}/engagement', '/v1/claims/{}/cancellation'];
  await fc.assert(
    fc.asyncProperty(fc.oneof(uuids, addresses), async (part) => {
      for (const path of [...paths, '/v1/claims/{}']) {
        const name = /^\/v1\/(\w+)s\//.exec(path)?.[1];
        // An empty part, or dots, is another address; what no address may hold reaches no route.
        if (/^(|\.+|%2e%2e%2f.*|%zz)$/i.test(part)) continue;
        const method = path.endsWith('{}') ? 'GET' : 'POST';
        await send(path.replace('{}', `{${name}}`), path.replace('{}', part), { method });
      }
    }),
    runs(120),
  );
});

const digits = fc.oneof(
  fc.constantFrom('0', '-1', '00', '8640000000000000', '8640000000000001', '9999999999999999', '1e3', 'NaN'),
  fc.constantFrom('253402300800000', '9224318016000000', '210866803200000', '99999999999999999', '', ' '),
  fc.nat({ max: Number.MAX_SAFE_INTEGER }).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 16n - 1n }).map(String),
);

test('any place to go on from in a list is answered as declared', async () => {
  const id = '0'.repeat(8).concat('-0000'.repeat(3), '-', '0'.repeat(12));
  await fc.assert(
    fc.asyncProperty(fc.oneof(digits, addresses), async (text) => {
      for (const after of [text, `${text}.${id}`, `${text}.AAAA-BBBB-CCCC`, `${text}&after=1`]) {
        for (const path of ['/v1/claims', '/v1/engagements']) {
          await send(path, `${path}?after=${after}`, { method: 'GET' });
        }
      }
    }),
    runs(200),
  );
});

test('a batch is 10,000 claims and 16 MiB at most, and nested as deeply as it likes', async () => {
  const sendBatch = (body: string, key = 'deep') =>
    send('/v1/claim-batches', '/v1/claim-batches', { body, key });
  const zeros = (many: number) => `{"claims":[${Array.from({ length: many }, () => '0').join(',')}]}`;
  expect(await sendBatch(zeros(10_000))).toBe(200);
  expect(await sendBatch(zeros(10_001))).toBe(422);
  expect(await sendBatch(zeros(0))).toBe(422);
  const depth = 7_000_000;
  expect(await sendBatch(`{"claims":[${'['.repeat(depth)}${']'.repeat(depth)}]}`)).toBe(200);
  const [before, after] = ['{"claims":["', '"]}'];
  const fill = (bytes: number) => `${before}${'x'.repeat(bytes - before.length - after.length)}${after}`;
  expect(await sendBatch(fill(16 * 1024 * 1024))).toBe(200);
  expect(await sendBatch(fill(16 * 1024 * 1024 + 1))).toBe(413);
});

test('neither the log nor the database held the number, whatever field it came in', async () => {
  await bench.explained();
  const log = bench.lines.join('\n');
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  for (const table of ['claim', 'quote', 'engagement', 'envelope', 'history', 'flagged']) {
    const rows = await database.owner`
      select to_jsonb(t)::text as row from claims.${database.owner(table)} t`;
    const text = rows.map(({ row }) => row).join('\n');
    expect([table, secrets.filter((secret) => text.includes(secret))]).toEqual([table, []]);
  }
});
