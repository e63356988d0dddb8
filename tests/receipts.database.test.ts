import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRoutes } from '../src/compose.ts';
import { permissionTable, type Route } from '../src/modules/access/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { deskOrigin } from '../world/desk.ts';
import { ClaimBench, nirAt, ponant } from './claiming.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { signedInAs } from './signing-in.ts';

/**
 * Whatever tells of a person needs the ledger's receipt: without the statement that gives it, each such route
 * answers 503, and the same of everybody.
 */
type Bench = { readonly desk: Awaited<ReturnType<ClaimBench['openDesk']>> } & Record<
  'quote' | 'engaged' | 'visit' | 'ended' | 'engagement' | 'claim' | 'rejected',
  string
>;
type Asking = { readonly url: string; readonly body?: unknown };

const prescription = { rpps: '10101010101', day: '2026-01-02' };
const frame = { code: 'MON', kind: 'optical-frame', priceCents: 9_000, baseCents: 5, basket: 'free' };
const consultation = { code: 'G', kind: 'consultation', priceCents: 3000, baseCents: 3000 };
/** Covered; of another insurer's rights that ended; whom nobody knows. */
const places = [0, 1, 999];

let database: TestDatabase;
let bench: ClaimBench;
let own: Bench;
/** Of the insurer that pays, and with a reason to look at one claim. */
let agent: Awaited<ReturnType<typeof signedInAs>>;
let routes: Route[];
let keys = 0;
const nextKey = () => `receipt-${++keys}`;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new ClaimBench(database);
  await bench.start([{ place: 0 }, { place: 1, contracts: [{ onlineEnd: '2025-12-31' }] }]);
  const { db, ledger } = bench.server;
  const config = readConfig({ VIGIE_GUARD: 'off', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: deskOrigin });
  routes = createRoutes({ config, clock: systemClock, keys: bench.keys, db, ledger });
  own = await settle();
  agent = await signedInAs(bench.server, bench.keys, 'insurer-agent', { insurer: ponant.id });
  await database.owner`
    insert into claims.flagged (claim, insurer, signals, at) values (${own.claim}, ${ponant.id}, 4, now())`;
  await database.owner`revoke execute on function ledger.record from vigie_server`;
});
afterAll(async () => {
  await bench?.stop();
  await database?.drop();
});

const bodyOf = (place: number, acts: readonly unknown[] = [frame], more: object = {}) => ({
  ...{ nir: nirAt(place), birthDate: '1984-05-17', careDate: bench.today, acts },
  ...more,
});

/** Everything an optician may have of people while all is well. */
async function settle(): Promise<Bench> {
  const desk = await bench.openDesk('optician');
  const quoteOf = async (...of: Parameters<typeof bodyOf>) =>
    (await bench.post(desk, '/v1/quotes', bodyOf(...of))).json().quote as string;
  const quote = await quoteOf(0);
  const engaged = await quoteOf(0);
  const made = await bench.post(desk, `/v1/quotes/${engaged}/engagement`);
  const claim = await bench.decided(
    desk,
    bodyOf(0, [frame], { ...withNumber(made), prescription }),
    nextKey(),
  );
  const rejected = await bench.decided(desk, bodyOf(1, [frame], { prescription }), nextKey());
  expect([claim.state, rejected.state]).toEqual(['accepted', 'rejected']);
  return {
    ...{ desk, quote, engaged, engagement: made.json().engagement },
    ...{ visit: await quoteOf(0, [consultation]), ended: await quoteOf(1) },
    ...{ claim: String(claim.claim), rejected: String(rejected.claim) },
  };
}

function withNumber(made: { json(): { engagement: string } }) {
  return { engagement: made.json().engagement };
}

const lookup = (place: number) => {
  const { acts: _acts, ...person } = bodyOf(place);
  return { url: '/v1/coverage-lookups', body: { ...person, purpose: 'TREAT' } };
};

