import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClaimBench, equilibre, levant, nirAt, ponant } from '../../../../tests/claiming.ts';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { type Browser, signedInAs } from '../../../../tests/signing-in.ts';
import type { PreviewAnswer } from './plan-answers.ts';

let database: TestDatabase;
let bench: ClaimBench;
let agent: Awaited<ReturnType<typeof signedInAs>>;
let stranger: typeof agent;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new ClaimBench(database);
  await bench.start([
    ...Array.from({ length: 14 }, (_none, place) => ({ place })),
    // Of two insurers: what the other pays must not be told.
    { place: 30, contracts: [{}, { insurer: levant.id, plan: 'Levant +' }] },
  ]);
  // A database is made a demo before it has other accounts.
  await bench.openDesk('general-practitioner');
  agent = await signedInAs(bench.server, bench.keys, 'insurer-agent', { insurer: ponant.id });
  stranger = await signedInAs(bench.server, bench.keys, 'insurer-agent', { insurer: levant.id });
});
afterAll(async () => {
  await bench?.stop();
  await database?.drop();
});

const newer = equilibre.replace('from: 2024-01-01', 'from: 2035-01-01').replace('100 % BR', '130 % BR');
const document = (name: string, more = '') =>
  equilibre.replace('contract: Équilibre', `contract: ${name}`) + more;
const code = (answer: { json(): { code: string } }) => answer.json().code;
/** What the linter finds in the plan of the tests; its insurer says that it saw them. */
async function findingsOf(browser: Browser, text: string): Promise<string[]> {
  const { findings } = (await browser.post('/v1/plan-trials', { document: text })).json();
  return [...new Set(findings.map(({ name }: { name: string }) => name))] as string[];
}

describe('plans', () => {
  test('are listed with their versions, the newest first, and read as they were published', async () => {
    const accepts = await findingsOf(agent.browser, newer);
    const published = await agent.browser.post('/v1/plans', { document: newer, accepts });
    expect([published.statusCode, published.json()]).toEqual([
      201,
      { name: 'Équilibre', from: '2035-01-01', isRetroactive: false },
    ]);
    const again = newer.replace('130 % BR', '140 % BR');
    expect((await agent.browser.post('/v1/plans', { document: again, accepts })).statusCode).toBe(201);
    const { plans } = (await agent.browser.get('/v1/plans')).json();
    expect(plans[0].name).toBe('Équilibre');
    const versions = plans[0].versions.map((one: { from: string; isReplaced: boolean }) => [
      ...[one.from, one.isReplaced],
    ]);
    expect(versions).toEqual([
      ['2035-01-01', false],
      ['2035-01-01', true],
      ['2024-01-01', false],
    ]);
    expect(plans[0].versions[0].findings).toBeGreaterThan(0);
    const path = `/v1/plans/${encodeURIComponent('Équilibre')}`;
    expect((await agent.browser.get(path)).json().document).toBe(again);
    expect((await agent.browser.get(`${path}?from=2024-01-01`)).json().document).toBe(equilibre);
  });

  test('are told to nobody of another insurer, whoever asks and however', async () => {
    expect((await stranger.browser.get('/v1/plans')).json()).toEqual({ plans: [] });
    const path = `/v1/plans/${encodeURIComponent('Équilibre')}`;
    for (const url of [path, `${path}?from=2024-01-01`, '/v1/plans/None', '/v1/plans/a%00b']) {
      expect(code(await stranger.browser.get(url))).toBe('not-found');
    }
    expect(code(await agent.browser.get(`${path}?from=2024-02-30`))).toBe('not-found');
    expect((await agent.browser.get(`${path}?from=today`)).statusCode).toBe(422);
  });

  test('that cannot be read are refused with each place; nothing is kept', async () => {
    const before = await database.owner`select count(*)::int as plans from claims.plan`;
    const wrong = document('Neuf').replace('pays: 100 % BR', 'pays: beaucoup');
    const answer = await agent.browser.post('/v1/plans', { document: wrong });
    expect([answer.statusCode, answer.json().fields[0].field]).toEqual([422, 'document.guarantees.0.pays']);
    const nul = await agent.browser.post('/v1/plans', { document: document('Ne\u0000uf') });
    expect(nul.statusCode).toBe(422);
    expect((await agent.browser.post('/v1/plans', { document: '' })).statusCode).toBe(422);
    expect(await database.owner`select count(*)::int as plans from claims.plan`).toEqual(before);
  });

  test('with findings are published once each finding is accepted by its name', async () => {
    const text = document('Réfléchi');
    const names = await findingsOf(agent.browser, text);
    expect(names.length).toBeGreaterThan(1);
    const unseen = await agent.browser.post('/v1/plans', { document: text });
    expect([unseen.statusCode, code(unseen)]).toEqual([409, 'plan-has-findings']);
    const some = await agent.browser.post('/v1/plans', { document: text, accepts: names.slice(1) });
    expect(some.json().fields.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining([names[0]]),
    );
    const all = await agent.browser.post('/v1/plans', { document: text, accepts: names });
    expect(all.json()).toEqual({ name: 'Réfléchi', from: '2024-01-01', isRetroactive: true });
  });

  test('ask for a passkey used just now, and are published by whoever has the role alone', async () => {
    const text = document('Ancien', '').replace('responsible: yes', 'responsible: no');
    await database.owner`
      update access.session set created_at = now() - interval '6 minutes' where account = ${agent.account}`;
    expect(code(await agent.browser.post('/v1/plans', { document: text }))).toBe('passkey-needed');
    await agent.browser.signIn(agent.passkey);
    expect((await agent.browser.post('/v1/plans', { document: text })).statusCode).toBe(201);
    const officer = await signedInAs(bench.server, bench.keys, 'security-officer');
    expect(code(await officer.browser.post('/v1/plans', { document: text }))).toBe('forbidden');
    const [row] = await database.owner`select published_by as by from claims.plan where name = 'Ancien'`;
    expect(row?.by).toBe(agent.account);
  });

  test('of an administrator of the same insurer are the same', async () => {
    const at = { insurer: ponant.id };
    const { browser } = await signedInAs(bench.server, bench.keys, 'insurer-administrator', at);
    const { plans } = (await browser.get('/v1/plans')).json();
    expect(plans.map(({ name }: { name: string }) => name)).toContain('Équilibre');
  });
});

