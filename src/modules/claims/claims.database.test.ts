import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClaimBench, type Insured, nirAt } from '../../../tests/claiming.ts';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { systemClock } from '../../platform/clock.ts';

const people: Insured[] = [
  ...Array.from({ length: 40 }, (_none, place) => ({ place })),
  { place: 50, contracts: [{ onlineEnd: '2025-12-31' }] },
  { place: 51, contracts: [] },
  { place: 52, deathDate: '2026-01-01' },
  { place: 53, contracts: [{ levels: { PHAR: '100/100/85' } }] },
  { place: 54, contracts: [{ plan: '', levels: { MEDG: '150%' } }] },
  ...[60, 61].map((place) => ({ place, contracts: [{ memberNumber: 'FAMILLE' }] })),
];
let database: TestDatabase;
let bench: ClaimBench;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new ClaimBench(database, systemClock);
  await bench.start(people);
});
afterAll(async () => {
  await bench?.stop();
  await database?.drop();
});

const prescription = { rpps: '10101010101', day: '2026-01-02' };
const consultation = { code: 'G', kind: 'consultation', priceCents: 3000, baseCents: 3000 };
const glasses = [
  { code: 'MON', kind: 'optical-frame', priceCents: 15_000, baseCents: 5, basket: 'free' },
  { code: 'VER', kind: 'optical-lens', quantity: 2, priceCents: 30_000, baseCents: 10, basket: 'free' },
];
let keys = 0;
const nextKey = () => `test-${++keys}`;

function body(place: number, acts: unknown[] = [consultation], more: Record<string, unknown> = {}) {
  return { nir: nirAt(place), birthDate: '1984-05-17', careDate: bench.today, acts, ...more };
}

describe('a quote', () => {
  test('says who pays what, to the cent, and why; the entry comes first', async () => {
    const desk = await bench.openDesk('general-practitioner');
    const answer = await bench.post(desk, '/v1/quotes', body(0));
    expect(answer.statusCode).toBe(201);
    const quote = answer.json();
    expect(quote.totals).toEqual({
      ...{ priceCents: 3000, mandatoryGrossCents: 2100, complementaryCents: 900, personCents: 0 },
    });
    expect(quote.shares[0].complementary).toEqual([
      { insurer: 'Prévoyance du Ponant', plan: 'Équilibre', cents: 900 },
    ]);
    expect(quote.shares[0]).toMatchObject({ participationCents: 200, mandatoryNetCents: 1900 });
    expect(quote.shares[0].why.map(({ rule }: { rule: string }) => rule)).toEqual([
      'mandatory',
      'contract',
      'person',
      'participation',
    ]);
    const [lane, seq] = String(answer.headers['vigie-entry']).split('/');
    const [entry] = await database.owner`
      select action, outcome, fields::text as fields from ledger.entry
       where lane = ${Number(lane)} and seq = ${String(seq)}::text::bigint`;
    expect(entry).toMatchObject({ action: 11, outcome: 1 });
    // The plan left and is recorded; the member number did not leave.
    expect([(BigInt(entry?.fields) >> 39n) & 1n, (BigInt(entry?.fields) >> 2n) & 1n]).toEqual([1n, 0n]);
  });

  test('of somebody unknown is refused like a lookup, and of a stranger it costs one', async () => {
    const desk = await bench.openDesk('general-practitioner');
    const unknown = await bench.post(desk, '/v1/quotes', { ...body(0), birthDate: '1950-01-01' });
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'person-not-found']);
    const before = (await bench.get(desk, '/v1/allowance')).json().left;
    await bench.post(desk, '/v1/quotes', body(1));
    expect((await bench.get(desk, '/v1/allowance')).json().left).toBe(before - 1);
  });

  test('without a published plan pays what the card prints', async () => {
    const desk = await bench.openDesk('general-practitioner');
    const dear = [{ ...consultation, priceCents: 5000 }];
    const answer = await bench.post(desk, '/v1/quotes', body(54, dear));
    // 150 % of 30.00 less 21.00.
    expect(answer.json().totals).toMatchObject({ complementaryCents: 2400, personCents: 500 });
  });

  test.each([
    [{ priceCents: 30.005 }, 'acts.0.priceCents'],
    [{ priceCents: -1 }, 'acts.0.priceCents'],
    [{ priceCents: 1e12 }, 'acts.0.priceCents'],
    [{ priceCents: '3000' }, 'acts.0.priceCents'],
    [{ quantity: 0 }, 'acts.0.quantity'],
    [{ kind: 'magic' }, 'acts.0.kind'],
    [{ code: 'G; drop table' }, 'acts.0.code'],
  ])('refuses %j and names the field', async (change, field) => {
    const desk = await bench.openDesk('general-practitioner');
    const answer = await bench.post(desk, '/v1/quotes', body(0, [{ ...consultation, ...change }]));
    expect([answer.statusCode, answer.json().fields[0].field]).toEqual([422, field]);
  });
});

