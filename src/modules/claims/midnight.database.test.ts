import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClaimBench, equilibre, nirAt, ponant } from '../../../tests/claiming.ts';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { auditClaims } from '../../../tests/simulation/claims-audit.ts';
import { type PlayedClock, playClock } from '../../../world/day/played-clock.ts';
import type { Desk } from '../../../world/desk.ts';
import { publishPlan } from './index.ts';

/** Days and years turn in Paris, and the day of care decides: the tests are in the order of their days. */
const full = `
contract: Entier
from: 2024-01-01
responsible: no
guarantees:
  - { name: Séjour, kinds: [daily-hospital-charge], pays: frais réels }
  - { name: Montures, kinds: [optical-frame], pays: frais réels, limit: { euros: "100.00", period: year } }
  - name: Prothèses
    kinds: [dental-prosthesis]
    pays: frais réels
    limit: { euros: "400.00", period: year }
`;
const levels = { HOSP: '100%', DEPR: '100%', OPTI: 'PEC' };
const entier = { contracts: [{ plan: 'Entier', levels }] };

let database: TestDatabase;
let played: PlayedClock;
let bench: ClaimBench;
let keys = 0;
const nextKey = () => `midnight-${++keys}`;

beforeAll(async () => {
  database = await cloneDatabase();
  // Paris: 28 February 2026, 22:59.
  played = await playClock(database.owner, { instantMs: Date.parse('2026-02-28T21:59:00Z'), months: 14 });
  bench = new ClaimBench(database, played.clock);
  await bench.start([
    ...Array.from({ length: 20 }, (_none, place) => ({ place })),
    ...[20, 21, 22, 23].map((place) => ({ place, ...entier })),
  ]);
  await publishPlan(database.server, { insurer: ponant.id, document: full, by: 0 });
});
afterAll(async () => {
  await bench?.stop();
  await database?.drop();
});

/** Moves to an instant of Paris, and stands there. */
async function goTo(day: string, time: string): Promise<void> {
  const asUtc = new Date(`${day}T${time}Z`);
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Paris',
    timeStyle: 'medium',
    dateStyle: 'short',
  });
  const ahead = Date.parse(`${shown.format(asUtc).replace(' ', 'T')}Z`) - asUtc.getTime();
  await played.standAt(asUtc.getTime() - ahead);
}

/** Claims that are sent now are decided later: not before `goTo` went beyond ten seconds. */
async function decideLater(isLater: boolean): Promise<void> {
  const wait = isLater ? "interval '10 seconds'" : "interval '0'";
  await database.owner.unsafe(`alter table claims.waiting alter due_at set default ledger.now() + ${wait}`);
}

type Totals = { readonly complementaryCents: number; readonly personCents: number };
type Read = {
  readonly state: string;
  readonly totals: Totals | null;
  readonly rejection: { reason: string } | null;
};

async function send(desk: Desk, sent: object): Promise<string> {
  const answer = await bench.post(desk, '/v1/claims', sent, nextKey());
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  return answer.json().claim;
}
const read = async (desk: Desk, claim: string) => (await bench.decidedOf(desk, claim)) as unknown as Read;

/** Sends each at one instant, and reads what they became after another one. */
async function across(from: [string, string], to: [string, string], sent: readonly [Desk, object][]) {
  await goTo(...from);
  await decideLater(true);
  const claims = [];
  for (const [desk, body] of sent) claims.push(await send(desk, body));
  await goTo(...to);
  await decideLater(false);
  return Promise.all(claims.map((claim, at) => read((sent[at] as [Desk, object])[0], claim)));
}

const prescription = { rpps: '10101010101', day: '2026-01-02' };
const body = (place: number, careDate: string, acts: readonly object[], more: object = {}) => ({
  ...{ nir: nirAt(place), birthDate: '1984-05-17', careDate, acts },
  ...more,
});
const consultation = { code: 'G', kind: 'consultation', priceCents: 3000, baseCents: 3000 };
const hospitalDay = { code: 'FJ', kind: 'daily-hospital-charge', priceCents: 2300, baseCents: 0 };
const frame = (priceCents = 9_000) => ({
  code: 'MON',
  kind: 'optical-frame',
  priceCents,
  baseCents: 0,
  basket: 'free',
});
const device = (priceCents: number) => ({ code: 'DIV1', kind: 'device', priceCents, baseCents: 0 });
const told = ({ state, totals, rejection }: Read) =>
  state === 'accepted'
    ? [state, totals?.complementaryCents, totals?.personCents]
    : [state, rejection?.reason];

