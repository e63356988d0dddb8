import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { newClientKeys } from '../../tests/practice-software.ts';

let beside: BesideDatabase;
let account: number;
let organisation: number;

beforeAll(async () => {
  beside = await besideDatabase();
  const opened = await beside.run(
    ...['account', 'create', '--profession', 'optician', '--name', 'Logiciel', '--json'],
    ...['--organisation', 'Optique du Port'],
  );
  ({ account, organisation } = JSON.parse(opened.out));
});
afterAll(() => beside?.drop());

async function jwksFile(name: string): Promise<string> {
  return beside.file(name, (await newClientKeys('EdDSA', name)).jwks);
}

test('software is registered, listed, given other keys and revoked', async () => {
  const jwks = await jwksFile('first');
  const registered = await beside.run(
    ...['client', 'register', '--account', String(account), '--jwks', jwks, '--name', 'Caisse 1', '--json'],
  );
  expect(registered.code).toBe(0);
  const { client } = JSON.parse(registered.out);
  const list = async () => (await beside.run('client', 'list')).out;
  expect(await list()).toMatch(new RegExp(`${client} .*account ${account} .*Caisse 1.*keys first`));
  const keys = ['client', 'keys', client, '--jwks'];
  expect((await beside.run(...keys, await jwksFile('second'))).code).toBe(0);
  expect(await list()).toContain('keys second');
  expect((await beside.run('client', 'revoke', client)).out).toBe(`Client ${client} is revoked.`);
  expect(await list()).toMatch(/revoked \d{4}-/);
  for (const again of [
    ['client', 'revoke', client],
    [...keys, jwks],
  ]) {
    expect(await beside.run(...again)).toMatchObject({ code: 1, err: expect.stringContaining(client) });
  }
});

test('software of a practice’s own accounts is registered where it hears its codes', async () => {
  const house = ['client', 'register', '--organisation-number', String(organisation), '--name', 'Poste 2'];
  const jwks = ['--jwks', await jwksFile('post')];
  const registered = await beside.run(...house, ...jwks, '--redirect', 'http://127.0.0.1/callback');
  expect(registered.out).toContain(`acts for accounts of organisation ${organisation} that consent`);
  const elsewhere = await beside.run(...house, ...jwks, '--redirect', 'https://vendor.example/');
  expect(elsewhere).toMatchObject({ code: 1, err: expect.stringContaining('http://127.0.0.1/callback') });
  expect((await beside.run(...house, ...jwks)).code).toBe(2);
  expect((await beside.run(...house, ...jwks, '--account', '1')).code).toBe(2);
});

test('a private key is not taken, nor a file that is none', async () => {
  const register = (jwks: string) =>
    beside.run('client', 'register', '--account', String(account), '--name', 'Caisse 2', '--jwks', jwks);
  const told = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AA', d: 'very-private', kid: 'a' }] };
  const refused = await register(beside.file('private.json', JSON.stringify(told)));
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('private part') });
  expect(refused.err).not.toContain('very-private');
  expect((await register('/nowhere/keys.json')).code).toBe(1);
});
