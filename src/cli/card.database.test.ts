import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase, type Said } from '../../tests/beside-database.ts';
import { loadWorld } from '../../world/load-world.ts';
import { type DemoPerson, people } from '../../world/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { dispatch } from './command.ts';
import { commands } from './commands.ts';

const country = { seed: 5, count: 200 };
const today = parisDay(systemClock.now());
const holds = ({ onlineStart, onlineEnd, printedEnd }: DemoPerson['contracts'][number]) =>
  onlineStart <= today && (onlineEnd ?? '9999') > today && (printedEnd ?? '9999') > today;
const everybody = [...people(country.seed, country.count)];
const someone = everybody.find(
  ({ contracts }) => contracts.length === 1 && contracts.every(holds),
) as DemoPerson;
const uncovered = everybody.find(({ contracts }) => contracts.length === 0) as DemoPerson;

let beside: BesideDatabase;
let server: RunningServer | undefined;
let keysFile: string;

beforeAll(async () => {
  beside = await besideDatabase();
  await loadWorld({ db: beside.server, keys: beside.keys }, country);
  server = await startServer({
    config: readConfig({ VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test' }),
    clock: systemClock,
    databaseUrl: beside.serverUrl,
    keys: beside.keys,
    log: createLog('silent'),
  });
  keysFile = join(beside.folder, 'card-keys.json');
});
afterAll(async () => {
  await server?.stop();
  await beside?.drop();
});

async function run(env: Record<string, string>, ...argv: readonly string[]): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    env: { ...beside.env, VIGIE_DEMO_PEOPLE: '200', ...env },
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
  };
  const code = await dispatch(argv, io, commands);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const show = (person: DemoPerson, ...more: readonly string[]) => {
  const day = person.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const whom = ['--nir', person.nir, '--birth-date', day, '--birth-rank', String(person.birthRank)];
  return run({}, 'card', 'show', ...whom, ...more);
};
const verify = (text: string, ...more: readonly string[]) =>
  run({}, 'card', 'verify', text, '--keys', keysFile, ...more);

test('a card is recorded before it is printed, with what it tells', async () => {
  const shown = await show(someone, '--json');
  expect(shown).toMatchObject({ code: 0, err: '' });
  const { entry, cards, code } = JSON.parse(shown.out);
  expect(code).toMatch(/^\d{6}$/);
  const [lane, seq] = entry.split('/');
  const [row] = await beside.owner`
    select action, outcome, present, fields::text, cardinality(insurers) as insurers,
           subject is not null as named
      from ledger.entry where lane = ${lane} and seq = ${seq}`;
  expect(row).toMatchObject({ action: 10, outcome: 1, present: true, insurers: 1, named: true });
  const names = 0b11n;
  expect(BigInt(row?.fields) & names).toBe(names);
  // Names, sex and département are never asked for.
  expect(BigInt(row?.fields) & (0b1111n << 9n)).toBe(0n);
  expect(cards).toHaveLength(1);
});

test('nothing in a card tells a number of social security, a birth date or a name', async () => {
  const { cards } = JSON.parse((await show(someone, '--json')).out);
  const [, content = ''] = cards[0].signed.split('.');
  const payload = Buffer.from(content, 'base64url').toString('utf8');
  const { nir, birthDate, familyName, givenName } = someone;
  const dayOfBirth = birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  for (const secret of [nir, nir.slice(0, 13), birthDate, dayOfBirth, familyName, givenName]) {
    expect(payload.toLowerCase()).not.toContain(secret.toLowerCase());
  }
  expect(Object.keys(JSON.parse(payload)).toSorted()).toEqual(['a', 'c', 'd', 'f', 'm', 'n', 'r', 't', 'v']);
});

test('an entry that cannot be written prints nothing', async () => {
  await show(someone);
  const [desk] = await beside.owner`select account from rights.card_desk`;
  await beside.owner`update ledger.account set standing = 3 where account = ${desk?.account}`;
  const refused = await show(someone, '--json');
  await beside.owner`update ledger.account set standing = 0 where account = ${desk?.account}`;
  expect(refused).toMatchObject({ code: 1, out: '' });
});

test('who has no cover has no card, and nobody is nobody', async () => {
  const shown = await show(uncovered);
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('there is no card') });
  expect(await show({ ...someone, birthRank: 9 })).toMatchObject({ code: 1, out: '' });
  expect((await run({ VIGIE_ENV: 'production' }, 'card', 'show')).code).not.toBe(0);
});

test('keys are published for anybody to keep, and hold nothing private', async () => {
  const answer = await server?.app.inject({ url: '/.well-known/vigie-card-keys' });
  expect(answer?.statusCode).toBe(200);
  expect(answer?.headers['cache-control']).toBe('public, max-age=3600');
  const { keys } = JSON.parse(answer?.body ?? '{}');
  const [key] = keys;
  expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});

test('with the server stopped a card is verified, and a changed, old or foreign one refused', async () => {
  const saved = await run({ VIGIE_URL: server?.url ?? '' }, 'card', 'keys', '--out', keysFile);
  expect(saved).toMatchObject({ code: 0, out: expect.stringContaining('1 key of') });
  const { cards } = JSON.parse((await show(someone, '--json')).out);
  const [{ signed, text, card }] = cards;
  const { url } = server as RunningServer;
  await server?.stop();
  server = undefined;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();

  const good = await verify(text);
  expect(good).toMatchObject({ code: 0, err: '' });
  expect(good.out).toContain(card.memberNumber);
  expect(good.out).toContain('genuine');
  expect((await verify(signed)).code).toBe(0);

  const [head, content, signature] = signed.split('.');
  const payload = Buffer.from(content, 'base64url').toString('utf8');
  const changed = Buffer.from(payload.replace(card.memberNumber, '99999999')).toString('base64url');
  const forged = await verify(`${head}.${changed}.${signature}`);
  expect(forged).toMatchObject({ code: 1, out: '', err: expect.stringContaining('changed or forged') });
  expect(forged.err).not.toContain('99999999');
  expect(await verify(signed, '--day', '2099-01-01')).toMatchObject({
    code: 1,
    err: expect.stringContaining('no longer'),
  });
  expect(await verify('hello')).toMatchObject({ code: 1, err: expect.stringContaining('not a card') });
  const foreign = JSON.parse(readFileSync(keysFile, 'utf8'));
  foreign.keys[0].kid = 'another';
  const other = beside.file('other.json', JSON.stringify(foreign));
  expect(await run({}, 'card', 'verify', signed, '--keys', other)).toMatchObject({
    code: 1,
    err: expect.stringContaining('a key that these keys do not hold'),
  });
  for (const place of [beside.file('none.json', '{}'), '/nowhere', url]) {
    expect((await run({}, 'card', 'verify', signed, '--keys', place)).code).toBe(1);
  }
  expect((await run({}, 'card', 'verify', signed)).code).toBe(2);
});
