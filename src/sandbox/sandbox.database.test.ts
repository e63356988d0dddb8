import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { type PracticeSoftware, sendTo, serviceOf } from '../../tests/practice-software.ts';
import { SandboxBench } from '../../tests/sandbox.ts';
import { origin } from '../../tests/signing-in.ts';
import { type DemoClock, openDemoClock } from '../../world/demo-clock.ts';
import { sandboxPeople } from '../../world/sandbox/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { markDemo } from '../modules/access/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 11));

describe('what a sandbox has, by house', () => {
  const databases: Record<'demo' | 'demo whose clock moves' | 'real', TestDatabase> = {} as never;
  let demoClock: DemoClock;

  beforeAll(async () => {
    for (const kind of ['demo', 'demo whose clock moves', 'real'] as const) {
      databases[kind] = await cloneDatabase();
      if (kind !== 'real') await markDemo(databases[kind].server);
    }
    demoClock = await openDemoClock(databases['demo whose clock moves'].ownerUrl);
  });
  afterAll(() => Promise.all(Object.values(databases).map((database) => database.drop())));

  const kinds = ['demo', 'demo whose clock moves', 'real'] as const;
  const houses = kinds.flatMap((kind) =>
    ['development', 'test', 'production'].flatMap((environment) =>
      ['127.0.0.1', 'localhost', '0.0.0.0'].flatMap((host) =>
        [true, false].map((givesClock) => ({ kind, environment, host, givesClock })),
      ),
    ),
  );

  test.each(houses)('$kind, $environment, $host, a clock to move: $givesClock', async (house) => {
    const { kind, environment, host, givesClock } = house;
    const isOpen = kind !== 'real' && environment !== 'production' && host !== '0.0.0.0';
    const isOfClock = kind === 'demo whose clock moves';
    const starting = startServer({
      config: readConfig({
        ...{ VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: environment, VIGIE_HOST: host },
        VIGIE_PUBLIC_URL: origin,
      }),
      ...{ clock: systemClock, keys, log: createLog('silent'), databaseUrl: databases[kind].serverUrl },
      demoClock: givesClock ? demoClock : undefined,
    });
    // Whoever would write a ledger by a time that is not its own does not start, nor who may not move it.
    if (givesClock ? !isOpen : isOfClock) {
      await expect(starting).rejects.toThrow(givesClock ? 'only the clock of a demo' : 'VIGIE_DEMO_CLOCK');
      return;
    }
    const server = await starting;
    try {
      const ask = async (method: 'GET' | 'POST', url: string) => {
        const body = method === 'GET' ? {} : { payload: '{"forwardDays":1}' };
        const headers = method === 'GET' ? {} : { 'content-type': 'application/json' };
        return (await server.app.inject({ method, url, headers, ...body })).statusCode !== 404;
      };
      expect(await ask('GET', '/v1/sandbox')).toBe(isOpen);
      expect(await ask('GET', '/v1/sandbox/calls')).toBe(isOpen);
      expect(await ask('GET', '/sandbox')).toBe(isOpen);
      expect(await ask('GET', '/v1/demo-door')).toBe(isOpen);
      expect(await ask('GET', '/v1/replay')).toBe(isOpen);
      expect(await ask('GET', '/guard/replay')).toBe(isOpen);
      expect(await ask('POST', '/v1/sandbox/clock')).toBe(isOpen && givesClock);
    } finally {
      await server.stop();
    }
  });

  test('the clock of a database that is no demo is not touched', async () => {
    const { ownerUrl, owner, server } = databases.real;
    await expect(openDemoClock(ownerUrl)).rejects.toThrow('only the clock of a demo');
    const [row] = await owner`select to_regclass('played.clock') is null as is_untouched`;
    expect(row?.is_untouched).toBe(true);
    // The server itself cannot move it, wherever it runs.
    const own = databases['demo whose clock moves'].server;
    await expect(own`update played.clock set shift = '1 day'`.execute()).rejects.toThrow('permission denied');
    await expect(
      server.unsafe(`create or replace function ledger.now() returns timestamptz language sql
        as 'select clock_timestamp()'`),
    ).rejects.toThrow('permission denied');
  });
});

