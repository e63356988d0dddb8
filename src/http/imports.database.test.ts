import { createHash, createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request as sendRequest } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { fileOf, levant, nirOf, ponant } from '../../tests/importing.ts';
import { Receiver, SendingBench, type Sign, type Told } from '../../tests/sending.ts';
import { parisDay, systemClock } from '../platform/clock.ts';

/** What a busy machine is given. */
const patience = { timeout: 20_000 };
let database: TestDatabase;
let bench: SendingBench;
const receiver = new Receiver();
let ours: Awaited<ReturnType<SendingBench['openInsurer']>>;
let theirs: typeof ours;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new SendingBench(database);
  await bench.start({ VIGIE_IMPORT_BYTES_MAX: '8000000' });
  ours = await bench.openInsurer(ponant, await receiver.listen());
  theirs = await bench.openInsurer(levant);
});
afterAll(async () => {
  await bench?.stop();
  await receiver.stop();
  await database?.drop();
});

const person = (place: number) => ({
  nir: nirOf(`18405772${String(88_000 + place).padStart(5, '0')}`),
  birthDate: '1984-05-17',
  contractNumber: `C${place}`,
  memberNumber: `M${place}`,
});
const lines = (count: number, from = 0) => Array.from({ length: count }, (_, place) => person(from + place));
const spooled = () => readdirSync(bench.folder);

async function sendAndWait(
  file: string | Buffer<ArrayBuffer>,
  how: Parameters<SendingBench['send']>[2] = {},
): Promise<Told> {
  const answer = await bench.send(ours.sign, file, how);
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: number };
  expect(answer.headers.get('location')).toBe(`/v1/imports/${id}`);
  return bench.ended(ours.sign, id);
}

test('a file is sent, read, told to the webhook, and a professional finds the person', async () => {
  receiver.heard.length = 0;
  const told = await sendAndWait(fileOf(lines(30)));
  expect(told).toMatchObject({
    state: 'done',
    counts: { lines: 30, people: 30, added: 30, rejected: 0 },
    message: 'Every line was good.',
  });
  const { nir, birthDate } = person(3);
  const asked = { nir, birthDate, careDate: parisDay(systemClock.now()), purpose: 'TREAT' };
  const found = await bench.lookUp(await bench.openPharmacist(), asked);
  expect(found.status).toBe(200);
  expect(await found.json()).toMatchObject({ covered: true, contracts: [{ memberNumber: 'M3' }] });
  await vi.waitFor(() => expect(receiver.heard).toHaveLength(1), { timeout: 20_000 });
  const { signature, text } = receiver.heard[0] ?? { signature: '', text: '' };
  expect(JSON.parse(text)).toEqual({ import: told.id, state: 'done', counts: told.counts });
  const [, seconds = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  expect(mac).toBe(createHmac('sha256', ours.secret).update(`${seconds}.${text}`).digest('hex'));
  expect(Math.abs(Date.now() / 1000 - Number(seconds))).toBeLessThan(60);
  // The file is gone, and so is the key that opened it.
  await vi.waitFor(() => expect(spooled()).toEqual([]), patience);
  const [row] = await database.owner`select spool, spool_key from rights.import where id = ${told.id}`;
  expect(row).toEqual({ spool: null, spool_key: null });
});

test('the same file gzipped changes nothing; a trial changes nothing and says so', async () => {
  const again = await sendAndWait(gzipSync(fileOf(lines(30))), {
    headers: { 'content-type': 'application/gzip' },
  });
  expect(again).toMatchObject({ state: 'done', counts: { added: 0, changed: 0, unchanged: 30 } });
  const trial = await sendAndWait(fileOf(lines(2, 500)), { query: '&dryRun=true' });
  expect(trial).toMatchObject({ state: 'done', counts: { added: 2 } });
  expect(trial.message).toContain('nothing was changed');
  expect(await sendAndWait(fileOf(lines(2, 500)), { query: '&dryRun=true' })).toMatchObject({
    counts: { added: 2 },
  });
});

test('a full file that lists too few closes nobody until that is confirmed', async () => {
  const refused = await sendAndWait(fileOf(lines(20)), { query: '&full=true' });
  expect(refused.counts.closed).toBe(0);
  expect(refused.message).toContain('confirmClosures=true');
  const confirmed = await sendAndWait(fileOf(lines(20)), { query: '&full=true&confirmClosures=true' });
  expect(confirmed.counts.closed).toBe(10);
});

test('bad lines are told by number and reason, never by what they held; another insurer’s too', async () => {
  const file = fileOf([
    person(600),
    { ...person(601), nir: '184057728860199', lastName: 'Introuvable' },
    { ...person(602), insurer: levant.amcCode },
  ]);
  const told = await sendAndWait(file);
  expect(told).toMatchObject({ state: 'done', counts: { lines: 3, added: 1, rejected: 2 } });
  const answer = await bench.get(ours.sign, `/v1/imports/${told.id}/rejected`);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const text = await answer.text();
  expect(text.split('\n').map((line) => line.split(';').slice(0, 2))).toEqual([
    ['line', 'column'],
    ['3', 'nir'],
    ['4', 'insurer'],
    [''],
  ]);
  expect(text).not.toMatch(/18405772|Introuvable|0099500037/);
});

test('what is no file of people fails with what to do', async () => {
  const headless = await sendAndWait('184057728860199;Secret;Paul\n');
  expect(headless.state).toBe('failed');
  expect(headless.message).toContain('header');
  expect(headless.message).not.toContain('Secret');
  const cut = gzipSync(fileOf(lines(3, 700)));
  const damaged = await sendAndWait(cut.subarray(0, cut.length - 12));
  expect(damaged).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('gzip data ends too early'),
  });
});