async function engage(desk: Desk, sent: object): Promise<string> {
  const quote = (await bench.post(desk, '/v1/quotes', sent)).json();
  const made = await bench.post(desk, `/v1/quotes/${quote.quote}/engagement`);
  expect([made.statusCode, made.json().totals]).toEqual([201, quote.totals]);
  return made.json().engagement;
}
async function quoted(desk: Desk, sent: object): Promise<Totals> {
  return (await bench.post(desk, '/v1/quotes', sent)).json().totals;
}

describe('a rule that changes', () => {
  test('between care and claim, or between claim and decision: the day of care counts', async () => {
    const office = await bench.openDesk('hospital-admission');
    const [before] = await across(
      ['2026-02-28', '23:59:59'],
      ['2026-03-01', '00:00:30'],
      [[office, body(20, '2026-02-28', [hospitalDay])]],
    );
    // 20 € a day until then; 3 € are beyond it.
    expect(told(before as Read)).toEqual(['accepted', 2000, 300]);
    const late = await send(office, body(21, '2026-02-28', [hospitalDay]));
    const after = await send(office, body(20, '2026-03-01', [hospitalDay]));
    expect(told(await read(office, late))).toEqual(['accepted', 2000, 300]);
    expect(told(await read(office, after))).toEqual(['accepted', 2300, 0]);
  });

  test('years ago: one euro is kept of care of 14 May 2024, two of the next day', async () => {
    const desk = await bench.openDesk('general-practitioner');
    const kept = async (careDate: string) => {
      const claim = await send(desk, body(0, careDate, [consultation]));
      await read(desk, claim);
      return (await bench.get(desk, `/v1/claims/${claim}`)).json().shares[0].participationCents;
    };
    expect([await kept('2024-05-14'), await kept('2024-05-15')]).toEqual([100, 200]);
  });
});

describe('whether a claim came in time', () => {
  test('is said of the second it was sent in, not of its decision', async () => {
    const desk = await bench.openDesk('general-practitioner');
    const read = await across(
      ['2026-03-10', '23:59:59'],
      ['2026-03-11', '00:00:30'],
      [
        [desk, body(1, '2026-03-10', [consultation])],
        [desk, body(1, '2026-03-11', [consultation])],
        [desk, body(1, '2024-03-10', [consultation])],
        [desk, body(1, '2024-03-09', [consultation])],
      ],
    );
    expect(read.map(told)).toEqual([
      ['accepted', 900, 0],
      ['rejected', 'care-in-future'],
      ['accepted', 900, 0],
      ['rejected', 'care-too-old'],
    ]);
  });
});

describe('a promise', () => {
  test('is made of a quote until midnight of its last day', async () => {
    const desk = await bench.openDesk('optician');
    const quotes: { quote: string; validUntil: string }[] = [];
    for (const place of [2, 3]) {
      quotes.push((await bench.post(desk, '/v1/quotes', body(place, '2026-03-11', [frame()]))).json());
    }
    expect(quotes[0]?.validUntil).toBe('2026-03-25');
    const confirm = (at: number) => bench.post(desk, `/v1/quotes/${quotes[at]?.quote}/engagement`);
    await goTo('2026-03-25', '23:59:58');
    expect((await confirm(0)).statusCode).toBe(201);
    await goTo('2026-03-26', '00:00:01');
    const late = await confirm(1);
    expect([late.statusCode, late.json().code]).toEqual([409, 'cannot-be-engaged']);
    // What was confirmed stays confirmed.
    expect((await confirm(0)).statusCode).toBe(201);
  });

  test('is used until midnight of its last day, though decided later; then its hold is free', async () => {
    const desk = await bench.openDesk('optician');
    const day = '2026-03-26';
    const engagements: string[] = [];
    for (const place of [4, 5, 6]) engagements.push(await engage(desk, body(place, day, [frame()])));
    const claim = (place: number) =>
      body(place, day, [frame()], { engagement: engagements[place - 4], prescription });
    const { engagements: listed } = (await bench.get(desk, '/v1/engagements')).json();
    expect(listed[0].expiresOn).toBe('2026-05-25');
    const [inTime] = await across(['2026-05-25', '23:59:59'], ['2026-05-26', '00:00:30'], [[desk, claim(4)]]);
    expect(told(inTime as Read)).toEqual(['accepted', 9000, 0]);
    expect(told(await read(desk, await send(desk, claim(5))))).toEqual(['rejected', 'engagement-expired']);
    // A day longer: whatever came in before midnight has been decided by then.
    expect(await quoted(desk, body(6, '2026-05-26', [frame()]))).toMatchObject({ complementaryCents: 0 });
    await goTo('2026-05-27', '00:00:01');
    expect(await quoted(desk, body(6, '2026-05-27', [frame()]))).toMatchObject({ complementaryCents: 9000 });
    expect(await auditClaims({ owner: database.owner, keys: bench.keys })).toEqual([]);
  });

  test('that was not decided within a day after it expired is over: another may hold it', async () => {
    const desk = await bench.openDesk('optician');
    const engagement = await engage(desk, body(7, '2026-05-27', [frame()]));
    const promised = body(7, '2026-05-27', [frame()], { engagement, prescription });
    const [late] = await across(['2026-07-26', '23:59:59'], ['2026-07-28', '00:00:30'], [[desk, promised]]);
    expect(told(late as Read)).toEqual(['rejected', 'engagement-expired']);
  });
});