describe('the calls of software', () => {
  let database: TestDatabase;
  let bench: SandboxBench;
  let software: PracticeSoftware;
  let token: string;

  beforeAll(async () => {
    database = await cloneDatabase();
    bench = new SandboxBench(database);
    await bench.start();
    ({ software } = await serviceOf(bench.server, keys, bench.desk.account));
    token = (await software.token()).access_token;
  });
  afterAll(async () => {
    await bench?.stop();
    await database?.drop();
  });

  /** Sends what a vendor's software might, wrong as it may be. */
  const send = async (path: string, body?: string, more: Record<string, string> = {}) => {
    const method = body === undefined ? 'GET' : 'POST';
    const signed = await software.sign(token, method, path);
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const init = {
      method,
      headers: { ...signed, ...json, ...more },
      ...(body === undefined ? {} : { body }),
    };
    const before = (await list())[0]?.call ?? 0;
    const answer = await sendTo(bench.server)(`${origin}${path}`, init as never);
    // It is kept once the answer left: the one who asked may be faster.
    await expect.poll(async () => (await list())[0]?.call).toBe(before + 1);
    return answer;
  };
  const list = async (server: RunningServer = bench.server) =>
    (await server.app.inject({ url: '/v1/sandbox/calls' })).json().calls;
  const whole = async (call: number) =>
    (await bench.server.app.inject({ url: `/v1/sandbox/calls/${call}` })).json();

  test('are kept with their answers; who is of the sandbox is shown', async () => {
    const body = bench.body('accepts', { presenceCode: '123456', reference: 'F-77' });
    const answer = await send('/v1/claims', JSON.stringify(body), { 'idempotency-key': 'F-77' });
    expect(answer.status).toBe(201);
    const [last] = await list();
    expect(last).toMatchObject({
      ...{ method: 'POST', path: '/v1/claims', status: 201, code: null },
      entry: answer.headers.get('vigie-entry'),
    });
    const told = await whole(last.call);
    expect(JSON.parse(told.sent)).toEqual({ ...body, presenceCode: '•••' });
    expect(JSON.parse(told.answered)).toEqual(await answer.json());
    expect(told.idempotencyKey).toBe('F-77');
  });

  test('are kept when they fail, by the code of the failure', async () => {
    await send('/v1/claims', JSON.stringify(bench.body('accepts')));
    expect((await list())[0]).toMatchObject({ status: 400, code: 'idempotency-key-needed' });
    await send('/v1/quotes', '{"nir":');
    expect((await list())[0]).toMatchObject({ status: 400, code: 'malformed-request' });
    await sendTo(bench.server)(`${origin}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials&client_assertion=secret-assertion',
    } as never);
    await expect.poll(async () => (await list())[0].path).toBe('/oauth/token');
    const [refused] = await list();
    expect(refused).toMatchObject({ path: '/oauth/token', status: 401, code: 'invalid_client' });
    expect(JSON.stringify(await whole(refused.call))).not.toContain('secret-assertion');
  });

  test('hold no number, birth date or token of anybody else, wherever software wrote them', async () => {
    const nir = '185014093245364';
    const spaced = '1 85 01 40 932 453 64';
    const person = { nir, birthDate: '1985-01-21', presenceCode: '987654', careDate: bench.today };
    const acts = bench.body('accepts').acts;
    await send('/v1/quotes', JSON.stringify({ ...person, acts }));
    await send('/v1/quotes', JSON.stringify({ ...person, nir: spaced, acts, dateOfBirth: '1985-01-21' }));
    await send('/v1/claims', JSON.stringify({ ...person, acts, reference: `F ${spaced}` }), {
      'idempotency-key': `F-${nir}`,
    });
    await send('/v1/claim-batches', JSON.stringify({ claims: [{ ...person, acts }] }), {
      'idempotency-key': 'batch',
    });
    await send(`/v1/claims/${nir}`);
    await send(`/v1/people/${encodeURIComponent(spaced)}?born=1985-01-21&nir=${nir}`);
    await send('/v1/quotes', `{"nir":"${nir}`);
    await send('/v1/quotes', JSON.stringify(nir));
    const made = await send('/v1/webhook-endpoints', JSON.stringify({ url: 'http://localhost:9/hook' }));
    const { secret } = (await made.json()) as { secret: string };
    expect(secret).toMatch(/^whsec_/);
    const [last] = await list();
    const kept = JSON.stringify(
      await Promise.all(Array.from({ length: last.call }, (_none, place) => whole(place + 1))),
    );
    expect(kept).toContain('/v1/claims');
    for (const hidden of [nir, nir.slice(0, 13), spaced, '1985-01-21', '987654', token, secret]) {
      expect([hidden, kept.includes(hidden)]).toEqual([hidden, false]);
    }
    const log = bench.lines.join('\n');
    for (const hidden of [nir, nir.slice(0, 13), spaced]) expect(log.includes(hidden)).toBe(false);
  });

  test('are two hundred at most, those of software alone, and gone with the process', async () => {
    await bench.get('/v1/allowance');
    const before = (await list())[0].call;
    for (let one = 0; one < 210; one += 1) await send('/v1/nothing');
    const calls = await list();
    expect([calls.length, calls[0].call]).toEqual([200, before + 210]);
    expect((await bench.server.app.inject({ url: `/v1/sandbox/calls/${before}` })).statusCode).toBe(404);
    const other = await bench.startServer();
    expect(await list(other)).toEqual([]);
    await other.stop();
  });

  test('the page’s list of people is that of the code', async () => {
    const told = (await bench.get('/v1/sandbox')).json();
    expect(told).toMatchObject({ clockMoves: true, insurer: 'Mutuelle du Bac à sable' });
    expect(told.people).toEqual(sandboxPeople);
  });
});
