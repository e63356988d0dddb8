import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClaimBench, levant, nirAt, ponant } from '../../../../tests/claiming.ts';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { signedInAs } from '../../../../tests/signing-in.ts';
import type { Desk } from '../../../../world/desk.ts';
import { claimSignals } from '../adjudicating/signals.ts';

let database: TestDatabase;
let bench: ClaimBench;
type SignedIn = Awaited<ReturnType<typeof signedInAs>>;
let doctor: Desk & { organisation: number };
let agent: SignedIn;
let other: SignedIn;
let stranger: SignedIn;

const secret = 'Levant Secret';
beforeAll(async () => {
  database = await cloneDatabase();
  bench = new ClaimBench(database);
  await bench.start([
    ...Array.from({ length: 50 }, (_none, place) => ({ place })),
    { place: 60, deathDate: '2026-01-01' },
    // Of two insurers: neither may learn what the other pays.
    { place: 61, contracts: [{}, { insurer: levant.id, plan: secret, levels: { MEDG: '150%' } }] },
  ]);
  doctor = await bench.openDesk('general-practitioner');
  agent = await signedInAs(bench.server, bench.keys, 'insurer-agent', { insurer: ponant.id });
  other = await signedInAs(bench.server, bench.keys, 'insurer-agent', { insurer: levant.id });
  stranger = await signedInAs(bench.server, bench.keys, 'insurer-agent', { insurer: 77 });
});
afterAll(async () => {
  await bench?.stop();
  await database?.drop();
});

const many = { code: 'G', kind: 'consultation', quantity: 3, priceCents: 12_000, baseCents: 9000 };
const care = (place: number, acts: unknown[] = [many]) => ({
  ...{ nir: nirAt(place), birthDate: '1984-05-17', careDate: bench.today, acts },
});
let keys = 0;
async function flagged(place: number, acts?: unknown[], desk = doctor): Promise<string> {
  const read = await bench.decided(desk, care(place, acts), `review-${++keys}`);
  return String(read.claim);
}
const code = (answer: { json(): { code: string } }) => answer.json().code;
const page = async (by: SignedIn, after?: string) =>
  (await by.browser.get(`/v1/flagged-claims${after === undefined ? '' : `?after=${after}`}`)).json();
const of = (by: SignedIn, claim: string) => by.browser.get(`/v1/flagged-claims/${claim}`);
const why = { why: 'The person says that they were abroad' };

