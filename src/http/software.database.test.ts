import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { makeProof, newClientKeys, PracticeSoftware, serviceOf } from '../../tests/practice-software.ts';
import { openAs, origin, signedInAs } from '../../tests/signing-in.ts';
import { loadWorld } from '../../world/load-world.ts';
import { people } from '../../world/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import {
  changeStanding,
  inviteHolder,
  registerClient,
  revokeClient,
  rotateClientKeys,
} from '../modules/access/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

type Claims = Readonly<Record<string, unknown>>;

const keys = new Keys(Buffer.alloc(32, 7));
const world = { seed: 5, count: 60 };
const everyone = [...people(world.seed, world.count)].filter(({ birthRank }) => birthRank === 1);
const lines: string[] = [];
/** The hands of the servers' clock; milliseconds after the true time. */
let aheadMs = 0;
const clock = { ...systemClock, now: () => systemClock.now() + BigInt(aheadMs) * 1000n };
let database: TestDatabase;
let server: RunningServer;
let other: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  await loadWorld({ db: database.server, keys }, world);
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
  return startServer({ config: readConfig(env), clock, databaseUrl: database.serverUrl, keys, log });
}

const tools = () => ({ db: server.db, keys, ledger: server.ledger });

async function practice() {
  const { account } = await openAs(tools(), 'professional');
  return { account, ...(await serviceOf(server, keys, account)) };
}

function body(place = 0) {
  const person = everyone[place];
  if (person === undefined) throw new Error('no such person');
  const birthDate = person.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return { nir: person.nir, birthDate, careDate: parisDay(systemClock.now()), purpose: 'TREAT' };
}

/** Asks for the allowance with whatever is given; status, code and challenge. */
async function ask(headers: Record<string, string>, at = server, path = '/v1/allowance') {
  const answer = await fetch(`${at.url}${path}`, { headers });
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, code, challenge: answer.headers.get('www-authenticate') ?? '' };
}

const hash = (token: string) => createHash('sha256').update(token).digest('base64url');
const about = (token: string, claims: Claims = {}) => ({
  ...{ htm: 'GET', htu: `${origin}/v1/allowance`, ath: hash(token) },
  ...claims,
});
const dpop = (token: string, proof: string) => ({ authorization: `DPoP ${token}`, dpop: proof });

