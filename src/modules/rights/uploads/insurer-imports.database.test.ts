import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { fileOf, levant, nirOf, ponant } from '../../../../tests/importing.ts';
import { SendingBench } from '../../../../tests/sending.ts';
import { signedInAs } from '../../../../tests/signing-in.ts';

let database: TestDatabase;
let bench: SendingBench;
let agent: Awaited<ReturnType<typeof signedInAs>>;
let stranger: typeof agent;
let id: number;

const lines = 130;
const person = (place: number) => ({
  nir: nirOf(`18405772${String(88_000 + place).padStart(5, '0')}`),
  birthDate: '1984-05-17',
  contractNumber: `C${place}`,
  memberNumber: `M${place}`,
});

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new SendingBench(database);
  await bench.start();
  const ours = await bench.openInsurer(ponant);
  agent = await signedInAs(bench.server, bench.keys, 'insurer-agent', { insurer: ponant.id });
  stranger = await signedInAs(bench.server, bench.keys, 'insurer-agent', { insurer: levant.id });
  const bad = Array.from({ length: lines }, (_, place) => {
    return { ...person(place), lastName: 'Introuvable', startsOn: place % 2 === 0 ? '17/05/2020' : '' };
  });
  const sent = await bench.send(ours.sign, fileOf([person(500), ...bad]));
  ({ id } = (await sent.json()) as { id: number });
  await bench.ended(ours.sign, id);
});
afterAll(async () => {
  await bench?.stop();
  await database?.drop();
});

test('an agent sees what became of their insurer’s files, whoever sent them', async () => {
  const { imports } = (await agent.browser.get('/v1/insurer-imports')).json();
  expect(imports).toHaveLength(1);
  expect(imports[0]).toMatchObject({ id, state: 'done', counts: { lines: lines + 1, rejected: lines } });
});

test('lines that did not go in are read by fifty, with their numbers and reasons', async () => {
  const read = async (after: number) =>
    (await agent.browser.get(`/v1/insurer-imports/${id}/rejected?after=${after}`)).json();
  const [first, second, third] = [await read(0), await read(50), await read(100)];
  expect([first.next, second.next, third.next]).toEqual([50, 100, null]);
  expect(first.lines[0]).toEqual({
    ...{ line: 3, column: 'startsOn', valueClass: 'day as DD/MM/YYYY', reason: 'not-a-day' },
  });
  expect(first.lines[1]).toMatchObject({ line: 4, valueClass: 'empty', reason: 'missing' });
  const all = [first, second, third].flatMap((page) => page.lines.map(({ line }: { line: number }) => line));
  expect(all).toEqual(Array.from({ length: lines }, (_, place) => place + 3));
  expect(await read(5000)).toEqual({ lines: [], next: null });
});

test('nothing of a person is in them, since nothing of one was kept', async () => {
  const { body } = await agent.browser.get(`/v1/insurer-imports/${id}/rejected`);
  expect(body).not.toMatch(/18405772|Introuvable|1984-05-17|17\/05\/2020|"M\d/);
  const rows = await database.owner`select lines from rights.import_rejected`;
  expect(rows.map((row) => row.lines).join('')).not.toMatch(/18405772|Introuvable|1984-05-17|17\/05\/2020/);
});

test('another insurer’s files are not there, and administrators and the suspended read none', async () => {
  expect((await stranger.browser.get('/v1/insurer-imports')).json()).toEqual({ imports: [] });
  const path = `/v1/insurer-imports/${id}/rejected`;
  expect((await stranger.browser.get(path)).json().code).toBe('not-found');
  const at = { insurer: ponant.id };
  const admin = await signedInAs(bench.server, bench.keys, 'insurer-administrator', at);
  expect((await admin.browser.get(path)).json().code).toBe('forbidden');
  const { account, passkey, browser } = await signedInAs(bench.server, bench.keys, 'insurer-agent', at);
  await bench.server.ledger.setStanding({ account, standing: 'suspended', by: 0, reason: 'operator' });
  await browser.signIn(passkey);
  expect((await browser.get(path)).json().code).toBe('account-suspended');
});