describe('an engagement', () => {
  test('promises a quote of glasses once, and holds what it takes from limits', async () => {
    const desk = await bench.openDesk('optician');
    const quote = (await bench.post(desk, '/v1/quotes', body(2, glasses))).json();
    expect(quote.canBeEngaged).toBe(true);
    const made = await bench.post(desk, `/v1/quotes/${quote.quote}/engagement`);
    expect(made.statusCode).toBe(201);
    const again = await bench.post(desk, `/v1/quotes/${quote.quote}/engagement`);
    expect(again.json().engagement).toBe(made.json().engagement);
    expect(made.json()).toMatchObject({ state: 'open', totals: quote.totals });
    const second = (await bench.post(desk, '/v1/quotes', body(2, glasses))).json();
    expect(second.totals.complementaryCents).toBe(0);
    await bench.post(desk, `/v1/engagements/${made.json().engagement}/cancellation`);
    const third = (await bench.post(desk, '/v1/quotes', body(2, glasses))).json();
    expect(third.totals.complementaryCents).toBe(quote.totals.complementaryCents);
  });

  test('is used by one claim; cancelled, that claim leaves it open again', async () => {
    const desk = await bench.openDesk('optician');
    const quote = (await bench.post(desk, '/v1/quotes', body(3, glasses))).json();
    const { engagement } = (await bench.post(desk, `/v1/quotes/${quote.quote}/engagement`)).json();
    const claim = body(3, glasses, { engagement, prescription });
    const first = await bench.decided(desk, claim, nextKey());
    expect(first).toMatchObject({ state: 'accepted', totals: quote.totals });
    const dear = glasses.map((act) => ({ ...act, priceCents: act.priceCents - 1 }));
    const second = await bench.decided(desk, body(3, dear, { engagement, prescription }), nextKey());
    expect(second).toMatchObject({ state: 'rejected', rejection: { reason: 'engagement-used' } });
    await bench.post(desk, `/v1/claims/${first.claim}/cancellation`);
    const open = (await bench.get(desk, '/v1/engagements')).json().engagements[0];
    expect(open).toMatchObject({ engagement, state: 'open' });
    const third = await bench.decided(desk, body(3, dear, { engagement, prescription }), nextKey());
    expect(third.state).toBe('accepted');
  });

  test('is not another house’s, and not of a consultation', async () => {
    const [desk, other] = [await bench.openDesk('optician'), await bench.openDesk('optician')];
    const quote = (await bench.post(desk, '/v1/quotes', body(4, glasses))).json();
    expect((await bench.post(other, `/v1/quotes/${quote.quote}/engagement`)).statusCode).toBe(404);
    const doctor = await bench.openDesk('general-practitioner');
    const visit = (await bench.post(doctor, '/v1/quotes', body(4))).json();
    const refused = await bench.post(doctor, `/v1/quotes/${visit.quote}/engagement`);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'cannot-be-engaged']);
  });
});

describe('a claim', () => {
  test('is accepted, gives its person back to the allowance; cancelled, takes them again', async () => {
    const desk = await bench.openDesk('general-practitioner');
    const allowance = async () => (await bench.get(desk, '/v1/allowance')).json().charged;
    const claim = await bench.decided(desk, body(5, [consultation], { reference: 'F-1' }), nextKey());
    expect(claim).toMatchObject({ state: 'accepted', reference: 'F-1', rejection: null });
    await bench.explained();
    expect(await allowance()).toBe(0);
    expect((await bench.post(desk, `/v1/claims/${claim.claim}/cancellation`)).statusCode).toBe(200);
    await bench.explained();
    expect(await allowance()).toBe(1);
    const after = (await bench.get(desk, `/v1/claims/${claim.claim}`)).json();
    const states = after.history.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['received', 'accepted', 'cancelled']);
  });

  test('sent twice with its key is one; with another body or without a key it is refused', async () => {
    const desk = await bench.openDesk('general-practitioner');
    const key = nextKey();
    const [first, second] = [
      await bench.post(desk, '/v1/claims', body(6), key),
      await bench.post(desk, '/v1/claims', body(6), key),
    ];
    expect(second.json()).toEqual(first.json());
    const other = await bench.post(desk, '/v1/claims', body(6, [{ ...consultation, priceCents: 3100 }]), key);
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused']);
    const none = await bench.post(desk, '/v1/claims', body(6));
    expect([none.statusCode, none.json().code]).toEqual([400, 'idempotency-key-needed']);
  });

  test('of the same care from two software of one house is accepted once', async () => {
    const first = await bench.openDesk('general-practitioner');
    const second = await bench.openDesk('general-practitioner', first);
    const sent = await Promise.all([
      bench.post(first, '/v1/claims', body(7), nextKey()),
      bench.post(second, '/v1/claims', body(7), nextKey()),
    ]);
    const read = await Promise.all(
      sent.map((one, place) => bench.decidedOf(place === 0 ? first : second, one.json().claim)),
    );
    expect(read.map(({ state }) => state).sort()).toEqual(['accepted', 'rejected']);
    const rejected = read.find(({ state }) => state === 'rejected');
    expect(rejected?.rejection).toMatchObject({ reason: 'duplicate' });
  });

  test('never takes more than a limit has, though twenty come at once and families share', async () => {
    const desk = await bench.openDesk('pharmacist');
    const act = (price: number) => ({ code: 'DIV1', kind: 'device', priceCents: price, baseCents: 0 });
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_none, at) =>
        bench.post(desk, '/v1/claims', body(60 + (at % 2), [act(5000 + at)], { prescription }), nextKey()),
      ),
    );
    const read = await Promise.all(sent.map((one) => bench.decidedOf(desk, one.json().claim)));
    const paid = read.map(
      ({ totals }) => (totals as unknown as { complementaryCents: number }).complementaryCents,
    );
    expect(paid.reduce((sum, cents) => sum + cents, 0)).toBe(10_000);
    const [first] = read.filter((_one, at) => paid[at] === 4000);
    await bench.post(desk, `/v1/claims/${first?.claim}/cancellation`);
    const next = await bench.decided(desk, body(60, [act(9000)], { prescription }), nextKey());
    expect(next.totals).toMatchObject({ complementaryCents: 4000 });
  });
});

