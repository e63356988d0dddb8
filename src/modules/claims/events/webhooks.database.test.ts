import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { Receiver } from '../../../../tests/sending.ts';
import { openAs } from '../../../../tests/signing-in.ts';
import { verifyHeard } from '../../../../tests/standard-webhooks.ts';
import { systemClock } from '../../../platform/clock.ts';
import { createLog } from '../../../platform/log.ts';
import { createLedger } from '../../ledger/index.ts';
import { Keys } from '../../vault/index.ts';
import {
  createEndpoint,
  listDeliveries,
  listEndpoints,
  sendAgain,
  tryEndpoint,
  turnSecret,
} from './endpoints/manage-endpoints.ts';
import { endEndpoint } from './endpoints/store.ts';
import type { ClaimEvent } from './event.ts';
import { postTaken, startClaimWebhooks } from './run-webhooks.ts';
import { forgetOldDeliveries, insertEvents, takeDelivery } from './store.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const running: { stop(): Promise<void> }[] = [];
const receivers: Receiver[] = [];
const logged: string[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await cloneDatabase();
});
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.stop();
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await database.drop();
});

const log = createLog('trace', { write: (line) => void logged.push(line) });
const tools = () => ({ db: database.server, keys, clock: systemClock, log, isProduction: false });
const start = (how: { isProduction?: boolean } = {}) => {
  running.push(startClaimWebhooks({ ...tools(), ...how }));
};
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

async function openAccount(): Promise<number> {
  const ledger = createLedger(database.server, { lanes: 1, clock: systemClock });
  const { account } = await openAs({ db: database.server, keys, ledger }, 'professional');
  await ledger.close();
  return account;
}

/** An account that is told of its claims, and where. */
async function listen(account?: number) {
  const own = account ?? (await openAccount());
  const receiver = new Receiver();
  receivers.push(receiver);
  const made = await createEndpoint(tools(), own, await receiver.listen());
  return { account: own, receiver, ...made };
}

const event = (account: number, type: ClaimEvent['type'] = 'claim.accepted'): ClaimEvent => {
  return { account, claim: randomUUID(), type, at: new Date() };
};
const tell = (...events: ClaimEvent[]) => database.server.begin((tx) => insertEvents(tx, events));
const claimsHeard = ({ heard }: Receiver) => heard.map(({ text }) => JSON.parse(text).data.claim);
const makeDue = () => database.owner`update claims.webhook_delivery set next_at = now()`;
const deliveries = (account: number) => listDeliveries(tools(), account, null);

test('an event is posted as Standard Webhooks has it, and says nothing but the claim', async () => {
  const { account, receiver, secret } = await listen();
  const told = event(account, 'claim.contested');
  await tell(told);
  start();
  await until(() => expect(receiver.heard).toHaveLength(1));
  const [heard] = receiver.heard;
  if (heard === undefined) throw new Error('nothing was heard');
  expect(JSON.parse(heard.text)).toEqual({
    type: 'claim.contested',
    timestamp: told.at.toISOString(),
    data: { claim: told.claim },
  });
  expect(heard.headers['content-type']).toBe('application/json');
  const { id, holds } = await verifyHeard(secret, heard);
  expect(holds).toEqual([true]);
  await until(async () =>
    expect(await deliveries(account)).toMatchObject([
      { id, type: 'claim.contested', claim: told.claim, tries: 1, outcome: '204', nextAt: null },
    ]),
  );
});

test('an event is told if and only if its transaction was', async () => {
  const { account, receiver } = await listen();
  start();
  const [held, undone, marker] = [event(account), event(account), event(account)];
  let commit = () => {};
  const committing = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let isWritten = () => {};
  const written = new Promise<void>((resolve) => {
    isWritten = resolve;
  });
  const holding = database.server.begin(async (tx) => {
    await insertEvents(tx, [held]);
    isWritten();
    await committing;
  });
  await written;
  const undoing = database.server.begin(async (tx) => {
    await insertEvents(tx, [undone]);
    throw new Error('it did not happen');
  });
  await expect(undoing).rejects.toThrow('it did not happen');
  // What came after both is told; they are not, since neither happened.
  await tell(marker);
  await until(() => expect(claimsHeard(receiver)).toEqual([marker.claim]));
  commit();
  await holding;
  await until(() => expect(claimsHeard(receiver)).toEqual([marker.claim, held.claim]));
  const last = event(account);
  await tell(last);
  await until(() => expect(claimsHeard(receiver)).toEqual([marker.claim, held.claim, last.claim]));
});

