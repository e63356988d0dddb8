import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { freePort } from '../../tests/free-port.ts';
import { HealthIdentity } from '../../tests/health-identity.ts';
import { somewhere, writePlacesFile } from '../../tests/places-file.ts';
import { PscVisitor } from '../../tests/psc-visitor.ts';
import { type RunningServer, startServer } from '../compose.ts';
import {
  changeStanding,
  createBeginnings,
  createOrganisation,
  openAccount,
} from '../modules/access/index.ts';
import { allowanceFigures, findProfession } from '../modules/rights/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const lines: string[] = [];
const identity = new HealthIdentity();
const folder = mkdtempSync(join(tmpdir(), 'vigie-psc-'));
let database: TestDatabase;
let server: RunningServer;
let other: RunningServer;
let origin: string;
let numbers = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  await identity.start(origin);
  writeFileSync(join(folder, 'secret'), `${identity.clientSecret}\n`, { mode: 0o600 });
  const places = writePlacesFile(join(folder, 'places.mmdb'), somewhere);
  server = await start(String(port), { VIGIE_PLACES_FILE: places });
  other = await start('0');
});
afterAll(async () => {
  await Promise.all([server?.stop(), other?.stop()]);
  await identity.stop();
  await database?.drop();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  Object.assign(identity, { acr: 'eidas1', twist: {}, forges: false, mood: 'well', document: {} });
});

function start(port: string, more: Record<string, string> = {}): Promise<RunningServer> {
  const env = {
    ...{ VIGIE_PORT: port, VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin },
    VIGIE_PSC_ISSUER: identity.issuer,
    VIGIE_PSC_CLIENT_ID: identity.clientId,
    VIGIE_PSC_CLIENT_SECRET_FILE: join(folder, 'secret'),
    ...more,
  };
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const { serverUrl: databaseUrl } = database;
  return startServer({ config: readConfig(env), clock: systemClock, databaseUrl, keys, log });
}

const tools = () => ({ db: server.db, keys, ledger: server.ledger });

/** A professional nobody knew, with an account at each of these places. */
async function professional(...places: string[]) {
  numbers += 1;
  const rpps = String(10_000_000_000 + numbers);
  const optician = findProfession('optician');
  if (optician === undefined) throw new Error('no optician');
  const accounts: number[] = [];
  for (const place of places) {
    const account = await openAccount(tools(), {
      organisation: await createOrganisation(tools(), place),
      profession: 'optician',
      holder: { name: 'Jeanne Dupré-Secret', identifier: rpps },
      figures: allowanceFigures(optician.figures),
    });
    accounts.push(account);
  }
  return { rpps, accounts };
}

function visitor(card: string, at = server) {
  identity.card = card;
  return new PscVisitor(at, identity, origin);
}

async function entered(...places: string[]) {
  const { rpps, accounts } = await professional(...places);
  const guest = visitor(rpps);
  const answer = await guest.signIn();
  return { rpps, account: accounts[0] ?? 0, accounts, guest, answer };
}

const code = (answer: { json(): { code: string } }) => answer.json().code;
const lastCause = () => JSON.parse(lines.filter((line) => line.includes('came to no end')).at(-1) ?? '{}');