const cases: [string, string, () => Record<string, unknown>][] = [
  ['care-in-future', 'general-practitioner', () => ({ ...body(10), careDate: '2030-01-01' })],
  ['care-too-old', 'general-practitioner', () => ({ ...body(10), careDate: '2023-01-01' })],
  ['act-not-for-profession', 'general-practitioner', () => body(10, glasses)],
  ['prescription-missing', 'pharmacist', () => body(10, [{ ...consultation, kind: 'drug', drugRate: 65 }])],
  [
    'prescription-after-care',
    'pharmacist',
    () =>
      body(10, [{ ...consultation, kind: 'drug', drugRate: 65 }], {
        prescription: { ...prescription, day: '2030-01-01' },
      }),
  ],
  ['engagement-unknown', 'optician', () => body(10, glasses, { prescription, engagement: 'AAAA-BBBB-CCCC' })],
  ['engagement-needed', 'optician', () => body(10, glasses, { prescription })],
  ['rights-closed', 'general-practitioner', () => body(50)],
  ['rights-closed', 'general-practitioner', () => body(51)],
  ['domain-not-covered', 'general-practitioner', () => body(53)],
  ['amounts-differ', 'general-practitioner', () => body(11, [consultation], { expectedCents: 901 })],
];
test.each(cases)('is rejected: %s, and says how to correct it (%s)', async (reason, profession, sent) => {
  const desk = await bench.openDesk(profession);
  const read = await bench.decided(desk, sent(), nextKey());
  expect(read).toMatchObject({ state: 'rejected', rejection: { reason } });
  const { correct } = read.rejection as unknown as { correct: { fr: string; en: string } };
  expect([correct.fr.endsWith('.'), correct.en.endsWith('.')]).toEqual([true, true]);
});

test('ten thousand in one call have an answer each; the same call again is answered as before', async () => {
  const desk = await bench.openDesk('general-practitioner');
  const claims: unknown[] = Array.from({ length: 300 }, (_none, at) =>
    body(20 + (at % 15), [{ ...consultation, priceCents: 3000 + at }]),
  );
  claims[7] = { nonsense: true };
  claims[8] = { ...body(20), birthDate: '1950-01-01' };
  const key = nextKey();
  const [first, second] = [
    await bench.post(desk, '/v1/claim-batches', { claims }, key),
    await bench.post(desk, '/v1/claim-batches', { claims }, key),
  ];
  expect(first.statusCode).toBe(200);
  const { answers } = first.json();
  expect(answers).toHaveLength(300);
  expect([answers[7].problem, answers[8].problem]).toEqual(['invalid-field', 'person-not-found']);
  expect(answers.filter(({ claim }: { claim?: string }) => claim !== undefined)).toHaveLength(298);
  const ids = (told: { answers: { claim?: string }[] }) => told.answers.map(({ claim }) => claim);
  expect(ids(second.json())).toEqual(ids(first.json()));
  await bench.explained();
  const page = (await bench.get(desk, '/v1/claims?state=accepted')).json();
  expect(page.claims).toHaveLength(50);
  const next = (await bench.get(desk, `/v1/claims?state=accepted&after=${page.next}`)).json();
  expect(next.claims[0].claim).not.toBe(page.claims[49].claim);
});

test('nothing of it is in clear in the database, or in the log', async () => {
  const tables = ['claim', 'quote', 'engagement', 'envelope'];
  for (const table of tables) {
    const rows = await database.owner`select to_jsonb(t)::text as row from claims.${database.owner(table)} t`;
    const text = rows.map(({ row }) => row).join('\n');
    for (const secret of [
      'Équilibre',
      'consultation',
      'Aides',
      '"F-1"',
      nirAt(5).slice(0, 13),
      '1984-05-17',
    ]) {
      expect([table, text.includes(secret), text.includes(Buffer.from(secret).toString('hex'))]).toEqual([
        ...[table, false, false],
      ]);
    }
  }
  const log = bench.lines.join('\n');
  for (const secret of [nirAt(5).slice(0, 13), 'Dupré-Secret']) expect(log.includes(secret)).toBe(false);
});