test('many events are one statement; each goes to every endpoint of its account, to no other', async () => {
  const first = await listen();
  const second = await listen(first.account);
  const other = await listen();
  const deaf = await openAccount();
  const own = Array.from({ length: 40 }, () => event(first.account));
  const others = [event(other.account), event(deaf), event(other.account)];
  await tell(...own, ...others);
  await tell();
  const [row] = await database.owner`select count(*)::int as kept from claims.webhook_delivery`;
  expect(row?.kept).toBe(82);
  start();
  const claims = (events: ClaimEvent[]) => events.map(({ claim }) => claim).sort();
  await until(() => {
    expect(claimsHeard(first.receiver).sort()).toEqual(claims(own));
    expect(claimsHeard(second.receiver).sort()).toEqual(claims(own));
    expect(claimsHeard(other.receiver).sort()).toEqual(
      claims(others.filter(({ account }) => account !== deaf)),
    );
  });
});

test('what fails is tried again with the same id, signed anew, and given up after ten tries', async () => {
  const { account, receiver, secret } = await listen();
  receiver.status = 500;
  await tell(event(account));
  start();
  await until(async () =>
    expect(await deliveries(account)).toMatchObject([{ tries: 1, outcome: '500', givenUpAt: null }]),
  );
  const [failed] = await deliveries(account);
  const waits = new Date(failed?.nextAt ?? 0).getTime() - Date.now();
  expect(waits).toBeLessThanOrEqual(5_000);
  receiver.status = 302;
  receiver.headers = { location: 'http://127.0.0.1:1/elsewhere' };
  // It is tried again by itself.
  await until(async () => expect(await deliveries(account)).toMatchObject([{ tries: 2, outcome: '302' }]));
  await database.owner`update claims.webhook_delivery set tries = 9`;
  await makeDue();
  await until(async () =>
    expect(await deliveries(account)).toMatchObject([
      { tries: 10, nextAt: null, deliveredAt: null, givenUpAt: expect.any(String) },
    ]),
  );
  const checked = await Promise.all(receiver.heard.map((heard) => verifyHeard(secret, heard)));
  expect(checked.map(({ holds }) => holds)).toEqual([[true], [true], [true]]);
  expect(new Set(checked.map(({ id }) => id))).toEqual(new Set([failed?.id]));
  expect(checked[1]?.seconds).toBeGreaterThan(checked[0]?.seconds ?? Number.POSITIVE_INFINITY);
  // Long after it is sent again, when asked; with all its tries.
  receiver.status = 200;
  await sendAgain(tools(), account, failed?.id ?? '');
  await until(async () =>
    expect(await deliveries(account)).toMatchObject([{ tries: 1, outcome: '200', givenUpAt: null }]),
  );
  await sendAgain(tools(), account, failed?.id ?? '');
  await until(() => expect(receiver.heard).toHaveLength(5));
  expect(receiver.heard.map(({ headers }) => headers['webhook-id'])).toEqual(Array(5).fill(failed?.id));
});

test('a server that died after the receiver took it: another sends it again, under the same id', async () => {
  const { account, receiver } = await listen();
  await tell(event(account));
  const taken = await takeDelivery(database.server, true);
  if (taken === undefined) throw new Error('nothing was due');
  await postTaken(tools(), taken);
  expect(receiver.heard).toHaveLength(1);
  // Nobody else sends it while the dead one might live.
  expect(await takeDelivery(database.server, true)).toBeUndefined();
  await database.owner`update claims.webhook_endpoint set taken_until = now()`;
  start();
  await until(() => expect(receiver.heard).toHaveLength(2));
  expect(receiver.heard.map(({ headers }) => headers['webhook-id'])).toEqual([taken.id, taken.id]);
  await until(async () => expect(await deliveries(account)).toMatchObject([{ tries: 2, outcome: '204' }]));
});

