import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClaimBench, type Insured, nirAt } from '../../../tests/claiming.ts';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { auditClaims, listenToAll } from '../../../tests/simulation/claims-audit.ts';
import { auditClaimsInLedger } from '../../../tests/simulation/claims-ledger-audit.ts';
import type { Desk } from '../../../world/desk.ts';
import { Random } from '../../../world/random.ts';
import { uuidArray } from '../../platform/database/arrays.ts';
import { insertClaims } from './submitting/store.ts';

const families = 10;
const familyOf = (place: number) => Math.floor(place / 4);
const people: Insured[] = Array.from({ length: families * 4 + 20 }, (_none, place) => ({
  place,
  contracts: [{ memberNumber: place < families * 4 ? `FAMILLE-${familyOf(place)}` : `M${place}` }],
}));
const alone = families * 4;

let database: TestDatabase;
/** Two servers at work on one database. */
let servers: [ClaimBench, ClaimBench];

beforeAll(async () => {
  database = await cloneDatabase();
  const first = new ClaimBench(database);
  await first.start(people);
  const second = new ClaimBench(database);
  second.server = await second.startServer();
  servers = [first, second];
});
beforeEach(() => {
  for (const { lines } of servers) lines.length = 0;
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await database?.drop();
});

const prescription = { rpps: '10101010101', day: '2026-01-02' };
const consultation = { code: 'G', kind: 'consultation', priceCents: 3000, baseCents: 3000 };
const device = (priceCents: number) => ({ code: 'DIV1', kind: 'device', priceCents, baseCents: 0 });
const frame = { code: 'MON', kind: 'optical-frame', priceCents: 15_000, baseCents: 5, basket: 'free' };

function body(place: number, acts: readonly unknown[] = [consultation], more: object = {}) {
  return { nir: nirAt(place), birthDate: '1984-05-17', careDate: servers[0].today, acts, ...more };
}
const nextKey = () => randomUUID();

/** An account that may draw everybody of the tests. */
async function openDesk(profession: string, at: { organisation?: number } = {}) {
  const desk = await servers[0].openDesk(profession, at);
  await database.owner`
    update ledger.account set cap = 10000, usual_per_day = 10000, people_per_day_max = 10000
     where account = ${desk.account}::int`;
  await listenToAll(database.owner);
  return desk;
}

async function audited(): Promise<string[]> {
  await servers[0].explained();
  const books = { owner: database.owner, keys: servers[0].keys };
  return [...(await auditClaims(books)), ...(await auditClaimsInLedger(books))];
}

/** Lines of the logs that tell of trouble. */
function troubles(): string[] {
  return servers.flatMap(({ lines }) => lines).filter((line) => JSON.parse(line).level >= 40);
}

describe('two servers', () => {
  test('decide 500 claims of ten families at once: each once, no limit passed, nobody waits', async () => {
    const random = new Random(500);
    const desks = [await openDesk('pharmacist'), await openDesk('medical-supplier')] as const;
    const claims = Array.from({ length: 500 }, (_none, at) =>
      body(random.between(0, families * 4 - 1), [device(3000 + at)], { prescription }),
    );
    const sent = await Promise.all(
      [0, 1, 2, 3].map(async (part) => {
        const some = claims.slice(part * 125, (part + 1) * 125);
        const desk = desks[part % 2] as Desk;
        const server = servers[Number(part > 1)] as ClaimBench;
        return (await server.post(desk, '/v1/claim-batches', { claims: some }, nextKey())).json().answers;
      }),
    );
    expect(sent.flat().filter(({ claim }: { claim?: string }) => claim !== undefined)).toHaveLength(500);
    expect(await audited()).toEqual([]);
    const [counted] = await database.owner`
      select count(*)::int as decided, count(distinct claim)::int as claims
        from claims.history where state in (2, 3)`;
    expect(counted).toEqual({ decided: 500, claims: 500 });
    expect(troubles()).toEqual([]);
  });

  test('take the same batch in at once: each claim is kept once, and both answers are the same', async () => {
    const desk = await openDesk('pharmacist');
    const claims = Array.from({ length: 300 }, (_none, at) =>
      body(at % (families * 4), [device(100_000 + at)], { prescription }),
    );
    const key = nextKey();
    const [first, second] = await Promise.all(
      servers.map((server) => server.post(desk, '/v1/claim-batches', { claims }, key)),
    );
    expect([first?.statusCode, second?.statusCode]).toEqual([200, 200]);
    const ids = (answer: typeof first) => answer?.json().answers.map(({ claim }: { claim: string }) => claim);
    expect(ids(second)).toEqual(ids(first));
    const [kept] = await database.owner`
      select count(*)::int as count from claims.claim where account = ${desk.account}::int`;
    expect(kept?.count).toBe(300);
    expect(await audited()).toEqual([]);
    expect(troubles()).toEqual([]);
  });
});