test('a small file that unpacks without end is given up at the size files may have', async () => {
  const bomb = gzipSync(Buffer.concat([Buffer.from(fileOf(lines(1))), Buffer.alloc(400_000_000, '\n')]));
  expect(bomb.length).toBeLessThan(1_000_000);
  const before = process.memoryUsage().rss;
  const told = await sendAndWait(bomb);
  expect(told).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('more than 8000000 bytes'),
  });
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
});

describe('who may do what', () => {
  test('an insurer looks nobody up, a professional sends nothing, nobody does neither', async () => {
    const { nir, birthDate } = person(3);
    const asked = { nir, birthDate, careDate: '2026-11-23', purpose: 'TREAT' };
    expect((await bench.lookUp(ours.sign, asked)).status).toBe(403);
    expect((await bench.get(ours.sign, '/v1/allowance')).status).toBe(403);
    const pharmacist = await bench.openPharmacist();
    expect((await bench.send(pharmacist, fileOf(lines(1)))).status).toBe(403);
    expect((await bench.get(pharmacist, '/v1/imports')).status).toBe(403);
    const nobody = async () => ({ authorization: `DPoP ${'A'.repeat(43)}` });
    expect((await bench.get(nobody, '/v1/imports')).status).toBe(401);
  });

  test('another account’s import is told like one that never was', async () => {
    const { id } = await sendAndWait(fileOf(lines(1)));
    const said = async (path: string) => {
      const answer = await bench.get(theirs.sign, path);
      return [answer.status, { ...((await answer.json()) as object), requestId: '' }];
    };
    for (const end of ['', '/rejected']) {
      expect(await said(`/v1/imports/${id}${end}`)).toEqual(await said(`/v1/imports/987654321${end}`));
      expect((await said(`/v1/imports/${id}${end}`))[0]).toBe(404);
    }
    expect(await (await bench.get(theirs.sign, '/v1/imports')).json()).toEqual({ imports: [] });
    const own = (await (await bench.get(ours.sign, '/v1/imports')).json()) as { imports: Told[] };
    expect(own.imports[0]).toMatchObject({ id, state: 'done' });
  });

  test.each(['0', '-1', '1e3', 'x', '..%2F..%2Fetc%2Fpasswd', '9'.repeat(30)])(
    'the id %s is 404',
    async (id) => {
      expect((await bench.get(ours.sign, `/v1/imports/${id}`)).status).toBe(404);
    },
  );
});