describe('a flagged claim', () => {
  test('is listed with its reason in both languages, and recorded before it is told', async () => {
    const claim = await flagged(0);
    const { claims } = await page(agent);
    expect(claims).toHaveLength(1);
    const { fr, en } = claimSignals['impossible-combination'];
    expect(claims[0]).toMatchObject({
      claim,
      told: {
        signals: [{ signal: 'impossible-combination', fr, en }],
        ...{ state: 'accepted', organisation: doctor.organisation, kinds: ['consultation'] },
        ...{ ownCents: 2700, seenAt: null, seenBy: null },
      },
    });
    const [entry] = await database.owner`
      select action, outcome, insurers::text as insurers, fields::text as fields from ledger.entry
       where account = ${agent.account} and kind = 1`;
    expect(entry).toMatchObject({ action: 15, outcome: 1, insurers: `{${ponant.id}}` });
  });

  test('is read whole: acts and this insurer’s amounts, and no name, number or birth date', async () => {
    const claim = await flagged(1);
    const answer = await of(agent, claim);
    expect(answer.headers['vigie-entry']).toMatch(/^\d+\/\d+$/);
    expect(answer.json()).toMatchObject({
      acts: [
        {
          ...{ code: 'G', quantity: 3, priceCents: 12_000, baseCents: 9000, mandatoryGrossCents: 6300 },
          own: [{ plan: 'Équilibre', cents: 2700 }],
        },
      ],
      contests: [],
    });
    expect(answer.json().history.map(({ state }: { state: string }) => state)).toEqual([
      ...['received', 'accepted'],
    ]);
    const text = answer.body;
    for (const hidden of [nirAt(1).slice(0, 13), '1984', 'Kerbrat', 'Anaïs', 'M1', 'Dupré', 'personCents']) {
      expect([hidden, text.includes(hidden)]).toEqual([hidden, false]);
    }
  });

  test('of a person whom the file says dead has that reason', async () => {
    const claim = await flagged(60, [{ ...many, quantity: 1 }]);
    const { signals } = (await of(agent, claim)).json();
    expect(signals.map(({ signal }: { signal: string }) => signal)).toEqual(['care-after-death']);
  });

  test('of two insurers tells each its own amounts alone', async () => {
    const claim = await flagged(61);
    const [ours, theirs] = [await of(agent, claim), await of(other, claim)];
    expect(ours.json().acts[0].own).toEqual([{ plan: 'Équilibre', cents: 2700 }]);
    expect(theirs.json().acts[0].own).toEqual([{ plan: secret, cents: 3000 }]);
    expect(ours.body).not.toMatch(/Levant|3000\b/);
    expect(theirs.body).not.toMatch(/Équilibre|Ponant|2700/);
    const listed = (await page(agent)).claims.find((one: { claim: string }) => one.claim === claim);
    expect(JSON.stringify(listed)).not.toMatch(/Levant|3000\b/);
    expect(listed.told.ownCents).toBe(2700);
    const rows = await database.owner`
      select insurers::text as insurers from ledger.entry where account = ${agent.account} and kind = 1`;
    expect(new Set(rows.map(({ insurers }) => insurers))).toEqual(new Set([`{${ponant.id}}`]));
  });

  test('is not there for another insurer, whatever is asked of it', async () => {
    const claim = await flagged(2);
    expect((await page(stranger)).claims).toEqual([]);
    for (const by of [stranger, other]) {
      expect(code(await of(by, claim))).toBe('not-found');
      expect(code(await by.browser.post(`/v1/flagged-claims/${claim}/seen`))).toBe('not-found');
      for (const what of ['contest', 'contest-withdrawal']) {
        expect(code(await by.browser.post(`/v1/claims/${claim}/${what}`, why))).toBe('not-found');
      }
    }
    const nothing = '00000000-0000-4000-8000-000000000000';
    expect(code(await of(agent, nothing))).toBe('not-found');
    expect(code(await of(agent, 'none'))).toBe('not-found');
  });

  test('that was looked at comes after the others, and says by whom', async () => {
    const claim = await flagged(3);
    expect((await page(agent)).claims[0].claim).toBe(claim);
    expect((await agent.browser.post(`/v1/flagged-claims/${claim}/seen`)).json()).toEqual({ done: true });
    await agent.browser.post(`/v1/flagged-claims/${claim}/seen`);
    const { claims } = await page(agent);
    expect(claims.at(-1)).toMatchObject({ claim, told: { seenBy: agent.account } });
    const colleague = await signedInAs(bench.server, bench.keys, 'insurer-agent', { insurer: ponant.id });
    await colleague.browser.post(`/v1/flagged-claims/${claim}/seen`);
    expect((await of(colleague, claim)).json().seenBy).toBe(agent.account);
  });
});

describe('an agent', () => {
  test('draws forty people, and what is looked at comes back, once each and twenty a day', async () => {
    const at = { insurer: ponant.id };
    const thief = await signedInAs(bench.server, bench.keys, 'insurer-agent', at);
    // As `vigie account invite` opens one; tests open every account as an optician's.
    await database.owner`
      update ledger.account set cap = 40, usual_per_day = 20, opening = 0, people_per_day_max = 114
       where account = ${thief.account}`;
    const desk = await bench.openDesk('general-practitioner');
    for (let place = 4; place < 50; place += 1) await flagged(place, undefined, desk);
    const claims: { claim: string; told: unknown }[] = [];
    for (let after: string | undefined; claims.length === 0 || after !== undefined; ) {
      const next = await page(thief, after);
      claims.push(...next.claims);
      after = next.next ?? undefined;
    }
    const told = claims.filter((one) => one.told !== null);
    expect([told.length, claims.length > 45]).toEqual([40, true]);
    const withheld = claims.find((one) => one.told === null)?.claim ?? '';
    const refused = await of(thief, withheld);
    expect([refused.statusCode, code(refused)]).toEqual([429, 'allowance-spent']);
    // Marking what was never told gives nothing back.
    await thief.browser.post(`/v1/flagged-claims/${withheld}/seen`);
    expect((await of(thief, withheld)).statusCode).toBe(429);
    for (const { claim } of told) await thief.browser.post(`/v1/flagged-claims/${claim}/seen`);
    for (const { claim } of told) await thief.browser.post(`/v1/flagged-claims/${claim}/seen`);
    const [row] = await database.owner`
      select charged from ledger.account where account = ${thief.account}`;
    expect(row?.charged).toBe(20);
  });

  test('who is suspended reads and changes nothing, at the next request', async () => {
    const at = { insurer: ponant.id };
    const { account, browser, passkey } = await signedInAs(bench.server, bench.keys, 'insurer-agent', at);
    const { claims } = (await browser.get('/v1/flagged-claims')).json();
    const claim = claims[0].claim;
    await bench.server.ledger.setStanding({ account, standing: 'suspended', by: 0, reason: 'operator' });
    await browser.signIn(passkey);
    const answers = [
      await browser.get('/v1/flagged-claims'),
      await browser.get(`/v1/flagged-claims/${claim}`),
      await browser.post(`/v1/flagged-claims/${claim}/seen`),
      await browser.post(`/v1/claims/${claim}/contest`, why),
      await browser.post(`/v1/claims/${claim}/contest-withdrawal`, why),
    ];
    expect(answers.map(code)).toEqual(answers.map(() => 'account-suspended'));
  });
});

