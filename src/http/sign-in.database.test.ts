import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { Browser, openAs, origin, signedInAs } from '../../tests/signing-in.ts';
import { SoftwarePasskey } from '../../tests/software-passkey.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { changeStanding, inviteHolder } from '../modules/access/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const lines: string[] = [];
let database: TestDatabase;
let server: RunningServer;
let other: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  server = await start();
  other = await start();
});
afterAll(async () => {
  await Promise.all([server?.stop(), other?.stop()]);
  await database?.drop();
});

function start(): Promise<RunningServer> {
  const env = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin };
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  return startServer({
    config: readConfig(env),
    clock: systemClock,
    databaseUrl: database.serverUrl,
    keys,
    log,
  });
}

function tools() {
  return { db: server.db, keys, ledger: server.ledger };
}

async function invited() {
  const { account } = await openAs(tools(), 'professional');
  return { account, invitation: await inviteHolder(tools(), { account, by: 0, why: 'a test' }) };
}

const professional = () => signedInAs(server, keys, 'professional');
const code = (answer: { json(): { code: string } }) => answer.json().code;

describe('an invitation', () => {
  test('makes a passkey that its holder unlocks, and signs in', async () => {
    const { account, invitation } = await invited();
    const browser = new Browser(server);
    const options = (await browser.post('/v1/enrolment-options', invitation)).json();
    expect(options).toMatchObject({
      rp: { id: 'vigie.example' },
      user: { name: 'Jeanne Dupré-Secret' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const credential = new SoftwarePasskey(origin).create(options);
    const answer = await browser.post('/v1/enrolments', { invitation, credential });
    expect([answer.statusCode, answer.json()]).toEqual([200, { account }]);
    expect(answer.headers['cache-control']).toBe('no-store');
    const session = await browser.get('/v1/session');
    expect(session.json()).toMatchObject({ account, role: 'professional', sessions: [{ isThis: true }] });
    expect(session.json().permissions).toContain('lookup-coverage');
    expect((await browser.get('/v1/allowance')).json().left).toBe(50);
  });

  test('holds once, whatever is sent at once', async () => {
    const { account, invitation } = await invited();
    const tries = await Promise.all(
      Array.from({ length: 6 }, async (_, place) => {
        const browser = new Browser(place % 2 === 0 ? server : other);
        const options = (await browser.post('/v1/enrolment-options', invitation)).json();
        const credential = new SoftwarePasskey(origin).create(options);
        return browser.post('/v1/enrolments', { invitation, credential });
      }),
    );
    expect(tries.map(({ statusCode }) => statusCode).filter((status) => status === 200)).toHaveLength(1);
    const [row] = await database.owner`
      select (select count(*)::int from access.passkey where account = ${account}) as passkeys,
        (select count(*)::int from access.session where account = ${account}) as sessions`;
    expect(row).toEqual({ passkeys: 1, sessions: 1 });
  });

  test('closes after five wrong codes, tried together too; all refusals are alike', async () => {
    const { account, invitation } = await invited();
    const wrong = { ...invitation, code: invitation.code === '00000000' ? '11111111' : '00000000' };
    const browser = new Browser(server);
    const ask = (body: unknown) => browser.post('/v1/enrolment-options', body);
    const refused = await Promise.all(Array.from({ length: 9 }, () => ask(wrong)));
    const closed = await ask(invitation);
    const unknown = await ask({ ...invitation, link: 'A'.repeat(43) });
    const old = await invited();
    await database.owner`update access.invitation set expires_at = now() where account = ${old.account}`;
    const answers = [...refused, closed, unknown, await ask(old.invitation)];
    const bodies = answers.map((answer) => JSON.stringify({ ...answer.json(), requestId: '' }));
    expect(new Set(bodies).size).toBe(1);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([403]));
    const [row] = await database.owner`
      select wrong_codes as wrong from access.invitation where account = ${account}`;
    expect(row?.wrong).toBe(5);
  });

  test('a newer one withdraws it', async () => {
    const { account, invitation } = await invited();
    const newer = await inviteHolder(tools(), { account, by: 0, why: 'lost the letter' });
    const browser = new Browser(server);
    expect(code(await browser.post('/v1/enrolment-options', invitation))).toBe('invitation-refused');
    expect((await browser.post('/v1/enrolment-options', newer)).statusCode).toBe(200);
  });

  test('makes no passkey for another account’s challenge', async () => {
    const [first, second] = [await invited(), await invited()];
    const browser = new Browser(server);
    const options = (await browser.post('/v1/enrolment-options', first.invitation)).json();
    const credential = new SoftwarePasskey(origin).create(options);
    const answer = await browser.post('/v1/enrolments', { invitation: second.invitation, credential });
    expect(code(answer)).toBe('passkey-refused');
  });

  test('ends the passkeys and sessions of whoever lost theirs', async () => {
    const { account, browser, passkey } = await professional();
    const invitation = await inviteHolder(tools(), { account, by: 0, why: 'came to the desk' });
    await new Browser(server).enrol(invitation);
    expect(code(await browser.get('/v1/session'))).toBe('unauthenticated');
    expect(code(await browser.signIn(passkey))).toBe('passkey-refused');
  });
});

describe('signing in', () => {
  test('needs no name, and begins a session of its own', async () => {
    const { account, passkey } = await professional();
    const browser = new Browser(other);
    const options = await browser.post('/v1/sign-in-options', {});
    expect(options.json().allowCredentials ?? []).toEqual([]);
    expect((await browser.signIn(passkey)).json()).toEqual({ account });
    expect((await browser.get('/v1/session')).json().sessions).toHaveLength(2);
  });

  test.each([
    ['a page of another site', { origin: 'https://vigie.example.phish.example' }],
    ['a key of another site', { rpId: 'phish.example' }],
    ['a holder who was not recognised', { unverified: true }],
    ['a challenge of one’s own', { challenge: Buffer.alloc(40, 1).toString('base64url') }],
  ])('refuses %s', async (_what, twist) => {
    const { passkey } = await professional();
    const browser = new Browser(server);
    const options = (await browser.post('/v1/sign-in-options', {})).json();
    expect(code(await browser.post('/v1/sessions', passkey.get(options, twist)))).toBe('passkey-refused');
  });

  test('refuses an unknown passkey, another’s signature, a counter that went back: all alike', async () => {
    const [{ passkey }, another] = [await professional(), await professional()];
    const browser = new Browser(server);
    const options = (await browser.post('/v1/sign-in-options', {})).json();
    const { id, rawId } = another.passkey.get(options);
    await browser.signIn(passkey);
    const answers = [
      await browser.post('/v1/sessions', new SoftwarePasskey(origin).get(options)),
      await browser.post('/v1/sessions', { ...passkey.get(options), id, rawId }),
      await browser.post('/v1/sessions', passkey.get(options, { counter: 1 })),
    ];
    const bodies = answers.map((answer) => JSON.stringify({ ...answer.json(), requestId: '' }));
    expect(new Set(bodies).size).toBe(1);
    expect(code(answers[0] as (typeof answers)[0])).toBe('passkey-refused');
  });

  test('an answer that was recorded is none: once, on two servers at once', async () => {
    const { account, passkey } = await professional();
    const browser = new Browser(server);
    const options = (await browser.post('/v1/sign-in-options', {})).json();
    const answer = passkey.get(options);
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, place) =>
        new Browser(place % 2 === 0 ? server : other).post('/v1/sessions', answer),
      ),
    );
    expect(tries.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    const rows = await database.owner`select from access.session where account = ${account}`;
    expect(rows).toHaveLength(2);
  });
});

