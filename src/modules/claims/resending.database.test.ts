import { afterAll, beforeAll, expect, test } from 'vitest';
import { ClaimBench, type Insured, nirAt } from '../../../tests/claiming.ts';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { fileOf, ImportBench } from '../../../tests/importing.ts';
import { openDesk } from '../../../world/desk.ts';
import { systemClock } from '../../platform/clock.ts';
import { allowanceFigures, erasePerson, findProfession } from '../rights/index.ts';

const ended = [{ onlineEnd: '2025-12-31' }];
const people: Insured[] = [
  ...Array.from({ length: 8 }, (_none, place) => ({ place, contracts: ended })),
  { place: 20 },
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

type Desk = Awaited<ReturnType<ClaimBench['openDesk']>>;
const consultation = { code: 'G', kind: 'consultation', priceCents: 3000, baseCents: 3000 };
let keys = 0;

/** A claim that was rejected since rights had ended. */
async function rejected(desk: Desk, place: number): Promise<string> {
  const body = {
    ...{ nir: nirAt(place), birthDate: '1984-05-17', careDate: bench.today, acts: [consultation] },
    reference: `F-${place}`,
  };
  const read = await bench.decided(desk, body, `resending-${++keys}`);
  expect(read).toMatchObject({ state: 'rejected', rejection: { reason: 'rights-closed' } });
  return String(read.claim);
}

/** The insurer corrects what it said: the rights go on. */
async function correctRights(place: number): Promise<void> {
  const insurer = Object.assign(new ImportBench(database), { keys: bench.keys });
  const line = {
    ...{ nir: nirAt(place), contractNumber: `C${place}-1-Équilibre`, memberNumber: `M${place}` },
    ...{ endsOn: '2027-12-31', domain: 'MEDG', level: '100%', plan: 'Équilibre' },
  };
  const { bad } = await insurer.import(fileOf([line]));
  expect(bad).toEqual([]);
}

async function resend(desk: Pick<Desk, 'account' | 'headers'>, ...claims: string[]) {
  const answer = await bench.post(desk as Desk, '/v1/claim-resends', { claims });
  expect(answer.statusCode).toBe(200);
  return answer.json().answers as { claim?: string; problem?: string }[];
}

/** The entries of an account, the oldest first. */
async function entriesOf(account: number) {
  return database.owner`
    select action, outcome, fields::text as fields, subject from ledger.entry
     where account = ${account} and kind = 1 order by actor_seq`;
}

test('a claim is accepted once its insurer corrected the rights, and no number is typed again', async () => {
  const desk = await bench.openDesk('general-practitioner');
  const claim = await rejected(desk, 0);
  await correctRights(0);
  const before = await entriesOf(desk.account);
  const [answer] = await resend(desk, claim);
  const read = await bench.decidedOf(desk, answer?.claim ?? '');
  expect(read).toMatchObject({
    ...{ state: 'accepted', replaces: claim, reference: 'F-0' },
    totals: { priceCents: 3000, complementaryCents: 900 },
  });
  // One entry, written before anything was told: the same person, with the plan that left.
  const [entry] = (await entriesOf(desk.account)).slice(before.length);
  expect(entry).toMatchObject({ action: 13, outcome: 1, subject: before[0]?.subject });
  expect((BigInt(entry?.fields) >> 39n) & 1n).toBe(1n);
  await bench.explained();
  expect((await bench.get(desk, '/v1/allowance')).json().charged).toBe(0);
});

test('sent again twice it is one, and still rejected while the insurer says the same', async () => {
  const desk = await bench.openDesk('general-practitioner');
  const claim = await rejected(desk, 1);
  const [first] = await resend(desk, claim);
  const [second] = await resend(desk, claim);
  expect(second?.claim).toBe(first?.claim);
  const read = await bench.decidedOf(desk, first?.claim ?? '');
  expect(read).toMatchObject({ state: 'rejected', rejection: { reason: 'rights-closed' } });
});

test('a colleague who never saw the person is charged for them, or refused if nothing is left', async () => {
  const desk = await bench.openDesk('general-practitioner');
  const [one, other] = [await rejected(desk, 2), await rejected(desk, 3)];
  const figures = allowanceFigures(findProfession('general-practitioner')?.figures ?? fail());
  const colleague = await openDesk(
    { db: bench.server.db, keys: bench.keys, ledger: bench.server.ledger },
    {
      ...{
        organisation: desk.organisation,
        profession: 'general-practitioner',
        holder: { name: 'Luc Vasseur' },
      },
      figures: { ...figures, cap: 1, openingBalance: 0 },
    },
  );
  const [first] = await resend(colleague, one);
  expect(first?.claim).toBeDefined();
  expect((await bench.get(colleague as Desk, '/v1/allowance')).json().left).toBe(0);
  const [second] = await resend(colleague, other);
  expect(second).toMatchObject({ problem: 'allowance-spent' });
  const kept = await database.owner`select 1 from claims.claim where replaces = ${other}::text::uuid`;
  expect(kept).toHaveLength(0);
});

test('what must be corrected, is another house’s, or is of somebody erased has its answer', async () => {
  const desk = await bench.openDesk('general-practitioner');
  const accepted = await bench.decided(
    desk,
    { nir: nirAt(20), birthDate: '1984-05-17', careDate: bench.today, acts: [consultation] },
    `resending-${++keys}`,
  );
  const others = await rejected(await bench.openDesk('general-practitioner'), 4);
  const gone = await rejected(desk, 5);
  const identity = { nir13: nirAt(5).slice(0, 13), birthDate: '19840517', birthRank: 1 };
  await erasePerson({ db: database.owner, keys: bench.keys }, identity, 'a test');
  const fine = await rejected(desk, 6);
  const answers = await resend(desk, String(accepted.claim), others, gone, fine);
  expect(answers.map(({ problem = 'none' }) => problem)).toEqual([
    ...['claim-not-resendable', 'not-found', 'person-not-found', 'none'],
  ]);
  const many = Array.from({ length: 101 }, (_none, at) => fine.replace(/^.{3}/, String(100 + at)));
  expect((await bench.post(desk, '/v1/claim-resends', { claims: many })).statusCode).toBe(422);
});

function fail(): never {
  throw new Error('no such profession');
}

test('a claim corrects a rejected one of its own house, and nobody else’s', async () => {
  const desk = await bench.openDesk('general-practitioner');
  const other = await bench.openDesk('general-practitioner');
  const claim = await rejected(desk, 7);
  const body = {
    ...{ nir: nirAt(7), birthDate: '1984-05-17', careDate: bench.today, acts: [consultation] },
    replaces: claim,
  };
  const before = (await entriesOf(other.account)).length;
  const refused = await bench.post(other, '/v1/claims', body, `replacing-${++keys}`);
  expect([refused.statusCode, refused.json()]).toMatchObject([422, { fields: [{ field: 'replaces' }] }]);
  expect(await entriesOf(other.account)).toHaveLength(before);
  const taken = await bench.post(desk, '/v1/claims', body, `replacing-${++keys}`);
  expect(taken.statusCode).toBe(201);
});
