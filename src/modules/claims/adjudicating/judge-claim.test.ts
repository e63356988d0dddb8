import { describe, expect, test } from 'vitest';
import type { PayingContract } from '../care/contracts-of-terms.ts';
import type { Terms } from '../care/terms.ts';
import type { Envelopes, Use } from '../envelopes/envelope.ts';
import type { Act } from '../guarantees/care.ts';
import type { SubmittedClaim } from '../submitting/claim.ts';
import { type ClaimToJudge, judgeClaim, type NamedEngagement } from './judge-claim.ts';
import { type Rejection, rejectionOf, rejections, rejectionWords } from './rejections.ts';
import { isImpossible, signalSet, signalsIn } from './signals.ts';

const today = '2026-06-15';
const visit: Act = { code: 'G', kind: 'consultation', day: today, quantity: 1, price: 3000, base: 3000 };
const frame: Act = { ...visit, code: 'MON', kind: 'optical-frame', price: 9000, base: 5, basket: 'free' };
const lens: Act = { ...frame, code: 'VER', kind: 'optical-lens', quantity: 2, price: 20_000 };
const aid: Act = { ...visit, code: 'AID', kind: 'hearing-aid', price: 95_000, base: 40_000, ear: 'left' };
const drug: Act = { ...visit, code: 'PH7', kind: 'drug', drugRate: 65 };

const contract: PayingContract = {
  ...{ id: '1.0', name: 'Équilibre', insurer: 1, household: 'aa', responsible: true, includesBase: false },
  since: '2020-01-01',
  guarantees: [
    {
      name: 'Soins',
      kinds: ['consultation', 'drug'],
      pays: { form: 'percent-of-base', percent: 100, includesMandatory: true },
    },
    {
      ...{ name: 'Lunettes', kinds: ['optical-frame', 'optical-lens'], pays: { form: 'real-cost' } },
      limit: { acts: 3, period: 'two-years', shared: 'person' },
    },
  ],
};
const covered: Terms = {
  ...{ reason: 'covered', afterDeath: false },
  contracts: [
    { ...{ insurer: 1, contract: 0, plan: 'Équilibre', since: '2020-01-01', household: 'aa' }, levels: [] },
  ],
};
const onAgreement: Terms = {
  ...covered,
  contracts: covered.contracts.map((one) => ({ ...one, levels: [['OPTI', 'PEC'] as const] })),
};
const empty: Envelopes = { person: [], households: new Map() };

function claim(acts: readonly Act[], more: Partial<SubmittedClaim> = {}, rest: Partial<ClaimToJudge> = {}) {
  const day = more.careDate ?? today;
  const situation = {
    ...{ birthDay: '1900-01-01', scheme: 'general', longIllness: false, maternity: false },
    workAccident: false,
  } as const;
  const care = {
    acts: acts.map((act) => ({ ...act, day })),
    practice: { sector: 1, optam: false },
    situation,
  };
  const submitted = { care, careDate: day, terms: covered, foreignActs: 0, ...more } as SubmittedClaim;
  return {
    ...{ id: 'claim', organisation: 7, submitted, receivedOn: today, today },
    ...{ contracts: [contract], envelopes: empty },
    ...{ hasTwin: false, isPaidElsewhere: false },
    ...rest,
  } as ClaimToJudge;
}

const prescription = { rpps: '10101010101', day: '2026-06-01' };
const promised = { ...claim([frame, lens]).submitted, contracts: [contract] };
const engagement = (more: Partial<NamedEngagement> = {}): NamedEngagement => ({
  ...{ number: 'N', state: 'open', expiresOn: '2026-08-01', isOfPerson: true },
  promised: { ...promised, told: { shares: [], payers: [] }, envelopes: { person: [], households: [] } },
  ...more,
});
const glasses = (more: Partial<NamedEngagement> | null, acts: readonly Act[] = [frame, lens]) =>
  claim(acts, { prescription }, { engagement: more === null ? null : engagement(more) });
const closed = (reason: Terms['reason']) => ({ terms: { ...covered, reason, contracts: [] } });
const used = (acts: number): Envelopes => {
  const use: Use = { by: 'x', counter: '1.0/person/Lunettes', day: '2025-06-16', acts, cents: 100 };
  return { person: [use], households: new Map() };
};