test('a trial says what is wrong and on which line, and keeps nothing', async () => {
  const before = await database.owner`select count(*)::int as plans from claims.plan`;
  const wrong = await agent.browser.post('/v1/plan-trials', {
    document: equilibre.replace('kinds: [optical-frame]', 'kinds: [frames]'),
  });
  expect(wrong.json()).toMatchObject({ plan: null, examples: [], problems: [{ line: 12 }] });
  const right = (await agent.browser.post('/v1/plan-trials', { document: equilibre })).json();
  expect(right.plan).toEqual({ name: 'Équilibre', from: '2024-01-01', responsible: true });
  expect(right.examples[0]).toMatchObject({
    example: 'consultation',
    shares: [{ mandatoryGrossCents: 2100, planCents: 900, personCents: 0 }],
  });
  expect(await database.owner`select count(*)::int as plans from claims.plan`).toEqual(before);
});

describe('a preview of last month', () => {
  const consultation = { code: 'G', kind: 'consultation', priceCents: 5000, baseCents: 3000 };
  const claimOf = (place: number, acts: unknown[]) => ({
    ...{ nir: nirAt(place), birthDate: '1984-05-17', careDate: bench.today, acts },
  });
  const preview = async (text: string, by = agent) => {
    const answer = await by.browser.post('/v1/plan-previews', { document: text });
    expect(answer.statusCode).toBe(200);
    return answer.json() as PreviewAnswer;
  };
  let keys = 0;
  const send = async (place: number, acts: unknown[], desk: Awaited<ReturnType<ClaimBench['openDesk']>>) => {
    const read = await bench.decided(desk, claimOf(place, acts), `preview-${++keys}`);
    expect(read.state).toBe('accepted');
  };

  test('of fewer than ten people tells nothing at all', async () => {
    const desk = await bench.openDesk('general-practitioner');
    for (let place = 0; place < 9; place += 1) await send(place, [consultation], desk);
    // Ten claims, and still nine people.
    await send(0, [{ ...consultation, priceCents: 5100 }], desk);
    const told = await preview(equilibre);
    expect(told).toMatchObject({
      ...{ isTooFew: true, kinds: [], peoplePayLess: null, peoplePayMore: null },
      all: { claims: 0, acts: 0, beforeCents: 0, afterCents: 0 },
    });
  });

  test('says in sums what the change would have paid, and for how many people', async () => {
    const desk = await bench.openDesk('general-practitioner');
    for (let place = 9; place < 13; place += 1) await send(place, [consultation], desk);
    const pharmacist = await bench.openDesk('pharmacist');
    const drug = { code: 'PH7', kind: 'drug', priceCents: 1000, baseCents: 1000, drugRate: 65 };
    const prescription = { rpps: '10101010101', day: '2026-01-02' };
    const body = { ...claimOf(2, [drug]), prescription };
    expect((await bench.decided(pharmacist, body, 'preview-drug')).state).toBe('accepted');
    const told = await preview(equilibre.replace('pays: 100 % BR', 'pays: 150 % BR'));
    // Fourteen visits at 9.00 €, then at 24.00 €, and one box of one person, which is never told alone.
    expect(told).toMatchObject({ isTooFew: false, isWhole: true, plan: 'Équilibre' });
    expect(told.kinds).toHaveLength(1);
    expect(told.kinds[0]).toMatchObject({ kind: 'other', acts: 15 });
    expect(told.all).toMatchObject({ claims: 15, beforeCents: 14 * 900 + 350, afterCents: 14 * 2400 + 350 });
    expect([told.peoplePayLess, told.peoplePayMore]).toEqual([13, 0]);
    const [row] = await database.owner`
      select count(*)::int as entries from ledger.entry where account = ${agent.account} and kind = 1`;
    expect(row?.entries).toBe(0);
  });

  test('that changes something for few people does not tell for how much', async () => {
    const told = await preview(
      `${equilibre}
  - { name: Prix, kinds: [transport], pays: 100 % BR }
`.replace('guarantees:\n', 'guarantees:\n  - { name: Rare, kinds: [drug], pays: rien }\n'),
    );
    expect(told.all).toMatchObject({ beforeCents: 14 * 900 + 350, afterCents: null });
    expect([told.peoplePayLess, told.peoplePayMore]).toEqual([0, null]);
  });

  test('is one at a time for an insurer: more would keep lookups waiting', async () => {
    const sent = await Promise.all(
      Array.from({ length: 4 }, () => agent.browser.post('/v1/plan-previews', { document: equilibre })),
    );
    const codes = sent.map(({ statusCode }) => statusCode);
    expect(new Set(codes)).toEqual(new Set([200, 429]));
    expect(code(sent.find(({ statusCode }) => statusCode === 429) as never)).toBe('preview-running');
    await preview(equilibre);
  });

  test('counts no claim of another plan, nor another insurer’s under the same name', async () => {
    const other = await preview(document('Jamais'));
    expect(other).toMatchObject({ isTooFew: false, all: { claims: 0 }, peoplePayLess: 0 });
    const strangers = await preview(equilibre, stranger);
    expect(strangers).toMatchObject({ isTooFew: false, all: { claims: 0 }, peoplePayLess: 0 });
  });
});

test('a contained account reads and changes nothing of plans', async () => {
  const at = { insurer: ponant.id };
  const { account, browser, passkey } = await signedInAs(bench.server, bench.keys, 'insurer-agent', at);
  await bench.server.ledger.setStanding({ account, standing: 'suspended', by: 0, reason: 'operator' });
  await browser.signIn(passkey);
  for (const url of ['/v1/plans', `/v1/plans/${encodeURIComponent('Équilibre')}`, '/v1/insurer-imports']) {
    expect(code(await browser.get(url))).toBe('account-suspended');
  }
  for (const url of ['/v1/plans', '/v1/plan-trials', '/v1/plan-previews']) {
    expect(code(await browser.post(url, { document: equilibre }))).toBe('account-suspended');
  }
});