describe('a contest', () => {
  const contest = (by: SignedIn, claim: string, what = 'contest', body: unknown = why) =>
    by.browser.post(`/v1/claims/${claim}/${what}`, body);

  test('is made with a reason, told to who sent the claim, and withdrawn by the same insurer', async () => {
    const claim = await flagged(61, [{ ...many, priceCents: 13_000 }]);
    expect((await contest(agent, claim)).json()).toEqual({ state: 'contested' });
    expect((await bench.get(doctor, `/v1/claims/${claim}`)).json().state).toBe('contested');
    expect((await contest(agent, claim)).json()).toEqual({ state: 'contested' });
    const read = (await of(agent, claim)).json();
    expect(read.contests).toMatchObject([{ what: 'contest', why: why.why, by: agent.account }]);
    // The other insurer sees how the claim stands, and not what this one was told.
    const theirs = await of(other, claim);
    expect([theirs.json().state, theirs.body.includes(why.why)]).toEqual(['contested', false]);
    expect(code(await contest(other, claim, 'contest-withdrawal'))).toBe('claim-not-contestable');
    expect((await contest(agent, claim, 'contest-withdrawal')).json()).toEqual({ state: 'accepted' });
    const after = (await of(agent, claim)).json();
    expect(after.contests.map(({ what }: { what: string }) => what)).toEqual(['contest', 'withdraw']);
    const states = after.history.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['received', 'accepted', 'contested', 'accepted']);
  });

  test('of what was not accepted is refused, and so is one without a reason', async () => {
    const claim = await flagged(0, [{ ...many, priceCents: 14_000 }]);
    expect((await contest(agent, claim, 'contest', {})).statusCode).toBe(422);
    // Nothing was contested: there is nothing to withdraw, and nothing is kept of it.
    expect((await contest(agent, claim, 'contest-withdrawal')).json()).toEqual({ state: 'accepted' });
    expect((await of(agent, claim)).json().contests).toEqual([]);
    await bench.post(doctor, `/v1/claims/${claim}/cancellation`);
    expect(code(await contest(agent, claim))).toBe('claim-not-contestable');
  });

  test('has its reason sealed, and nothing of it in the log', async () => {
    const rows = await database.owner`select to_jsonb(t)::text as row from claims.contest t`;
    const text = rows.map(({ row }) => row).join('\n');
    expect(rows.length).toBeGreaterThan(1);
    const secrets = [why.why, Buffer.from(why.why).toString('hex')];
    for (const each of secrets)
      expect([text.includes(each), bench.lines.join('').includes(each)]).toEqual([...[false, false]]);
  });

  test('is no business of administrators or of who sent the claim', async () => {
    const at = { insurer: ponant.id };
    const admin = await signedInAs(bench.server, bench.keys, 'insurer-administrator', at);
    const { claims } = await page(agent);
    expect(code(await contest(admin, claims[0].claim))).toBe('forbidden');
    expect(code(await admin.browser.get('/v1/flagged-claims'))).toBe('forbidden');
    expect(code(await bench.post(doctor, `/v1/claims/${claims[0].claim}/contest`, why))).toBe('forbidden');
  });
});