describe('a professional of one place', () => {
  test('signs in the first time, without anything made before', async () => {
    const { guest, account, answer } = await entered('Cabinet Un');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('http-equiv="refresh" content="0;url=/"');
    expect(answer.headers['cache-control']).toBe('no-store');
    const set = [answer.headers['set-cookie']].flat().join('\n');
    expect(set).toMatch(/^__Host-vigie=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/m);
    expect(set).toMatch(/^__Host-vigie-psc=; Max-Age=0/m);
    expect((await guest.get('/v1/session')).json()).toMatchObject({ account, passkeys: [] });
    expect((await guest.get('/v1/allowance')).statusCode).toBe(200);
  });

  test('goes with a state, a nonce, a challenge and the level; a Lax cookie waits five minutes', async () => {
    const { rpps } = await professional('Cabinet');
    const { url, cookie } = await visitor(rpps).leave();
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ response_type: 'code', acr_values: 'eidas1', code_challenge_method: 'S256' },
      ...{ redirect_uri: `${origin}/psc/callback`, scope: 'openid scope_all' },
      ...{ state: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/) },
    });
    expect(cookie).toMatch(/^__Host-vigie-psc=[\w-]+; Max-Age=300; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  });

  test('who signs in again ends the session that the browser held', async () => {
    const { guest } = await entered('Cabinet');
    const before = guest.jar.get('__Host-vigie') ?? '';
    await guest.signIn();
    expect((await guest.get('/v1/session')).json().sessions).toHaveLength(1);
    guest.jar.set('__Host-vigie', before);
    expect(code(await guest.get('/v1/session'))).toBe('unauthenticated');
  });

  test('who is at the other end of the earth a moment later is noted as well', async () => {
    const { rpps, account } = await entered('Cabinet');
    const elsewhere = visitor(rpps);
    elsewhere.address = '198.51.100.7';
    await elsewhere.signIn();
    const rows = await database.owner`
      select longitude, is_impossible as impossible from access.session where account = ${account}
       order by session`;
    expect(rows.map(({ longitude, impossible }) => [longitude, impossible])).toEqual([
      [2, false],
      [55, true],
    ]);
  });

  test('may make a first passkey for five minutes, and never a second, nor what lasts', async () => {
    const { guest, account } = await entered('Cabinet');
    expect((await guest.post('/v1/passkey-options', {})).statusCode).toBe(200);
    expect(code(await guest.post('/v1/passkeys/AAAA/remove'))).toBe('passkey-needed');
    await database.owner`
      insert into access.passkey (credential, account, public_key, counter, backed_up)
      values (decode('0102', 'hex') || int4send(${account}::int), ${account}, '\\x01', 0, false)`;
    expect(code(await guest.post('/v1/passkey-options', {}))).toBe('passkey-needed');
    const late = await entered('Cabinet');
    await database.owner`
      update access.session set created_at = now() - interval '6 minutes' where account = ${late.account}`;
    expect(code(await late.guest.post('/v1/passkey-options', {}))).toBe('passkey-needed');
  });

  test('suspended, signs in to read why and is shown nobody', async () => {
    const { rpps, accounts } = await professional('Cabinet');
    const account = accounts[0] ?? 0;
    await changeStanding(tools(), { account, standing: 'suspended', why: 'a test', by: 0 });
    const guest = visitor(rpps);
    expect((await guest.signIn()).statusCode).toBe(200);
    const asked = { nir: '185014093245365', birthDate: '19850100', birthRank: 1 };
    const refused = await guest.post('/v1/coverage-lookups', { ...asked, purpose: 'quote' });
    expect(refused.statusCode).not.toBe(200);
    await database.owner`update access.account set unlisted_at = now() where id = ${account}`;
    expect((await guest.signIn()).statusCode).toBe(400);
  });
});