describe('software with keys of its own', () => {
  test('finds its way from the address, gets a bound token of five minutes, and looks up', async () => {
    const { account, software, id } = await practice();
    const token = await software.token();
    expect(token).toMatchObject({ token_type: 'dpop', expires_in: 300 });
    expect(token.scope).toBe('lookup-coverage quote claim explain-draw read-allowance own-webhooks');
    const answer = await software.ask(token.access_token, '/v1/coverage-lookups', body());
    expect(answer.status).toBe(200);
    const [entry] = await database.owner`
      select e.client, c.number from ledger.entry e, access.client c
       where e.account = ${account} and e.subject is not null and c.id = ${id}`;
    expect(entry?.client).toBe(entry?.number);
    expect((await software.ask(token.access_token, '/v1/allowance')).status).toBe(200);
  });

  test('has the scopes it asked for, of those its account may have', async () => {
    const { software } = await practice();
    const { access_token, scope } = await software.token('read-allowance');
    expect(scope).toBe('read-allowance');
    expect((await software.ask(access_token, '/v1/allowance')).status).toBe(200);
    const refused = await software.ask(access_token, '/v1/coverage-lookups', body());
    expect(refused.status).toBe(403);
    for (const wrong of ['import', 'suspend-account', 'read-allowance own-session']) {
      await expect(software.token(wrong)).rejects.toMatchObject({ error: 'invalid_scope' });
    }
  });

  test('of an insurer sends files, and looks nobody up', async () => {
    const { account } = await openAs(tools(), 'insurer-service', { insurer: 990_001 });
    const { software } = await serviceOf(server, keys, account);
    const { access_token, scope } = await software.token();
    expect(scope).toBe('import');
    expect((await software.ask(access_token, '/v1/allowance')).status).toBe(403);
    expect(
      (await software.ask(access_token, '/v1/imports/00000000-0000-4000-8000-000000000000')).status,
    ).toBe(404);
  });

  test('whose name no client can have is refused like any unknown one', async () => {
    const { pair } = await newClientKeys();
    const iss = 'vigie-\u0000';
    const assertion = await new SignJWT({ iss }).setProtectedHeader({ alg: 'ES256' }).sign(pair.privateKey);
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    const answer = await fetch(`${server.url}/oauth/token`, { method: 'POST', body: form });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
  });

  test('signs for an address: a whole one in the request line makes no other proof hold', async () => {
    const { software } = await practice();
    const { access_token: token } = await software.token();
    const proof = await makeProof(software.pair, about(token, { htu: `${origin}http//x:1/v1/allowance` }));
    const { hostname, port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      const path = 'http://x:1/v1/allowance';
      request({ hostname, port, path, headers: dpop(token, proof) }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(401);
  });

  test('says where everything is', async () => {
    const read = async (path: string) => (await fetch(`${server.url}${path}`)).json();
    expect(await read('/.well-known/oauth-authorization-server')).toMatchObject({
      issuer: origin,
      token_endpoint: `${origin}/oauth/token`,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    });
    expect(await read('/.well-known/oauth-protected-resource')).toMatchObject({
      resource: origin,
      authorization_servers: [origin],
      dpop_bound_access_tokens_required: true,
    });
  });
});

describe('a token that was stolen', () => {
  test.each([
    ['alone', (token: string) => ({ authorization: `DPoP ${token}` }), 'invalid_dpop_proof'],
    ['as a bearer token', (token: string) => ({ authorization: `Bearer ${token}` }), 'invalid_token'],
  ])('is useless %s', async (_how, headers, error) => {
    const { access_token: token } = await (await practice()).software.token();
    const refused = await ask(headers(token));
    expect(refused).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(refused.challenge).toMatch(new RegExp(`^DPoP error="${error}"`));
  });

  test('is useless with a proof of another key, and with one that was made for another token', async () => {
    const { software } = await practice();
    const { access_token: token } = await software.token();
    const thief = (await newClientKeys()).pair;
    const refused = await ask(dpop(token, await makeProof(thief, about(token))));
    expect(refused.challenge).toContain('error="invalid_token"');
    const mine = await ask(dpop(token, await makeProof(software.pair, about(`${token}x`))));
    expect(mine.challenge).toContain('error="invalid_dpop_proof"');
  });

  test('was not made by anybody else: other signatures, types and issuers are none of ours', async () => {
    const { software, account } = await practice();
    const { access_token: token } = await software.token();
    const [head = '', content = '', signature = ''] = token.split('.');
    const more = JSON.parse(Buffer.from(content, 'base64url').toString());
    const sign = (header: { alg: string; typ: string; kid: string }, claims: Claims) =>
      new SignJWT({ ...more, ...claims }).setProtectedHeader(header).sign(software.pair.privateKey);
    const changed = Buffer.from(JSON.stringify({ ...more, sub: String(account + 1) })).toString('base64url');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    for (const forged of [
      `${head}.${changed}.${signature}`,
      `${none}.${content}.`,
      await sign({ alg: 'ES256', typ: 'at+jwt', kid: '1' }, {}),
      'x',
    ]) {
      const refused = await ask(dpop(forged, await makeProof(software.pair, about(forged))));
      expect(refused.challenge).toContain('error="invalid_token"');
    }
  });
});

describe('a proof', () => {
  test('is good once, on two servers at once', async () => {
    const { software } = await practice();
    const { access_token: token } = await software.token();
    const headers = dpop(token, await makeProof(software.pair, about(token)));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, place) => ask(headers, place % 2 === 0 ? server : other)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const [refused] = answers.filter(({ status }) => status !== 200);
    expect(refused?.challenge).toContain('error="invalid_dpop_proof"');
  });

  const old = Math.floor(Date.now() / 1000) - 3600;
  test.each<[string, Claims, Record<string, unknown>?]>([
    ['another method', { htm: 'POST' }],
    ['another address', { htu: `${origin}/v1/session` }],
    ['another server', { htu: 'https://phish.example/v1/allowance' }],
    ['no address', { htu: undefined }],
    ['no token', { ath: undefined }],
    ['no name', { jti: undefined }],
    ['an hour ago', { iat: old }],
    ['an hour from now', { iat: old + 7200 }],
    ['no time', { iat: undefined }],
    ['another type', {}, { typ: 'JWT' }],
    ['no key', {}, { jwk: undefined }],
    ['a secret for a key', {}, { jwk: { kty: 'oct', k: 'AAAA' } }],
  ])('is refused when made for %s', async (_what, claims, header) => {
    const { software } = await practice();
    const { access_token: token } = await software.token();
    const refused = await ask(dpop(token, await makeProof(software.pair, about(token, claims), header)));
    expect(refused.status).toBe(401);
    expect(refused.challenge).toMatch(/^DPoP error="invalid_dpop_proof".*algs="ES256 EdDSA Ed25519"$/);
  });

  test('that holds its private key is refused, and so is one of a weaker kind', async () => {
    const { software } = await practice();
    const { access_token: token } = await software.token();
    const { exportJWK, generateKeyPair } = await import('jose');
    const pair = await generateKeyPair('ES256', { extractable: true });
    const rsa = await generateKeyPair('RS256');
    const proofs = [
      await makeProof(pair, about(token), { jwk: { ...(await exportJWK(pair.privateKey)) } }),
      await makeProof(rsa, about(token), { alg: 'RS256' }),
      await makeProof(software.pair, about(token), { crit: ['b64'], b64: true }),
      `${await makeProof(software.pair, about(token))}.x`,
      (await makeProof(software.pair, about(token))).replace(/\.[^.]*$/, '.'),
      (await makeProof(software.pair, about(token))).replace(/\.[^.]*$/, `.${'A'.repeat(86)}`),
      'not a proof',
    ];
    for (const proof of proofs) {
      expect((await ask(dpop(token, proof))).challenge).toContain('error="invalid_dpop_proof"');
    }
  });

  test('ignores what stands after the path, on both sides', async () => {
    const { software } = await practice();
    const { access_token: token } = await software.token();
    const proof = await makeProof(software.pair, about(token, { htu: `${origin}/v1/allowance?a=1#b` }));
    expect((await ask(dpop(token, proof), server, '/v1/allowance?b=2')).status).toBe(200);
  });
});

test('a token ends after five minutes', async () => {
  const { software } = await practice();
  const { access_token: token } = await software.token();
  expect((await ask(dpop(token, await makeProof(software.pair, about(token))))).status).toBe(200);
  aheadMs = 301_000;
  try {
    const iat = Math.floor((Date.now() + aheadMs) / 1000);
    const refused = await ask(dpop(token, await makeProof(software.pair, about(token, { iat }))));
    expect(refused.challenge).toMatch(/error="invalid_token", error_description="the token has expired"/);
  } finally {
    aheadMs = 0;
  }
});

describe('what ends holds for the next request, on the other server too', () => {
  test('a revoked client', async () => {
    const { id, software } = await practice();
    const { access_token: token } = await software.token();
    const signed = async () => ask(dpop(token, await makeProof(software.pair, about(token))), other);
    expect((await signed()).status).toBe(200);
    await revokeClient(tools(), id);
    expect((await signed()).challenge).toContain('error="invalid_token"');
    // A token that was being given while the client was revoked.
    await database.owner`update access.software_session set ended_at = null where client = ${id}`;
    expect((await signed()).challenge).toContain('error="invalid_token"');
    await expect(software.token()).rejects.toMatchObject({ error: 'invalid_client', status: 401 });
  });

  test('a suspended account, and it works again once reinstated', async () => {
    const { account, software } = await practice();
    const { access_token: token } = await software.token();
    await changeStanding(tools(), { account, standing: 'suspended', why: 'a test', by: 0 });
    const refused = await ask(dpop(token, await makeProof(software.pair, about(token))), other);
    expect(refused.challenge).toContain('error="invalid_token"');
    await expect(software.token()).rejects.toMatchObject({ error: 'unauthorized_client', status: 400 });
    await changeStanding(tools(), { account, standing: 'open', why: 'a test', by: 0 });
    const again = await software.token();
    expect((await software.ask(again.access_token, '/v1/coverage-lookups', body())).status).toBe(200);
  });
});

describe('a client’s keys', () => {
  test('are rotated: the new one signs in beside the old, then instead of it', async () => {
    const { id, software, clientKeys } = await practice();
    const second = await newClientKeys('EdDSA', 'second');
    const newer = await PracticeSoftware.discover(other, { id, keys: second });
    await expect(newer.token()).rejects.toMatchObject({ error: 'invalid_client' });
    await rotateClientKeys(tools(), id, JSON.stringify({ keys: [clientKeys.jwk, second.jwk] }));
    expect((await software.token()).token_type).toBe('dpop');
    expect((await newer.token()).token_type).toBe('dpop');
    await rotateClientKeys(tools(), id, second.jwks);
    await expect(software.token()).rejects.toMatchObject({ error: 'invalid_client' });
    expect((await newer.token()).token_type).toBe('dpop');
  });

  test('are one account’s: no second client, none for a person’s account, none for a manager’s', async () => {
    const { account } = await practice();
    const person = await signedInAs(server, keys, 'professional');
    const officer = await openAs(tools(), 'security-officer');
    const invited = await openAs(tools(), 'professional');
    await inviteHolder(tools(), { account: invited.account, by: 0, why: 'a test' });
    const { jwks } = await newClientKeys();
    for (const one of [account, person.account, invited.account, officer.account, 999_999]) {
      const asked = { name: 'Deuxième', jwks, for: { account: one } };
      await expect(registerClient(tools(), asked)).rejects.toMatchObject({ code: 'not-found' });
    }
    const invite = inviteHolder(tools(), { account, by: 0, why: 'a test' });
    await expect(invite).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the token endpoint', () => {
  type Sent = { claims?: Claims; grant?: string; proof?: string; kid?: string; form?: object };
  const seconds = () => Math.floor(Date.now() / 1000);

  async function send(
    { id, clientKeys }: Pick<Awaited<ReturnType<typeof practice>>, 'id' | 'clientKeys'>,
    sent: Sent = {},
    at = server,
  ) {
    const claims = { iss: id, sub: id, aud: origin, jti: crypto.randomUUID(), exp: seconds() + 60 };
    const assertion = await new SignJWT({ ...claims, ...sent.claims })
      .setProtectedHeader({ alg: 'ES256', kid: sent.kid ?? clientKeys.kid })
      .sign(clientKeys.pair.privateKey);
    const proof = await makeProof(clientKeys.pair, { htm: 'POST', htu: `${origin}/oauth/token` });
    return post(
      {
        grant_type: sent.grant ?? 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
        ...sent.form,
      },
      sent.proof ?? proof,
      at,
    );
  }

  async function post(form: Record<string, string>, proof: string, at = server) {
    const headers: Record<string, string> = proof === '' ? {} : { dpop: proof };
    const init = { method: 'POST', headers, body: new URLSearchParams(form) };
    const answer = await fetch(`${at.url}/oauth/token`, init);
    const { error } = (await answer.json()) as { error?: string };
    return { status: answer.status, error, cache: answer.headers.get('cache-control') };
  }

  test('gives a token, which no cache keeps', async () => {
    expect(await send(await practice())).toEqual({ status: 200, error: undefined, cache: 'no-store' });
  });

  test.each<[string, Sent]>([
    ['for another audience', { claims: { aud: 'https://other.example' } }],
    ['for us and for others', { claims: { aud: [origin, 'https://other.example'] } }],
    ['of another client', { claims: { iss: 'vigie-other', sub: 'vigie-other' } }],
    ['about another client', { claims: { sub: 'vigie-other' } }],
    ['without a name', { claims: { jti: undefined } }],
    ['without an end', { claims: { exp: undefined } }],
    ['that has ended', { claims: { exp: seconds() - 60 } }],
    ['that holds for an hour', { claims: { exp: seconds() + 3600 } }],
    ['not valid yet', { claims: { nbf: seconds() + 60 } }],
    ['signed with an unknown key', { kid: 'unknown' }],
    ['sent by another client', { form: { client_id: 'vigie-other' } }],
    ['of another kind', { form: { client_assertion_type: 'password' } }],
    ['that is none', { form: { client_assertion: 'x' } }],
  ])('refuses an assertion %s', async (_what, sent) => {
    expect(await send(await practice(), sent)).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  test('takes an assertion once, on two servers at once, and a proof once', async () => {
    const client = await practice();
    const claims = { jti: 'the-same' };
    const answers = await Promise.all(
      [server, other, server, other].map((at) => send(client, { claims }, at)),
    );
    const errors = answers.map(({ error }) => error ?? 'none').sort();
    expect(errors).toEqual(['invalid_client', 'invalid_client', 'invalid_client', 'none']);
    const proof = await makeProof(client.clientKeys.pair, { htm: 'POST', htu: `${origin}/oauth/token` });
    expect((await send(client, { proof })).status).toBe(200);
    expect(await send(client, { proof }, other)).toMatchObject({ status: 400, error: 'invalid_dpop_proof' });
  });

  test('gives no token that is not bound to a key', async () => {
    const client = await practice();
    const elsewhere = await makeProof(client.clientKeys.pair, { htm: 'POST', htu: `${origin}/v1/allowance` });
    for (const proof of ['', elsewhere, 'x']) {
      expect(await send(client, { proof })).toMatchObject({ status: 400, error: 'invalid_dpop_proof' });
    }
  });

  test('takes a form alone, in which every name stands once', async () => {
    const { id } = await practice();
    const ask = async (type: string, text: string) => {
      const init = { method: 'POST', headers: { 'content-type': type }, body: text };
      return ((await (await fetch(`${server.url}/oauth/token`, init)).json()) as { code: string }).code;
    };
    const form = 'application/x-www-form-urlencoded';
    expect(await ask('application/json', '{}')).toBe('unsupported-media-type');
    expect(await ask(form, `grant_type=a&client_id=${id}&client_id=other`)).toBe('malformed-request');
    expect(await ask(form, '')).toBe('malformed-request');
    expect(await ask(form, `client_id=${id}`)).toBe('invalid-field');
  });

  test('knows no other grant, and no password', async () => {
    const client = await practice();
    for (const grant of ['password', 'urn:ietf:params:oauth:grant-type:device_code', '__proto__']) {
      expect(await send(client, { grant })).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
    }
  });
});

test('no token, proof, assertion or name of a client is in the log or in the database', async () => {
  const { software } = await practice();
  const { access_token: token } = await software.token();
  const proof = await makeProof(software.pair, about(token));
  await ask(dpop(token, proof));
  const rows = await database.owner`
    select c::text as text from access.client c union all select p::text from access.used_proof p
    union all select s::text from access.software_session s`;
  const kept = `${lines.join('\n')}${JSON.stringify(rows)}`;
  for (const text of [token, proof, 'Logiciel des Essais']) {
    expect(kept).not.toContain(text);
    expect(kept).not.toContain(Buffer.from(text).toString('hex'));
  }
});