describe('sending', () => {
  test('the same name within a day is the same import, also when sent twice at once', async () => {
    const headers = { 'idempotency-key': 'people-2026-11-23' };
    const send = (sign = ours.sign) => bench.send(sign, fileOf(lines(1)), { headers });
    const idOf = async (answer: Response) => ((await answer.json()) as { id: number }).id;
    const [one, other] = await Promise.all([send(), send()]);
    const id = await idOf(one);
    expect(await idOf(other)).toBe(id);
    expect(await idOf(await send())).toBe(id);
    expect(await idOf(await send(theirs.sign))).not.toBe(id);
    await database.owner`update rights.import set created_at = now() - interval '25 hours' where id = ${id}`;
    expect(await idOf(await send())).not.toBe(id);
    expect((await bench.send(ours.sign, 'x', { headers: { 'idempotency-key': 'a b' } })).status).toBe(400);
    const [row] = await database.owner`select idempotency from rights.import where id = ${id}`;
    expect(row?.idempotency).toHaveLength(16);
  });

  test('a trial and the real thing under one name are two imports', async () => {
    const headers = { 'idempotency-key': 'people-2026-11-24' };
    const idOf = async (answer: Response) => ((await answer.json()) as { id: number }).id;
    const trial = await bench.send(ours.sign, fileOf(lines(1)), { headers, query: '&dryRun=true' });
    const real = await bench.send(ours.sign, fileOf(lines(1)), { headers });
    expect(await idOf(real)).not.toBe(await idOf(trial));
  });

  test('insurers take turns: many files of one do not hold up another’s', async () => {
    const send = async (sign: Sign, from: number) => {
      const answer = await bench.send(sign, fileOf(lines(2000, from)));
      return ((await answer.json()) as { id: number }).id;
    };
    const many = [
      await send(ours.sign, 10_000),
      await send(ours.sign, 12_000),
      await send(ours.sign, 14_000),
    ];
    const one = await send(theirs.sign, 0);
    for (const id of many) await bench.ended(ours.sign, id);
    await bench.ended(theirs.sign, one);
    const read = await database.owner<{ id: number }[]>`
      select id::int as id from rights.import where id between ${many[0] ?? 0} and ${one}
       order by started_at`;
    expect(read.findIndex(({ id }) => id === one)).toBeLessThan(3);
  });

  test('a digest that fits is accepted, one that does not leaves nothing', async () => {
    const file = fileOf(lines(1));
    const digest = createHash('sha256').update(file).digest('base64');
    const status = async (headers: Record<string, string>) =>
      (await bench.send(ours.sign, file, { headers })).status;
    expect(await status({ 'repr-digest': `sha-256=:${digest}:` })).toBe(202);
    expect(await status({ digest: `SHA-256=${digest}` })).toBe(202);
    expect(await status({ 'repr-digest': `sha-256=:${digest.replace(/^./, '_')}:` })).toBe(400);
    expect(await status({ 'repr-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` })).toBe(400);
    expect(await status({ 'repr-digest': 'md5=:AAAA:' })).toBe(400);
    await vi.waitFor(() => expect(spooled()).toEqual([]), { timeout: 20_000 });
  });

  test('an empty file, another kind, a wrong type, too many bytes', async () => {
    expect((await bench.send(ours.sign, '')).status).toBe(400);
    expect((await bench.send(ours.sign, 'x', { query: '&kind=relations' })).status).toBe(422);
    expect((await bench.send(ours.sign, 'x', { headers: { 'content-type': 'text/html' } })).status).toBe(415);
    const large = await bench.send(ours.sign, Buffer.alloc(8_000_001, 'x'));
    expect([large.status, ((await large.json()) as { code: string }).code]).toEqual([413, 'body-too-large']);
  });

  test('while it arrives a file is sealed on disk; when its sender goes away nothing is left', async () => {
    const secret = 'Zéphyrine-Repérable';
    const sent = sendRequest(`${bench.server.url}/v1/imports?kind=people`, {
      method: 'POST',
      headers: { ...(await ours.sign('POST', '/v1/imports')), 'content-type': 'text/csv' },
    });
    sent.on('error', () => {});
    sent.write(secret.repeat(20_000));
    const bytes = () => spooled().map((name) => readFileSync(join(bench.folder, name)));
    await vi.waitFor(() => expect(bytes()[0]?.length ?? 0).toBeGreaterThan(200_000), patience);
    expect(bytes().some((each) => each.includes('Repérable'))).toBe(false);
    sent.destroy();
    await vi.waitFor(() => expect(spooled()).toEqual([]), patience);
  });

  test('an account that sends many at once is told to wait, and another account is not', async () => {
    const signed = await Promise.all(Array.from({ length: 6 }, () => ours.sign('POST', '/v1/imports')));
    const answers = await Promise.all(
      signed.map((headers) => bench.send(async () => headers, fileOf(lines(2000, 1000)))),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.slice(0, 2)).toEqual([202, 202]);
    expect(statuses).toContain(429);
    expect((await bench.send(theirs.sign, fileOf(lines(1)))).status).toBe(202);
    await vi.waitFor(() => expect(spooled()).toEqual([]), { timeout: 30_000 });
  });
});

describe('a webhook', () => {
  const makeDue = () => database.owner`update rights.import_notice set next_at = now() where told_at is null`;
  const settled = () => database.owner`
    select outcome, tries, told_at is not null as told, given_up_at is not null as given
      from rights.import_notice order by import desc limit 1`;

  test('that fails, redirects or stays silent is told again later, and given up after a day', async () => {
    const untold = async () =>
      (await database.owner`select from rights.import_notice where told_at is null`).length;
    await vi.waitFor(async () => expect(await untold()).toBe(0), { timeout: 20_000 });
    receiver.status = 302;
    receiver.headers = { location: 'http://127.0.0.1:1/elsewhere' };
    await sendAndWait(fileOf(lines(1)));
    await vi.waitFor(
      async () => expect((await settled())[0]).toMatchObject({ outcome: '302', told: false }),
      {
        timeout: 20_000,
      },
    );
    receiver.silent = 1;
    await makeDue();
    await vi.waitFor(async () => expect((await settled())[0]).toMatchObject({ outcome: 'timeout' }), {
      timeout: 20_000,
    });
    receiver.status = 500;
    await makeDue();
    await vi.waitFor(async () => expect((await settled())[0]).toMatchObject({ outcome: '500', tries: 3 }), {
      timeout: 20_000,
    });
    await database.owner`
      update rights.import_notice set created_at = now() - interval '25 hours' where told_at is null`;
    await makeDue();
    await vi.waitFor(async () => expect((await settled())[0]).toMatchObject({ told: false, given: true }), {
      timeout: 20_000,
    });
    const before = receiver.heard.length;
    receiver.status = 200;
    await sendAndWait(fileOf(lines(1)));
    await vi.waitFor(async () => expect((await settled())[0]).toMatchObject({ outcome: '200', told: true }), {
      timeout: 20_000,
    });
    expect(receiver.heard).toHaveLength(before + 1);
  });
});

test('nothing of it is in the log', () => {
  const log = bench.lines.join('\n');
  expect(log).toContain('a file was read');
  expect(log).not.toMatch(/18405772|Kerbrat|Introuvable|DPoP|Bearer|eyJ/);
});