describe('a professional of two places', () => {
  test('chooses one, once, and enters that one alone', async () => {
    const { guest, accounts, answer } = await entered('Cabinet <b>du Port</b>', 'Clinique des Essais');
    expect(answer.body).toContain('Cabinet &#60;b&#62;du Port&#60;/b&#62; — Opticien');
    expect(answer.body).not.toContain('<script');
    expect(guest.jar.has('__Host-vigie')).toBe(false);
    expect(code(await guest.get('/v1/session'))).toBe('unauthenticated');
    const visit = new Map(guest.jar);
    const chosen = await guest.choose(accounts[1] ?? 0);
    expect([chosen.statusCode, (await guest.get('/v1/session')).json().account]).toEqual([200, accounts[1]]);
    const again = visitor('');
    again.jar = visit;
    expect((await again.choose(accounts[0] ?? 0)).statusCode).toBe(400);
  });

  test('cannot choose somebody else’s, nor choose from another site', async () => {
    const stranger = await professional('Cabinet d’une autre');
    const mine = await entered('Cabinet A', 'Cabinet B');
    expect(mine.answer.body).toContain('Cabinet A');
    const elsewhere = await mine.guest.choose(mine.accounts[0] ?? 0, 'https://phish.example');
    expect(code(elsewhere)).toBe('other-site');
    expect((await mine.guest.choose(stranger.accounts[0] ?? 0)).statusCode).toBe(400);
    expect(lastCause()).toMatchObject({ cause: 'choice-refused' });
    expect((await mine.guest.choose(mine.accounts[0] ?? 0)).statusCode).toBe(400);
    const rows = await database.owner`
      select from access.session where account = ${stranger.accounts[0] ?? 0}`;
    expect(rows).toHaveLength(0);
    // Not by the store alone: the table itself holds a session to its professional.
    const forced = database.owner`
      insert into access.session (hash, account, psc_rpps, psc_subject, network, client)
      select decode(repeat('ab', 32), 'hex'), ${stranger.accounts[0] ?? 0}, rpps_index, '\\x01', 1, 1
        from access.account where id = ${mine.accounts[0] ?? 0}`;
    await expect(forced).rejects.toMatchObject({ constraint_name: 'session_of_professional' });
  });
});