describe('a session', () => {
  test('is a cookie that scripts and other sites do not get', async () => {
    const { passkey } = await professional();
    const set = String((await new Browser(server).signIn(passkey)).headers['set-cookie']);
    expect(set).toMatch(/^__Host-vigie=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  });

  test('that goes on elsewhere, or in another browser, asks for the passkey', async () => {
    const { browser, passkey } = await professional();
    const thief = new Browser(server, { address: '198.51.100.7' });
    const script = new Browser(server, { agent: 'python' });
    thief.cookie = browser.cookie;
    script.cookie = browser.cookie;
    expect([code(await thief.get('/v1/session')), code(await script.get('/v1/session'))]).toEqual([
      'passkey-needed',
      'passkey-needed',
    ]);
    expect((await browser.get('/v1/session')).statusCode).toBe(200);
    const old = browser.cookie;
    expect((await browser.signIn(passkey)).statusCode).toBe(200);
    expect((await browser.get('/v1/session')).json().sessions).toHaveLength(1);
    browser.cookie = old;
    expect(code(await browser.get('/v1/session'))).toBe('unauthenticated');
  });

  test.each([
    ['unused for two hours', '2 hours', '2 hours'],
    ['of twelve hours', '12 hours', '0 seconds'],
  ])('%s has ended', async (_what, age, idle) => {
    const { account, browser } = await professional();
    await database.owner`
      update access.session
         set created_at = now() - ${age}::text::interval, seen_at = now() - ${idle}::text::interval
       where account = ${account}`;
    expect(code(await browser.get('/v1/session'))).toBe('unauthenticated');
  });

  test('is not used by pages of other sites', async () => {
    const { browser } = await professional();
    const send = (headers: Record<string, string>) => browser.post('/v1/session/end', undefined, headers);
    for (const headers of [{ origin: 'https://phish.example' }, { origin: 'null' }, {}]) {
      expect(code(await send(headers))).toBe('other-site');
    }
    expect((await browser.get('/v1/session')).statusCode).toBe(200);
    expect((await send({ origin })).statusCode).toBe(200);
    expect(code(await browser.get('/v1/session'))).toBe('unauthenticated');
  });

  test('is listed and ended by its holder, never by another', async () => {
    const [mine, theirs] = [await professional(), await professional()];
    const elsewhere = new Browser(server, { agent: 'Safari' });
    await elsewhere.signIn(mine.passkey);
    const { sessions } = (await mine.browser.get('/v1/session')).json();
    const { session } = sessions.find((each: { isThis: boolean }) => !each.isThis);
    expect(code(await theirs.browser.post(`/v1/sessions/${session}/end`))).toBe('not-found');
    expect((await mine.browser.post(`/v1/sessions/${session}/end`)).statusCode).toBe(200);
    expect(code(await elsewhere.get('/v1/session'))).toBe('unauthenticated');
  });

  test('ends with a suspension, on the other server too, and so do older invitations', async () => {
    const { account, passkey } = await professional();
    const invitation = await inviteHolder(tools(), { account, by: 0, why: 'a test' });
    const browser = new Browser(other);
    await browser.signIn(passkey);
    await changeStanding(tools(), { account, standing: 'suspended', why: 'a test', by: 0 });
    expect(code(await browser.get('/v1/session'))).toBe('unauthenticated');
    expect(code(await browser.post('/v1/enrolment-options', invitation))).toBe('invitation-refused');
  });
});

test('a key that is refused again and again waits, and signs in from elsewhere meanwhile', async () => {
  const { passkey } = await professional();
  const house = () => new Browser(server, { address: '198.51.100.20' });
  const options = (await house().post('/v1/sign-in-options', {})).json();
  const wrong = passkey.get(options, { origin: 'https://phish.example' });
  const codes: string[] = [];
  for (let time = 0; time < 11; time += 1) codes.push(code(await house().post('/v1/sessions', wrong)));
  expect(codes).toEqual([...Array(10).fill('passkey-refused'), 'too-many-attempts']);
  expect((await house().signIn(passkey)).headers['retry-after']).toBe('60');
  expect((await new Browser(server).signIn(passkey)).statusCode).toBe(200);
});

test('a sign-in unlike those before is noted, and asked for its passkey again soon', async () => {
  const { account, browser, passkey } = await professional();
  for (let time = 0; time < 20; time += 1) await browser.signIn(passkey);
  const elsewhere = new Browser(server, { address: '203.0.113.9', agent: 'Opera' });
  await elsewhere.signIn(passkey);
  const rows = await database.owner`
    select risk_bits from access.session where account = ${account} order by session`;
  const bits = rows.map((row) => Number(row.risk_bits));
  expect(bits[0]).toBe(0);
  expect(Math.max(...bits.slice(0, -1))).toBeLessThan(1);
  expect(bits.at(-1)).toBeGreaterThanOrEqual(6);
  expect((await elsewhere.get('/v1/session')).statusCode).toBe(200);
  await database.owner`
    update access.session set created_at = now() - interval '31 minutes' where account = ${account}`;
  expect(code(await elsewhere.get('/v1/session'))).toBe('passkey-needed');
  expect((await browser.get('/v1/session')).statusCode).toBe(200);
  await elsewhere.signIn(passkey);
  await database.owner`
    update access.session set created_at = now() - interval '31 minutes' where account = ${account}`;
  expect((await elsewhere.get('/v1/session')).statusCode).toBe(200);
});

describe('passkeys', () => {
  test('one more is made by whoever used one just now, and signs in', async () => {
    const { account, browser } = await professional();
    const second = new SoftwarePasskey(origin);
    const options = (await browser.post('/v1/passkey-options', {})).json();
    expect(options.excludeCredentials).toHaveLength(1);
    expect((await browser.post('/v1/passkeys', second.create(options))).statusCode).toBe(200);
    expect((await new Browser(server).signIn(second)).json()).toEqual({ account });
    await database.owner`
      update access.session set created_at = now() - interval '6 minutes' where account = ${account}`;
    expect(code(await browser.post('/v1/passkey-options', {}))).toBe('passkey-needed');
    const late = new SoftwarePasskey(origin).create(options);
    expect(code(await browser.post('/v1/passkeys', late))).toBe('passkey-needed');
  });

  test('the last one stays; one that is removed ends its sessions; another’s is not there', async () => {
    const { browser, passkey } = await professional();
    const id = passkey.id.toString('base64url');
    const second = new SoftwarePasskey(origin);
    const options = (await browser.post('/v1/passkey-options', {})).json();
    const remove = (from: Browser, key: string) => from.post(`/v1/passkeys/${key}/remove`);
    expect(code(await remove(browser, id))).toBe('not-found');
    await browser.post('/v1/passkeys', second.create(options));
    expect(code(await remove((await professional()).browser, id))).toBe('not-found');
    const newer = new Browser(server);
    await newer.signIn(second);
    const both = [remove(newer, id), remove(newer, second.id.toString('base64url'))];
    const statuses = (await Promise.all(both)).map(({ statusCode }) => statusCode);
    expect(statuses).toContain(200);
    const left = await database.owner`
      select from access.passkey where credential in (${passkey.id}, ${second.id}) and removed_at is null`;
    expect(left).toHaveLength(1);
  });
});

test('no secret of any of it is in the log or in the database', async () => {
  const { invitation } = await invited();
  const { browser } = await professional();
  await browser.post('/v1/enrolment-options', invitation);
  const secret = String(browser.cookie).split('=')[1] ?? '';
  const rows = await database.owner`
    select i::text as i, null as s from access.invitation i
    union all select null, s::text from access.session s`;
  const kept = `${lines.join('\n')}${JSON.stringify(rows)}`;
  for (const text of [secret, invitation.link, `"${invitation.code}"`, 'Dupré']) {
    expect(kept).not.toContain(text);
    expect(kept).not.toContain(Buffer.from(text).toString('hex'));
  }
});