test('the same keys in another order are kept without a deadlock', async () => {
  const bytes = () => randomBytes(16);
  await comeDueIn('1 hour');
  for (let round = 0; round < 10; round += 1) {
    const claims = Array.from({ length: 200 }, () => ({
      ...{ id: randomUUID(), account: 0, organisation: 0, subject: randomUUID(), insurers: [] },
      ...{ keyMark: bytes(), digest: bytes(), twinMark: bytes(), sealed: bytes() },
      ...{ engagement: null, replaces: null },
    }));
    const kept = await Promise.all([
      insertClaims(servers[0].server.db, claims),
      // As another server would name them: the keys alone are the same.
      insertClaims(
        servers[1].server.db,
        claims.toReversed().map((claim) => ({ ...claim, id: randomUUID() })),
      ),
    ]);
    expect(kept[1]?.toReversed()).toEqual(kept[0]);
    await database.owner`delete from claims.history where by = 0 and state = 1`;
    await database.owner`
      delete from claims.waiting where claim in (select id from claims.claim where account = 0)`;
    await database.owner`delete from claims.claim where account = 0`;
  }
  await comeDueIn('0');
});

/** When what comes in from now on is looked at. */
async function comeDueIn(interval: string): Promise<void> {
  await database.owner.unsafe(
    `alter table claims.waiting alter due_at set default ledger.now() + interval '${interval}'`,
  );
}

describe('the same claim at the same instant', () => {
  const ways: [string, { houses: 1 | 2; desks: 1 | 2; keys: 1 | 2 }, number, string[]][] = [
    ['twice by one software with its key', { houses: 1, desks: 1, keys: 1 }, 1, ['accepted']],
    ['twice by one software with two keys', { houses: 1, desks: 1, keys: 2 }, 2, ['accepted', 'rejected']],
    // A key is its account's own: two desks never meet by it.
    [
      'by two software of a house with one key',
      { houses: 1, desks: 2, keys: 1 },
      2,
      ['accepted', 'rejected'],
    ],
    [
      'by two software of a house with two keys',
      { houses: 1, desks: 2, keys: 2 },
      2,
      ['accepted', 'rejected'],
    ],
    ['by two houses with one key', { houses: 2, desks: 2, keys: 1 }, 2, ['accepted', 'accepted']],
    ['by two houses', { houses: 2, desks: 2, keys: 2 }, 2, ['accepted', 'accepted']],
  ];
  test.each(ways)('%s', async (_name, { houses, desks, keys }, kept, states) => {
    const first = await openDesk('general-practitioner');
    const other = desks === 1 ? first : await openDesk('general-practitioner', houses === 1 ? first : {});
    for (let place = alone; place < alone + 5; place += 1) {
      // An act of its own: nobody else was paid for it that day.
      const care = body(place, [{ ...consultation, code: `G${houses}${desks}${keys}` }]);
      const [one, two] = [nextKey(), nextKey()];
      const answers = await Promise.all([
        servers[0].post(first, '/v1/claims', care, one),
        servers[1].post(other, '/v1/claims', care, keys === 1 ? one : two),
      ]);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
      const ids = [...new Set(answers.map((answer) => answer.json().claim as string))];
      expect(ids).toHaveLength(kept);
      const deskOf = (id: string) => (id === answers[0]?.json().claim ? first : other);
      const read = await Promise.all(ids.map((id) => servers[0].decidedOf(deskOf(id), id)));
      expect(read.map(({ state }) => state).sort()).toEqual(states);
      const rejected = read.find(({ state }) => state === 'rejected');
      if (rejected !== undefined) expect(rejected.rejection).toMatchObject({ reason: 'duplicate' });
      const [flags] = await database.owner`
        select coalesce(sum(signals), 0)::int as signals
        from claims.claim where id = any (${uuidArray(ids)}::text::uuid[])`;
      // Paid elsewhere: told of the later one.
      expect([houses, flags?.signals]).toEqual([houses, houses === 2 ? 8 : 0]);
    }
    expect(await audited()).toEqual([]);
  });
});