describe('a plan', () => {
  const version = (from: string, euros: number, frames = 'frais réels') =>
    equilibre
      .replace('2024-01-01', from)
      .replace('40 € / acte', `${euros} € / acte`)
      .replace('pays: frais réels\n    limit: { acts: 1', `pays: ${frames}\n    limit: { acts: 1`);
  const publish = (document: string) => publishPlan(database.server, { insurer: ponant.id, document, by: 0 });
  const dear = (careDate: string, place: number) => body(place, careDate, [device(9_900)], { prescription });

  test('published between care and claim holds from its day on, backwards too', async () => {
    const desk = await bench.openDesk('pharmacist');
    const decided = async (careDate: string, place: number) =>
      told(await read(desk, await send(desk, dear(careDate, place))));
    await goTo('2026-08-03', '09:00:00');
    expect(await decided('2026-08-03', 8)).toEqual(['accepted', 4000, 5900]);
    await decideLater(true);
    const waiting = await send(desk, dear('2026-08-02', 9));
    await decideLater(false);
    await publish(version('2026-08-01', 60));
    await goTo('2026-08-03', '10:00:00');
    expect(told(await read(desk, waiting))).toEqual(['accepted', 6000, 3900]);
    expect(await decided('2026-07-31', 10)).toEqual(['accepted', 4000, 5900]);
    expect(await decided('2026-08-01', 11)).toEqual(['accepted', 6000, 3900]);
    await publish(version('2026-08-05', 80));
    expect(await decided('2026-08-03', 12)).toEqual(['accepted', 6000, 3900]);
    await goTo('2026-08-05', '00:00:01');
    expect(await decided('2026-08-05', 13)).toEqual(['accepted', 8000, 1900]);
    // What was decided stays decided: the limit of the year has 60 € left for whoever had 40 €.
    expect(await decided('2026-08-05', 8)).toEqual(['accepted', 6000, 3900]);
  });

  test('that became worse changes no promise, and every quote', async () => {
    const desk = await bench.openDesk('optician');
    const day = '2026-08-05';
    const engagement = await engage(desk, body(14, day, [frame()]));
    await publish(version('2026-08-01', 60, '10 € / acte'));
    expect(await quoted(desk, body(15, '2026-08-04', [frame()]))).toMatchObject({ complementaryCents: 1000 });
    await publish(version('2026-08-05', 60, '10 € / acte'));
    const claim = await send(desk, body(14, day, [frame()], { engagement, prescription }));
    expect(told(await read(desk, claim))).toEqual(['accepted', 9000, 0]);
  });

  test('that cannot be read any more keeps nobody else waiting', async () => {
    const [desk, office] = [await bench.openDesk('pharmacist'), await bench.openDesk('hospital-admission')];
    await goTo('2026-09-01', '09:00:00');
    await decideLater(true);
    const poor = await send(desk, dear('2026-09-01', 16));
    const well = await send(office, body(22, '2026-09-01', [hospitalDay]));
    await database.owner`
      insert into claims.plan (insurer, name, from_day, document, published_by)
      values (${ponant.id}, 'Équilibre', '2026-09-01', 'contract: [', 0)`;
    await decideLater(false);
    await goTo('2026-09-01', '10:00:00');
    expect(told(await read(office, well))).toEqual(['accepted', 2300, 0]);
    expect((await bench.get(desk, `/v1/claims/${poor}`)).json().state).toBe('received');
    await publish(version('2026-09-01', 60));
    await goTo('2026-09-01', '11:00:00');
    expect(told(await read(desk, poor))).toEqual(['accepted', 6000, 3900]);
  });
});