test('two servers send each event once, one at a time to each endpoint', async () => {
  const { account, receiver } = await listen();
  const events = Array.from({ length: 30 }, () => event(account));
  await tell(...events);
  start();
  start();
  await until(async () =>
    expect((await deliveries(account)).filter(({ deliveredAt }) => deliveredAt !== null)).toHaveLength(30),
  );
  expect(claimsHeard(receiver).sort()).toEqual(events.map(({ claim }) => claim).sort());
  expect(receiver.mostAtOnce).toBe(1);
});

test('while a secret is turned both sign, for a day', async () => {
  const { account, receiver, secret, endpoint } = await listen();
  const turned = await turnSecret(tools(), { account, endpoint });
  const hours = (new Date(turned.oldSecretUntil).getTime() - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  expect(hours).toBeLessThan(24.1);
  start();
  await tell(event(account));
  await until(() => expect(receiver.heard).toHaveLength(1));
  const holds = async (which: string) => {
    const heard = receiver.heard.at(-1);
    if (heard === undefined) throw new Error('nothing was heard');
    return (await verifyHeard(which, heard)).holds;
  };
  expect(await holds(turned.secret)).toEqual([true, false]);
  expect(await holds(secret)).toEqual([false, true]);
  await database.owner`update claims.webhook_endpoint set old_secret_until = now()`;
  await tell(event(account));
  await until(() => expect(receiver.heard).toHaveLength(2));
  expect(await holds(turned.secret)).toEqual([true]);
  expect(await holds(secret)).toEqual([false]);
  await forgetOldDeliveries(database.server);
  const [row] = await database.owner`select old_secret_sealed as old from claims.webhook_endpoint`;
  expect(row?.old).toBeNull();
});

test('an account that makes many endpoints at the same instant has five', async () => {
  const account = await openAccount();
  const url = 'https://practice.example/vigie';
  // The connections are there already: they begin together.
  await Promise.all(Array.from({ length: 4 }, () => database.server`select pg_sleep(0.05)`));
  const making = Array.from({ length: 40 }, () => createEndpoint(tools(), account, url));
  const ends = await Promise.allSettled(making);
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  expect(await listEndpoints(tools(), account)).toHaveLength(5);
});

test('endpoints take turns: swift ones first, and of them the one that waits longest', async () => {
  const [slow, recent, early, fresh] = [await listen(), await listen(), await listen(), await listen()];
  await tell(...[slow, recent, early, fresh].map(({ account }) => event(account)));
  const turn = (one: typeof slow, tries: number, minutes: number) => database.owner`
    update claims.webhook_endpoint
       set slow_tries = ${tries}, taken_at = now() - ${minutes}::int * interval '1 minute'
     where id = ${one.endpoint}::uuid`;
  await turn(slow, 1, 60);
  await turn(recent, 0, 1);
  await turn(early, 0, 2);
  const taken: (string | undefined)[] = [];
  for (const mayBeSlow of [true, true, true, false, true, true]) {
    taken.push((await takeDelivery(database.server, mayBeSlow))?.endpoint);
  }
  const { endpoint: last } = slow;
  expect(taken).toEqual([fresh.endpoint, early.endpoint, recent.endpoint, undefined, last, undefined]);
});

describe('silent receivers', () => {
  const silence = (receiver: Receiver) => {
    receiver.silent = Number.POSITIVE_INFINITY;
  };
  /** How long an event of somebody else waits, in seconds. */
  async function waitOf({ account, receiver }: Awaited<ReturnType<typeof listen>>): Promise<number> {
    const began = performance.now();
    const before = receiver.heard.length;
    await tell(event(account));
    await until(() => expect(receiver.heard.length).toBeGreaterThan(before));
    return (performance.now() - began) / 1000;
  }

  test('one with much to hear holds up nobody', async () => {
    const [silent, other] = [await listen(), await listen()];
    silence(silent.receiver);
    await tell(...Array.from({ length: 200 }, () => event(silent.account)));
    start();
    await until(() => expect(silent.receiver.heard).toHaveLength(1));
    expect(await waitOf(other)).toBeLessThan(4);
    expect(silent.receiver.heard.length).toBeLessThanOrEqual(2);
  });

  test('more of them than there are places hold up the others for seconds, then not at all', async () => {
    const other = await listen();
    const silent: Awaited<ReturnType<typeof listen>>[] = [];
    for (let one = 0; one < 14; one += 1) silent.push(await listen());
    for (const { receiver } of silent) silence(receiver);
    const backlog = silent.flatMap(({ account }) => Array.from({ length: 20 }, () => event(account)));
    await tell(...backlog);
    start();
    await until(() => expect(silent.filter(({ receiver }) => receiver.heard.length > 0)).toHaveLength(8));
    // Each place is held by one that nobody knew to be silent.
    expect(await waitOf(other)).toBeLessThan(8);
    await until(async () => {
      const [row] = await database.owner`
        select count(*)::int as slow from claims.webhook_endpoint where slow_tries > 0`;
      expect(row?.slow).toBe(14);
    });
    // Now they are known: half of the places are free for the others.
    for (let time = 0; time < 3; time += 1) {
      expect(await waitOf(other)).toBeLessThan(4);
      expect(silent.reduce((sum, { receiver }) => sum + receiver.atOnce, 0)).toBeLessThanOrEqual(4);
    }
  });
});

describe('an endpoint that stays silent', () => {
  const rests = async () => {
    const [row] = await database.owner`
      select extract(epoch from rests_until - now())::float as seconds, slow_tries as slow
        from claims.webhook_endpoint`;
    return row ?? {};
  };

  test('is tried ever more rarely; asked to, at once; once it answers, all is told', async () => {
    const { account, endpoint, receiver } = await listen();
    receiver.silent = 1;
    await tell(event(account), event(account));
    await database.owner`update claims.webhook_endpoint set slow_tries = 20`;
    start();
    await until(async () => expect(await rests()).toMatchObject({ slow: 21 }));
    expect((await rests()).seconds).toBeGreaterThan(590);
    expect(receiver.heard).toHaveLength(1);
    const own = { account, endpoint };
    await tryEndpoint(tools(), own);
    await until(async () =>
      expect((await deliveries(account)).filter(({ deliveredAt }) => deliveredAt !== null)).toHaveLength(3),
    );
    // The test goes before what waits.
    expect(JSON.parse(receiver.heard[1]?.text ?? '').type).toBe('endpoint.test');
    expect(await rests()).toEqual({ seconds: null, slow: 0 });
  });

  test('for days: what had no turn is given up', async () => {
    const [silent, other] = [await listen(), await listen()];
    await tell(event(silent.account), event(other.account));
    await database.owner`
      update claims.webhook_endpoint set slow_tries = 3 where id = ${silent.endpoint}::uuid`;
    await forgetOldDeliveries(database.server);
    expect(await deliveries(silent.account)).toMatchObject([{ givenUpAt: null }]);
    await database.owner`update claims.webhook_delivery set next_at = now() - interval '5 days'`;
    await forgetOldDeliveries(database.server);
    expect(await deliveries(silent.account)).toMatchObject([
      { outcome: 'no-turn', givenUpAt: expect.any(String) },
    ]);
    expect(await deliveries(other.account)).toMatchObject([{ givenUpAt: null }]);
  });
});

describe('an endpoint that ends', () => {
  test('by 410 hears nothing more, keeps no secret, and the others go on', async () => {
    const [gone, other] = [await listen(), await listen()];
    gone.receiver.status = 410;
    await tell(event(gone.account), event(gone.account));
    start();
    await until(async () =>
      expect(await listEndpoints(tools(), gone.account)).toMatchObject([{ endReason: 'gone' }]),
    );
    expect(await deliveries(gone.account)).toMatchObject([
      { outcome: expect.stringMatching(/^410|ended$/), nextAt: null, givenUpAt: expect.any(String) },
      { outcome: expect.stringMatching(/^410|ended$/), nextAt: null, givenUpAt: expect.any(String) },
    ]);
    await tell(event(gone.account), event(other.account));
    await until(() => expect(other.receiver.heard).toHaveLength(1));
    expect(gone.receiver.heard).toHaveLength(1);
    const [row] = await database.owner`
      select secret_sealed as secret from claims.webhook_endpoint where id = ${gone.endpoint}`;
    expect(row?.secret).toBeNull();
  });

  test('hears nothing of what waited, and nothing of what comes', async () => {
    const [ended, other] = [await listen(), await listen()];
    await tell(event(ended.account));
    const [waiting] = await deliveries(ended.account);
    const own = { account: ended.account, endpoint: ended.endpoint };
    expect(await endEndpoint(database.server, { ...own, account: other.account }, 'holder')).toBe(false);
    expect(await endEndpoint(database.server, own, 'holder')).toBe(true);
    expect(await endEndpoint(database.server, own, 'holder')).toBe(false);
    start();
    await expect(sendAgain(tools(), ended.account, waiting?.id ?? '')).rejects.toThrow('Not found');
    await tell(event(ended.account), event(other.account));
    await until(() => expect(other.receiver.heard).toHaveLength(1));
    expect(ended.receiver.heard).toEqual([]);
    expect(await deliveries(ended.account)).toMatchObject([{ outcome: 'ended', tries: 0 }]);
  });
});

test('in production nothing is posted inside the network', async () => {
  const { account, receiver } = await listen();
  await tell(event(account));
  start({ isProduction: true });
  await until(async () =>
    expect(await deliveries(account)).toMatchObject([{ tries: 1, outcome: 'private-address' }]),
  );
  expect(receiver.heard).toEqual([]);
});

test('what was told a month ago and what was given up long ago is forgotten, and nothing else', async () => {
  const { account, endpoint } = await listen();
  await tell(...Array.from({ length: 5 }, () => event(account)));
  const kept = await deliveries(account);
  const age = async (place: number, column: 'delivered_at' | 'given_up_at', days: number) => {
    await database.owner`
      update claims.webhook_delivery
         set ${database.owner(column)} = now() - ${days}::int * interval '1 day'
       where id = ${kept[place]?.id ?? ''}::uuid`;
  };
  await age(0, 'delivered_at', 31);
  await age(1, 'delivered_at', 29);
  await age(2, 'given_up_at', 91);
  await age(3, 'given_up_at', 89);
  await forgetOldDeliveries(database.server);
  const left = (await deliveries(account)).map(({ id }) => id).sort();
  expect(left).toEqual([1, 3, 4].map((place) => kept[place]?.id).sort());
  await endEndpoint(database.server, { account, endpoint }, 'holder');
  await database.owner`update claims.webhook_endpoint set ended_at = now() - interval '91 days'`;
  await forgetOldDeliveries(database.server);
  expect(await listEndpoints(tools(), account)).toHaveLength(1);
  await database.owner`
    update claims.webhook_delivery
       set delivered_at = delivered_at - interval '60 days', given_up_at = given_up_at - interval '91 days'`;
  await forgetOldDeliveries(database.server);
  expect(await listEndpoints(tools(), account)).toEqual([]);
});

test('at rest no secret can be read, and the log tells neither addresses nor secrets', async () => {
  const { account, endpoint, secret, receiver } = await listen();
  const turned = await turnSecret(tools(), { account, endpoint });
  receiver.status = 410;
  await tell(event(account));
  const rows = await database.owner`select * from claims.webhook_endpoint`;
  const bytes = rows
    .flatMap((row) => Object.values(row))
    .map((value) => {
      return Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
    });
  for (const one of [secret, turned.secret]) {
    const base64 = one.replace('whsec_', '');
    const raw = Buffer.from(base64, 'base64').toString('latin1');
    for (const form of [base64, raw]) expect(bytes.join(' ')).not.toContain(form);
  }
  start();
  await until(() => expect(logged.join('')).toContain('an event was given up'));
  expect(logged.join('')).not.toMatch(/whsec_|127\.0\.0\.1/);
});