describe('cancelled at the same instant', () => {
  test.each([
    ['all claims of one person: each is cancelled, and the person is charged again', 8, 3],
    ['all but one: the one explains the person still', 7, 0],
  ])('%s', async (_name, cancelled, charged) => {
    const desk = await openDesk('general-practitioner');
    for (let round = 0; round < 3; round += 1) {
      const place = alone + 6 + round;
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_none, at) =>
          servers[0].decided(desk, body(place, [{ ...consultation, priceCents: 3000 + at }]), nextKey()),
        ),
      );
      await servers[0].explained();
      const answers = await Promise.all(
        claims
          .slice(0, cancelled)
          .map(({ claim }, at) =>
            (servers[at % 2] as ClaimBench).post(desk, `/v1/claims/${claim}/cancellation`),
          ),
      );
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
    }
    expect(await audited()).toEqual([]);
    expect((await servers[0].get(desk, '/v1/allowance')).json().charged).toBe(charged);
    expect(troubles()).toEqual([]);
  });

  test('a claim and the promise it uses, again and again: used or given back, never both', async () => {
    const desk = await openDesk('optician');
    for (let place = alone; place < alone + 8; place += 1) {
      const quote = (await servers[0].post(desk, '/v1/quotes', body(place, [frame]))).json();
      const { engagement } = (await servers[0].post(desk, `/v1/quotes/${quote.quote}/engagement`)).json();
      const [sent, cancelled] = await Promise.all([
        servers[0].post(desk, '/v1/claims', body(place, [frame], { engagement, prescription }), nextKey()),
        servers[1].post(desk, `/v1/engagements/${engagement}/cancellation`),
      ]);
      const { state } = await servers[0].decidedOf(desk, sent.json().claim);
      expect([cancelled.statusCode, state]).toEqual(
        cancelled.statusCode === 200 ? [200, 'rejected'] : [409, 'accepted'],
      );
    }
    expect(await audited()).toEqual([]);
  });

  test('a claim that is just being decided: it is cancelled, and takes nothing', async () => {
    const desk = await openDesk('pharmacist');
    const acts = (at: number) => [device(200_000 + at)];
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_none, at) => {
        const sent = await servers[0].post(
          desk,
          '/v1/claims',
          body(at, acts(at), { prescription }),
          nextKey(),
        );
        return servers[at % 2 === 0 ? 0 : 1].post(desk, `/v1/claims/${sent.json().claim}/cancellation`);
      }),
    );
    // What was rejected in between is not cancelled: that is all that may be said else.
    expect(
      answers.map(({ statusCode }) => statusCode).filter((status) => ![200, 409].includes(status)),
    ).toEqual([]);
    expect(await audited()).toEqual([]);
  });
});

test('a claim that does not open is put off and told of, and keeps nobody waiting', async () => {
  const desk = await openDesk('general-practitioner');
  await comeDueIn('1 hour');
  const sent = await Promise.all(
    Array.from({ length: 12 }, (_none, at) =>
      servers[0].post(desk, '/v1/claims', body(at, [{ ...consultation, priceCents: 4000 + at }]), nextKey()),
    ),
  );
  const [poisonous, ...others] = sent.map((answer) => answer.json().claim as string);
  await database.owner`
    update claims.claim set sealed = '\\x00'::bytea || sealed where id = ${poisonous ?? ''}::uuid`;
  await database.owner`update claims.waiting set due_at = now()`;
  await comeDueIn('0');
  for (const claim of others) {
    expect((await servers[0].decidedOf(desk, claim)).state).toBe('accepted');
  }
  await vi.waitFor(async () => {
    const [row] = await database.owner`
      select tries from claims.waiting where claim = ${poisonous ?? ''}::uuid and due_at > now()`;
    expect(row?.tries).toBeGreaterThan(0);
  }, 10_000);
  const told = troubles().filter((line) => line.includes(poisonous ?? '-'));
  expect(told.map((line) => JSON.parse(line).msg)).toContain(
    'a claim could not be decided; it is tried again',
  );
});