// reason, the claim that deserves it
const cases: [Rejection | null, ClaimToJudge][] = [
  ['care-in-future', claim([visit], { careDate: '2026-06-16' })],
  ['care-too-old', claim([visit], { careDate: '2024-06-14' })],
  [null, claim([visit], { careDate: '2024-06-15' })],
  ['act-not-for-profession', claim([visit], { foreignActs: 1 })],
  ['prescription-missing', claim([drug])],
  ['prescription-after-care', claim([drug], { prescription: { ...prescription, day: '2026-06-16' } })],
  ['duplicate', claim([visit], {}, { hasTwin: true })],
  ['engagement-unknown', glasses(null)],
  ['engagement-unknown', glasses({ isOfPerson: false })],
  ['engagement-cancelled', glasses({ state: 'cancelled' })],
  ['engagement-used', glasses({ state: 'used' })],
  ['engagement-expired', glasses({ expiresOn: '2026-06-14' })],
  [null, glasses({ expiresOn: today })],
  ['over-engagement', glasses({}, [frame, { ...lens, price: 20_001 }])],
  ['over-engagement', glasses({}, [frame, lens, lens])],
  [null, glasses({}, [frame])],
  ['rights-closed', claim([visit], closed('no-contract'))],
  ['rights-closed', claim([visit], closed('ended'))],
  ['rights-closed', claim([visit], closed('not-started'))],
  ['domain-not-covered', claim([visit], closed('domain-not-covered'))],
  ['engagement-needed', claim([frame], { prescription, terms: onAgreement })],
  [null, claim([visit], { terms: onAgreement })],
  ['renewal-too-early', claim([frame], { prescription }, { envelopes: used(3) })],
  [null, claim([frame], { prescription }, { envelopes: used(2) })],
  ['amounts-differ', claim([visit], { expectedCents: 901 })],
  [null, claim([visit], { expectedCents: 900 })],
];

test.each(cases)('%s', (reason, judged) => {
  expect(judgeClaim(judged).rejected).toBe(reason);
});

test('every reason is in the table, has a code of its own, and says how to correct it', () => {
  expect(new Set(cases.flatMap(([reason]) => reason ?? []))).toEqual(new Set(rejectionWords));
  expect(new Set(rejectionWords.map((word) => rejections[word].code)).size).toBe(rejectionWords.length);
  expect(rejectionWords.map((word) => rejectionOf(rejections[word].code))).toEqual(rejectionWords);
});

describe('a promise', () => {
  const hold: Use = { by: 'N', counter: '1.0/person/Lunettes', day: today, acts: 3, cents: 50_000 };

  test('is kept though rights ended since: what it needs of limits is held for it', () => {
    const judged = { ...glasses({}), envelopes: { ...empty, person: [hold] } };
    const ended = { ...judged, submitted: { ...judged.submitted, ...closed('ended') } };
    const verdict = judgeClaim(ended);
    expect([verdict.rejected, verdict.signals]).toEqual([null, ['care-outside-cover']]);
  });

  test('takes no more of limits than it holds, unless they have room', () => {
    const notHeld = (envelopes: Envelopes) => judgeClaim({ ...glasses({}), envelopes }).rejected;
    expect(notHeld(used(3))).toBe('over-engagement');
    expect(notHeld(empty)).toBe(null);
  });

  test('that came in on its last day is kept when it is decided after midnight', () => {
    const decidedOn = (day: string) =>
      judgeClaim({ ...glasses({ expiresOn: today }), today: day, envelopes: { ...empty, person: [hold] } });
    expect(decidedOn('2026-06-16').rejected).toBe(null);
    expect(decidedOn('2026-06-17').rejected).toBe('engagement-expired');
  });
});

describe('what an insurer looks at', () => {
  test.each<[readonly string[], ClaimToJudge]>([
    [[], claim([visit])],
    [['care-after-death'], claim([visit], { terms: { ...covered, afterDeath: true } })],
    [['care-outside-cover'], claim([visit], closed('ended'))],
    [['paid-elsewhere'], claim([visit], {}, { isPaidElsewhere: true })],
    [['impossible-combination'], claim([aid, aid], { prescription })],
  ])('%j, and blocks nothing by itself', (signals, judged) => {
    const verdict = judgeClaim(judged);
    expect(verdict.signals).toEqual(signals);
    expect(signalsIn(signalSet(verdict.signals))).toEqual(signals);
    expect(verdict.rejected === null).toBe(!signals.includes('care-outside-cover'));
  });

  test.each<[string, boolean, readonly Act[]]>([
    ['two consultations of one day', false, [visit, visit]],
    ['three', true, [visit, visit, visit]],
    ['one aid for each ear', false, [aid, { ...aid, ear: 'right' }]],
    ['two for one', true, [aid, aid]],
    ['glasses', false, [frame, lens]],
    ['four lenses for one frame', true, [frame, { ...lens, quantity: 4 }]],
    ['four lenses for two frames', false, [frame, frame, { ...lens, quantity: 4 }]],
    ['a stay, and drugs from town', true, [{ ...visit, kind: 'hospital-stay' }, drug]],
    ['private rooms for two years', true, [{ ...visit, kind: 'private-room', quantity: 700 }]],
  ])('%s: %s', (_says, impossible, acts) => {
    expect(isImpossible(acts)).toBe(impossible);
  });
});