describe('a limit of a year', () => {
  test('turns with the day of care, not with the day of the claim or of its decision', async () => {
    const desk = await bench.openDesk('pharmacist');
    const care = (careDate: string, priceCents: number) =>
      body(17, careDate, [device(priceCents)], { prescription });
    await goTo('2026-12-30', '09:00:00');
    const generous = equilibre.replace('2024-01-01', '2026-12-01').replace('40 € / acte', '60 € / acte');
    await publishPlan(database.server, { insurer: ponant.id, document: generous, by: 0 });
    expect(told(await read(desk, await send(desk, care('2026-12-30', 5_900))))).toEqual([
      'accepted',
      5900,
      0,
    ]);
    const [old, early] = await across(
      ['2026-12-31', '23:59:59'],
      ['2027-01-01', '00:00:30'],
      [
        [desk, care('2026-12-31', 5_901)],
        [desk, care('2026-12-29', 5_902)],
      ],
    );
    expect(told(old as Read)).toEqual(['accepted', 4100, 1801]);
    expect(told(early as Read)).toEqual(['accepted', 0, 5902]);
    expect(told(await read(desk, await send(desk, care('2027-01-01', 5_903))))).toEqual([
      'accepted',
      5903,
      0,
    ]);
    expect(told(await read(desk, await send(desk, care('2026-12-28', 5_904))))).toEqual([
      'accepted',
      0,
      5904,
    ]);
  });

  test('is not passed by a promise of the year before', async () => {
    const desk = await bench.openDesk('optician');
    await goTo('2027-01-02', '09:00:00');
    const engagement = await engage(desk, body(20, '2026-12-20', [frame(10_000)]));
    const other = await engage(desk, body(20, '2027-01-02', [frame(9_000)]));
    const used = body(20, '2027-01-02', [frame(9_000)], { engagement: other, prescription });
    expect(told(await read(desk, await send(desk, used)))).toEqual(['accepted', 9000, 0]);
    const moved = body(20, '2027-01-01', [frame(10_000)], { engagement, prescription });
    expect(told(await read(desk, await send(desk, moved)))).toEqual(['rejected', 'over-engagement']);
    const small = body(20, '2027-01-01', [frame(1_000)], { engagement, prescription });
    expect(told(await read(desk, await send(desk, small)))).toEqual(['accepted', 1000, 0]);
  });

  test('is not passed by care that says less of the mandatory scheme than was promised', async () => {
    const desk = await bench.openDesk('dentist');
    const crown = (priceCents: number, baseCents: number) => ({
      ...{ code: 'HBLD036', kind: 'dental-prosthesis', priceCents, baseCents, basket: 'free' },
    });
    const day = '2027-01-01';
    const engagement = await engage(desk, body(21, day, [crown(30_000, 12_000)]));
    // 228 € are promised: 172 € of 400 € are left.
    const rest = await engage(desk, body(21, day, [crown(40_000, 0)]));
    const using = (name: string, act: object) => body(21, day, [act], { engagement: name });
    expect(told(await read(desk, await send(desk, using(rest, crown(40_000, 0)))))).toEqual([
      ...['accepted', 17_200, 22_800],
    ]);
    expect(told(await read(desk, await send(desk, using(engagement, crown(30_000, 0)))))).toEqual([
      ...['rejected', 'over-engagement'],
    ]);
    expect(told(await read(desk, await send(desk, using(engagement, crown(30_000, 12_000)))))).toEqual([
      ...['accepted', 22_800, 0],
    ]);
  });
});

test('fifty promises of one instant, and more, are all listed, each once', async () => {
  const desk = await bench.openDesk('optician');
  await goTo('2027-01-05', '09:00:00');
  const made = [];
  // Each quote is one promise.
  for (let at = 0; at < 53; at += 1) made.push(await engage(desk, body(18, '2027-01-05', [frame(100 + at)])));
  const first = (await bench.get(desk, '/v1/engagements')).json();
  const rest = (await bench.get(desk, `/v1/engagements?after=${first.next}`)).json();
  const numbers = [...first.engagements, ...rest.engagements].map(({ engagement }) => engagement);
  expect([first.engagements.length, rest.next]).toEqual([50, null]);
  expect(numbers.sort()).toEqual(made.sort());
});