/** How each route that tells of a person is asked: of everybody, of all that there is. */
const asks: Record<string, () => Asking[]> = {
  'POST /v1/coverage-lookups': () => places.map(lookup),
  'POST /v1/quotes': () => places.map((place) => ({ url: '/v1/quotes', body: bodyOf(place) })),
  'POST /v1/quotes/{quote}/engagement': () =>
    [own.quote, own.engaged, own.visit, own.ended].map((quote) => ({
      url: `/v1/quotes/${quote}/engagement`,
    })),
  'GET /v1/engagements': () => [{ url: '/v1/engagements' }],
  'POST /v1/claims': () => places.map((place) => ({ url: '/v1/claims', body: bodyOf(place) })),
  'POST /v1/claim-batches': () => [
    ...places.map((place) => ({ url: '/v1/claim-batches', body: { claims: [bodyOf(place)] } })),
    { url: '/v1/claim-batches', body: { claims: places.map((place) => bodyOf(place)) } },
  ],
  'GET /v1/claims': () =>
    ['', '?state=accepted', '?state=rejected'].map((query) => ({ url: `/v1/claims${query}` })),
  'GET /v1/claims/{claim}': () => [own.claim, own.rejected].map((claim) => ({ url: `/v1/claims/${claim}` })),
  'POST /v1/claim-resends': () => [{ url: '/v1/claim-resends', body: { claims: [own.rejected] } }],
  'GET /v1/flagged-claims': () => [{ url: '/v1/flagged-claims' }],
  'GET /v1/flagged-claims/{claim}': () => [{ url: `/v1/flagged-claims/${own.claim}` }],
};

/** About people by their permission, and telling nothing of one; why. */
const silent: Record<string, string> = {
  'POST /v1/explanations': 'takes an entry of one’s own, and gives the allowance back',
  'POST /v1/engagements/{engagement}/cancellation': 'says that it is done',
  'POST /v1/claims/{claim}/cancellation': 'says that it is done, or that it cannot be',
  'POST /v1/claims/{claim}/contest': 'says that it is done, or that it cannot be',
  'POST /v1/claims/{claim}/contest-withdrawal': 'says that it is done, or that it cannot be',
  'POST /v1/flagged-claims/{claim}/seen': 'says that it is done',
};
const nameOf = ({ method, path }: Route) => `${method} ${path}`;

test('every route about people is known here: it needs a receipt, or tells nothing of them', () => {
  const aboutPeople = routes
    .filter(({ permission }) => permission !== 'none' && permissionTable[permission].about === 'people')
    .filter(({ permission }) => permission !== 'import')
    .map(nameOf);
  expect(aboutPeople.sort()).toEqual([...Object.keys(asks), ...Object.keys(silent)].sort());
});

describe('without the ledger', () => {
  test.each(Object.keys(asks))('%s answers 503, the same of everybody', async (name) => {
    const asked = asks[name]?.() ?? [];
    const told = await Promise.all(
      asked.map(async ({ url, body }) => {
        const get = (at: string) =>
          name.includes('flagged') ? agent.browser.get(at) : bench.get(own.desk, at);
        const answer = await (name.startsWith('GET') ? get(url) : send(url, body));
        const { requestId: _id, ...problem } = answer.json();
        const entry = Object.keys(answer.headers).filter((header) => header.startsWith('vigie-'));
        return { status: answer.statusCode, entry, problem };
      }),
    );
    const one = { status: 503, entry: [], problem: { ...told[0]?.problem, code: 'ledger-unavailable' } };
    expect(told).toEqual(asked.map(() => one));
  });

  test('nothing was kept of what was asked', async () => {
    const [kept] = await database.owner`
      select (select count(*)::int from claims.quote) as quotes,
          (select count(*)::int from claims.engagement) as engagements,
          (select count(*)::int from claims.claim) as claims`;
    expect(kept).toEqual({ quotes: 4, engagements: 1, claims: 2 });
  });

  test('what cancels tells nothing of a person', async () => {
    const answers = [
      await send(`/v1/engagements/${own.engagement}/cancellation`),
      await send(`/v1/claims/${own.rejected}/cancellation`),
      await send(`/v1/claims/${own.claim}/cancellation`),
    ];
    expect(answers.map((answer) => answer.json().code ?? answer.json())).toEqual([
      ...['engagement-used', 'claim-not-cancellable', { state: 'cancelled' }],
    ]);
    for (const { body } of answers) {
      for (const word of [nirAt(0).slice(0, 13), '1984', 'Ponant', 'Équilibre', 'MON']) {
        expect([word, body.includes(word)]).toEqual([word, false]);
      }
    }
  });
});

function send(url: string, body?: unknown) {
  return bench.post(own.desk, url, body, nextKey());
}