describe('what comes to no end', () => {
  const hour = 3600;
  const now = () => Math.floor(Date.now() / 1000);

  test.each<[string, () => object, string]>([
    ['a token for somebody else', () => ({ twist: { aud: 'another' } }), 'answer-refused'],
    ['a token of another sign-in', () => ({ twist: { nonce: 'another' } }), 'answer-refused'],
    ['a token of another provider', () => ({ twist: { iss: 'https://evil.example' } }), 'answer-refused'],
    ['a token that has expired', () => ({ twist: { exp: now() - hour } }), 'answer-refused'],
    ['a token that nobody published a key for', () => ({ forges: true }), 'token-refused'],
    ['a level that is too low', () => ({ twist: { acr: 'faible' } }), 'level-too-low'],
    ['a level that is not told', () => ({ twist: { acr: undefined } }), 'level-too-low'],
    ['a token that names another', () => ({ twist: { SubjectNameID: '810009999999' } }), 'numbers-differ'],
  ])('%s', async (_what, lie, cause) => {
    const { rpps, accounts } = await professional('Cabinet');
    const guest = visitor(rpps);
    Object.assign(identity, lie());
    const answer = await guest.signIn();
    expect([answer.statusCode, lastCause().cause]).toEqual([400, cause]);
    expect(answer.body).toContain('La connexion n’a pas abouti');
    const rows = await database.owner`select from access.session where account = ${accounts[0] ?? 0}`;
    expect(rows).toHaveLength(0);
  });

  test('is told alike, to the letter, whoever it was', async () => {
    const unknown = visitor('10999999999');
    const known = visitor((await professional('Cabinet')).rpps);
    const answers = [await unknown.signIn()];
    expect(lastCause()).toMatchObject({ cause: 'nobody-here' });
    answers.push(await known.arrive(new URL(`${origin}/psc/callback?code=x&state=y`)));
    expect(lastCause()).toMatchObject({ cause: 'no-round-trip' });
    const { url } = await known.leave();
    const declined = `error=access_denied&state=${url.searchParams.get('state')}`;
    answers.push(await known.arrive(new URL(`${origin}/psc/callback?${declined}`)));
    expect(lastCause()).toMatchObject({ cause: 'declined', code: 'access_denied' });
    expect(new Set(answers.map(({ body, statusCode }) => `${statusCode}${body}`)).size).toBe(1);
  });

  test('from a blocked network: told why and whom to ask, whoever it is', async () => {
    const unknown = visitor('10999999998');
    const { rpps, accounts } = await professional('Cabinet A', 'Cabinet B');
    const [known, choosing] = [visitor(rpps), visitor(rpps)];
    const back = await unknown.throughProvider((await unknown.leave()).url);
    const knownBack = await known.throughProvider((await known.leave()).url);
    await choosing.signIn();
    const { network } = createBeginnings(keys)({ address: '192.0.2.10', userAgent: undefined });
    await database.owner`insert into access.blocked_network values (${network}, now() + interval '1 day')`;
    const answers = [
      ...[await known.start(), await unknown.arrive(back), await known.arrive(knownBack)],
      await choosing.choose(accounts[0] ?? 0),
    ].map(({ statusCode, body }) => `${statusCode}${body}`);
    await database.owner`delete from access.blocked_network`;
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^403.*Le responsable de la sécurité peut rouvrir celui-ci/s);
    expect(answers[0]).toContain('The security officer can open this one again');
    expect(lastCause()).toMatchObject({ cause: 'network-blocked' });
    const sessions = await database.owner`select from access.session where account = ${accounts[0] ?? 0}`;
    expect(sessions).toHaveLength(0);
    expect((await visitor(rpps).signIn()).statusCode).toBe(200);
  });

  test('an answer shown twice, on another server too', async () => {
    const { rpps } = await professional('Cabinet');
    const guest = visitor(rpps);
    const { url } = await guest.leave();
    const back = await guest.throughProvider(url);
    const jar = new Map(guest.jar);
    const tries = await Promise.all(
      Array.from({ length: 6 }, (_, place) => {
        const each = visitor(rpps, place % 2 === 0 ? server : other);
        each.jar = new Map(jar);
        return each.arrive(back);
      }),
    );
    expect(tries.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(lines.join('')).toContain('used-before');
  });

  test('an answer in another browser, of another round trip or issuer, after five minutes', async () => {
    const { rpps } = await professional('Cabinet');
    const [victim, thief] = [visitor(rpps), visitor(rpps)];
    const back = await thief.throughProvider((await thief.leave()).url);
    expect((await victim.arrive(back)).statusCode).toBe(400);
    await victim.leave();
    expect((await victim.arrive(back)).statusCode).toBe(400);
    expect(lastCause()).toMatchObject({ cause: 'no-round-trip' });
    const mixed = new URL(back);
    mixed.searchParams.set('iss', 'https://evil.example');
    expect((await thief.arrive(mixed)).statusCode).toBe(400);
    expect(lastCause()).toMatchObject({ cause: 'answer-refused' });
    const clock = { ...systemClock, now: () => systemClock.now() + 301_000_000n };
    const late = visitor(rpps);
    const back2 = await late.throughProvider((await late.leave()).url);
    const config = readConfig({
      ...{ VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin },
      VIGIE_PSC_ISSUER: identity.issuer,
      VIGIE_PSC_CLIENT_ID: identity.clientId,
      VIGIE_PSC_CLIENT_SECRET_FILE: join(folder, 'secret'),
    });
    const log = createLog('silent');
    const later = await startServer({ config, clock, databaseUrl: database.serverUrl, keys, log });
    expect((await late.arrive(back2, later)).statusCode).toBe(400);
    await later.stop();
  });

  test('a provider that is away, and one that sends us elsewhere', async () => {
    const { rpps } = await professional('Cabinet');
    const away = await start('0', { VIGIE_PSC_ISSUER: 'http://127.0.0.1:1' });
    expect((await visitor(rpps, away).start()).statusCode).toBe(400);
    expect(lastCause()).toMatchObject({ cause: 'provider-away' });
    await away.stop();
    for (const [lie, cause] of [
      [{ mood: 'redirecting' }, 'provider-away'],
      [{ document: { issuer: 'http://127.0.0.1:9' } }, 'provider-elsewhere'],
      [{ document: { token_endpoint: 'http://169.254.169.254/token' } }, 'provider-elsewhere'],
      [{ document: { jwks_uri: 'file:///etc/passwd' } }, 'provider-elsewhere'],
      [{ document: { authorization_endpoint: 'https://evil.example/auth' } }, 'provider-elsewhere'],
    ] as const) {
      Object.assign(identity, { mood: 'well', document: {} }, lie);
      const fresh = await start('0');
      expect((await visitor(rpps, fresh).start()).statusCode).toBe(400);
      expect(lastCause()).toMatchObject({ cause });
      await fresh.stop();
    }
    Object.assign(identity, { mood: 'well', document: {} });
    expect((await visitor(rpps).start()).statusCode).toBe(303);
  });

  test('nobody chooses where the browser goes on to', async () => {
    const { rpps } = await professional('Cabinet');
    const guest = visitor(rpps);
    const { url } = await guest.leave('?redirect_uri=https://evil.example&next=//evil.example');
    expect(url.href).not.toContain('evil');
    const back = await guest.throughProvider(url);
    back.searchParams.set('next', 'https://evil.example');
    expect((await guest.arrive(back)).body).not.toContain('evil');
  });
});

describe('signing out', () => {
  test('goes to the provider, which ends its own session', async () => {
    const { guest } = await entered('Cabinet');
    const { done, next } = (await guest.post('/v1/session/end')).json();
    const url = new URL(next);
    expect([done, url.origin]).toEqual([true, identity.issuer]);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/sign-in`);
    expect(url.searchParams.get('id_token_hint')).toMatch(/^ey/);
    expect(code(await guest.get('/v1/session'))).toBe('unauthenticated');
  });

  const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };

  function tell(token: string, at = server) {
    return at.app.inject({
      method: 'POST',
      url: '/psc/backchannel-logout',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ logout_token: token }).toString(),
    });
  }

  test('at the provider ends the session here, on every server, once', async () => {
    const { guest, rpps } = await entered('Cabinet');
    const bystander = await entered('Cabinet');
    const iat = Math.floor(Date.now() / 1000);
    const sub = guest.subject(rpps);
    const right = { iss: identity.issuer, aud: identity.clientId, iat, exp: iat + 120, sub, events: event };
    const wrong = [
      { ...right, jti: 'a', aud: 'another' },
      { ...right, jti: 'b', iss: 'https://evil.example' },
      { ...right, jti: 'c', nonce: 'n' },
      { ...right, jti: 'd', events: {} },
      { ...right, jti: 'e', iat: iat - 3600 },
      { ...right, jti: 'f', sub: undefined },
      right,
    ];
    for (const claims of wrong) {
      expect((await tell(await identity.sign(claims as never))).statusCode).toBe(400);
    }
    expect((await guest.get('/v1/session')).statusCode).toBe(200);
    const token = await identity.sign({ ...right, jti: 'g' });
    expect((await tell(token, other)).statusCode).toBe(200);
    expect(code(await guest.get('/v1/session'))).toBe('unauthenticated');
    expect((await bystander.guest.get('/v1/session')).statusCode).toBe(200);
    expect((await tell(token)).statusCode).toBe(400);
  });
});

test('without its settings nothing of it exists', async () => {
  const none = { VIGIE_PSC_ISSUER: '', VIGIE_PSC_CLIENT_ID: '', VIGIE_PSC_CLIENT_SECRET_FILE: '' };
  const plain = await start('0', none);
  for (const url of ['/v1/psc', '/v1/psc/start', '/psc/callback']) {
    expect(code(await plain.app.inject({ url }))).toBe('not-found');
  }
  await plain.stop();
  expect(() => readConfig({ VIGIE_PSC_ISSUER: 'https://psc.example' })).toThrow(/needs all three/);
});

test('the log names nobody', () => {
  const text = lines.join('\n');
  expect(text).toContain('nobody-here');
  expect(text).not.toMatch(/1000000\d{4}|Dupré|ey[A-Za-z0-9]{20}|code=/);
});
