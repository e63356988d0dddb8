import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Act, careKinds, lensClasses, type Shares } from './care.ts';
import type { Contract, Form } from './contract.ts';
import { adult, cases, paying } from './pay-for.cases.ts';
import { type Care, payFor } from './pay-for.ts';
import { NoRule } from './rules.ts';

const nothing = { used: new Map(), keptBefore: { participation: new Map(), franchise: new Map() } };
const practice = { sector: 1, optam: false } as const;
const sum = (shares: readonly Shares[], of: (one: Shares) => number) =>
  shares.reduce((total, one) => total + of(one), 0);
const complementaryOf = ({ complementary }: Shares) =>
  complementary.reduce((total, { cents }) => total + cents, 0);

function care(acts: readonly Act[], contracts: readonly Contract[], more: Partial<Care> = {}): Care {
  return { acts, contracts, practice, situation: adult, ...nothing, ...more };
}

test.each(cases)('$says', ({ acts, contracts = [], situation, optam, gross, net, complementary, person }) => {
  const { shares } = payFor(
    care(acts, contracts, {
      practice: { sector: optam === undefined ? 1 : 2, optam: optam ?? false },
      situation: { ...adult, ...situation },
    }),
  );
  expect({
    gross: sum(shares, (one) => one.mandatoryGross),
    net: sum(shares, (one) => one.mandatoryNet),
    complementary: sum(shares, complementaryOf),
    person: sum(shares, (one) => one.person),
  }).toEqual({ gross, net, complementary, person });
});

const visit: Act = {
  ...{ code: 'G', kind: 'consultation', day: '2026-02-02', quantity: 1, price: 6000, base: 3000 },
};
const pays = (form: Form, more: Partial<Contract> = {}) => [paying(form, more)];

describe('each form of guarantee, on 60.00 € with a base of 30.00 € and 21.00 € from the scheme', () => {
  test.each<[string, Form, number]>([
    [
      '200 % BR with the mandatory share',
      { form: 'percent-of-base', percent: 200, includesMandatory: true },
      3900,
    ],
    ['100 % BR on top of it', { form: 'percent-of-base', percent: 100, includesMandatory: false }, 3000],
    ['100 % TM', { form: 'percent-of-copayment', percent: 100 }, 900],
    ['50 % TM', { form: 'percent-of-copayment', percent: 50 }, 450],
    ['TM + 25 % BR', { form: 'copayment-and-percent-of-base', percent: 25 }, 1650],
    ['80 % FR', { form: 'percent-of-price', percent: 80, includesMandatory: true }, 2700],
    [
      '100 % FR, at most 150 % BR',
      { form: 'percent-of-price', percent: 100, includesMandatory: true, atMostPercentOfBase: 150 },
      2400,
    ],
    ['15.00 € an act', { form: 'amount', cents: 1500, per: 'act' }, 1500],
    ['20.00 € a year', { form: 'amount', cents: 2000, per: 'year' }, 2000],
    ['500.00 € a year, all that is left', { form: 'amount', cents: 50_000, per: 'year' }, 3900],
    ['1 % PMSS an act, more than is left', { form: 'percent-of-ceiling', percent: 1, per: 'act' }, 3900],
    ['real cost', { form: 'real-cost' }, 3900],
    ['100 % Santé of what is not of its basket', { form: 'full-cover' }, 0],
    ['nothing', { form: 'nothing' }, 0],
  ])('%s', (_says, form, cents) => {
    const { shares } = payFor(care([visit], pays(form)));
    expect(shares.map(complementaryOf)).toEqual([cents]);
  });
});

describe('what limits a guarantee', () => {
  const session: Act = { ...visit, code: 'OST', base: 0, price: 5000 };
  const three = { period: 'year', shared: 'person', acts: 3 } as const;
  const sessions = (used: number) => {
    const guarantee = { name: 'osteopathy', kinds: ['consultation'] as const, limit: three };
    const contract = paying(
      { form: 'nothing' },
      { guarantees: [{ ...guarantee, pays: { form: 'amount', cents: 2500, per: 'act' } }] },
    );
    const counters = new Map([['base/person/osteopathy', { acts: used, cents: used * 2500 }]]);
    return payFor(care([session, session], [contract], { used: counters }));
  };

  test('three sessions a year, two of them left, then one, then none', () => {
    expect(sessions(1).shares.map(complementaryOf)).toEqual([2500, 2500]);
    expect(sessions(2).shares.map(complementaryOf)).toEqual([2500, 0]);
    expect(sessions(3).shares.map(complementaryOf)).toEqual([0, 0]);
    expect(sessions(2).counters.get('base/person/osteopathy')).toEqual({ acts: 3, cents: 7500 });
  });

  test('an envelope that the family shares is counted under the family', () => {
    const limit = { period: 'year', shared: 'family', cents: 6000 } as const;
    const guarantee = {
      name: 'doctors',
      kinds: ['consultation'],
      pays: { form: 'real-cost' },
      limit,
    } as const;
    const contract = paying({ form: 'nothing' }, { guarantees: [guarantee] });
    const { shares, counters } = payFor(care([visit, visit], [contract]));
    expect(shares.map(complementaryOf)).toEqual([3900, 2100]);
    expect([...counters]).toEqual([['base/family/doctors', { acts: 2, cents: 6000 }]]);
  });

  test('while a person waits, something else is paid, to the day', () => {
    const waiting = { months: 3, meanwhile: { form: 'percent-of-copayment', percent: 100 } } as const;
    const guarantee = {
      name: 'doctors',
      kinds: ['consultation'],
      pays: { form: 'real-cost' },
      waiting,
    } as const;
    const contract = (since: string) => paying({ form: 'nothing' }, { since, guarantees: [guarantee] });
    const paid = (since: string) => payFor(care([visit], [contract(since)])).shares.map(complementaryOf);
    expect(paid('2025-11-03')).toEqual([900]);
    expect(paid('2025-11-02')).toEqual([3900]);
  });

  test('an option that has the base in it pays the difference, and one that has not pays on top', () => {
    const half: Form = { form: 'percent-of-base', percent: 150, includesMandatory: true };
    const base = paying({ form: 'percent-of-base', percent: 100, includesMandatory: true });
    const stacked = (includesBase: boolean) =>
      payFor(care([visit], [base, paying(half, { id: 'option', includesBase })])).shares.flatMap(
        ({ complementary }) => complementary.map(({ cents }) => cents),
      );
    expect(stacked(true)).toEqual([900, 1500]);
    expect(stacked(false)).toEqual([900, 2400]);
  });

  test('a guarantee for OPTAM pays sector 1 and OPTAM, and no others', () => {
    const guarantee = {
      name: 'OPTAM',
      kinds: ['consultation'],
      optam: true,
      pays: { form: 'real-cost' },
    } as const;
    const contract = paying({ form: 'nothing' }, { guarantees: [guarantee] });
    const paid = (sector: 1 | 2, optam: boolean) =>
      payFor(care([visit], [contract], { practice: { sector, optam } })).shares.map(complementaryOf);
    expect([paid(1, false), paid(2, true), paid(2, false)]).toEqual([[3900], [3900], [0]]);
  });
});

test('eight consultations of one day keep 8.00 €, and of the last euro of a year one', () => {
  const day = { ...visit, price: 3000 };
  const kept = (participation: ReadonlyMap<string, number>) => {
    const keptBefore = { participation, franchise: new Map() };
    return sum(payFor(care(Array(8).fill(day), [], { keptBefore })).shares, (one) => one.participation);
  };
  expect(kept(new Map())).toBe(800);
  expect(kept(new Map([['2026', 4900]]))).toBe(100);
});

const emergency: Act = { ...visit, kind: 'emergency-visit', price: 1000, base: 0 };
const lens: Act = { ...visit, kind: 'optical-lens' };
test.each<[string, Act, Act]>([
  ['a reduced charge', emergency, { ...emergency, reducedCharge: true }],
  ['the class of a lens', { ...lens, lensClass: 'simple' }, { ...lens, lensClass: 'complex' }],
])('acts that differ by %s alone take from a limit in an order of their own', (_says, one, other) => {
  const limit = { period: 'year', shared: 'person', cents: 1000 } as const;
  const guarantee = { name: 'all', kinds: [one.kind], pays: { form: 'real-cost' }, limit } as const;
  const contract = paying({ form: 'nothing' }, { guarantees: [guarantee] });
  const paid = (acts: readonly Act[]) => payFor(care(acts, [contract])).shares.map(complementaryOf);
  expect(paid([other, one])).toEqual(paid([one, other]).toReversed());
});

test('a day before the first figure is an error, and no guess', () => {
  expect(() => payFor(care([{ ...visit, day: '2016-12-31' }], []))).toThrow(NoRule);
});

test('each line says how it was counted, in French and in English', () => {
  const [shares] = payFor(care([visit], pays({ form: 'percent-of-copayment', percent: 100 }))).shares;
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  expect(shares?.why.map(({ fr, en }) => [plain(fr), en])).toEqual([
    ['AMO 70 % de 30,00 € = 21,00 €', 'AMO 70 % of 30.00 € = 21.00 €'],
    ['base, all care : 100 % du TM 9,00 € = 9,00 €', 'base, all care: 100 % of TM 9.00 € = 9.00 €'],
    ['reste à payer = 30,00 €', 'left to pay = 30.00 €'],
    [
      'retenu sur un remboursement ultérieur (participation forfaitaire) = 2,00 €',
      'kept from a later payment to the person = 2.00 €',
    ],
  ]);
});

const cents = fc.integer({ min: 0, max: 500_000 });
const days = fc
  .date({ min: new Date('2024-06-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyAct: fc.Arbitrary<Act> = fc.record({
  code: fc.constantFrom('A', 'B'),
  kind: fc.constantFrom(...careKinds),
  day: days,
  quantity: fc.integer({ min: 1, max: 5 }),
  price: cents,
  base: cents,
  drugRate: fc.constantFrom(100, 65, 30, 15),
  basket: fc.constantFrom('full', 'free'),
  lensClass: fc.constantFrom(...lensClasses),
  outOfPathway: fc.boolean(),
  forLongIllness: fc.boolean(),
  reducedCharge: fc.boolean(),
});
const percent = fc.integer({ min: 0, max: 400 });
const anyForm: fc.Arbitrary<Form> = fc.oneof(
  fc.record({
    form: fc.constant('percent-of-base' as const),
    percent,
    includesMandatory: fc.boolean(),
  }),
  fc.record({ form: fc.constant('percent-of-copayment' as const), percent }),
  fc.record({ form: fc.constant('copayment-and-percent-of-base' as const), percent }),
  fc.record({ form: fc.constant('percent-of-price' as const), percent, includesMandatory: fc.boolean() }),
  fc.record({ form: fc.constant('amount' as const), cents, per: fc.constantFrom('act', 'year') }),
  fc.record({
    form: fc.constant('percent-of-ceiling' as const),
    percent: fc.integer({ min: 0, max: 20 }),
    per: fc.constantFrom('day', 'two-years'),
  }),
  fc.record({ form: fc.constantFrom('real-cost' as const, 'full-cover' as const) }),
);
const anySituation = fc.record({
  birthDay: fc.constantFrom('1950-01-01', '2015-06-30'),
  scheme: fc.constantFrom('general' as const, 'alsace-moselle' as const),
  longIllness: fc.boolean(),
  maternity: fc.boolean(),
  workAccident: fc.boolean(),
  aid: fc.constantFrom(undefined, 'c2s' as const, 'ame' as const),
});
const anyCare: fc.Arbitrary<Care> = fc
  .record({
    acts: fc.array(anyAct, { minLength: 1, maxLength: 6 }),
    forms: fc.array(anyForm, { maxLength: 3 }),
    situation: anySituation,
    includesBase: fc.boolean(),
  })
  .map(({ acts, forms, situation: { aid, ...situation }, includesBase }) => {
    const contracts = forms.map((form, place) =>
      paying(form, { id: `contract ${place}`, includesBase: includesBase && place > 0 }),
    );
    return care(acts, contracts, { situation: aid === undefined ? situation : { ...situation, aid } });
  });

describe('whatever is invoiced', () => {
  test('every cent is paid by somebody, and nobody pays less than nothing', () => {
    fc.assert(
      fc.property(anyCare, (asked) => {
        payFor(asked).shares.forEach((one, place) => {
          const all = [one.mandatoryGross, complementaryOf(one), one.person];
          expect(all.reduce((total, part) => total + part, 0)).toBe(asked.acts[place]?.price);
          for (const part of [...all, one.mandatoryNet, one.participation, one.franchise]) {
            expect(Number.isSafeInteger(part) && part >= 0).toBe(true);
          }
          expect(one.mandatoryNet + one.participation + one.franchise).toBe(one.mandatoryGross);
        });
      }),
    );
  });

  test('the order of the lines changes no total, and no line that differs from the others', () => {
    fc.assert(
      fc.property(anyCare, (asked) => {
        const there = payFor(asked);
        const back = payFor({ ...asked, acts: asked.acts.toReversed() });
        expect(back.counters).toEqual(there.counters);
        expect(sum(back.shares, (one) => one.person)).toBe(sum(there.shares, (one) => one.person));
        const isDistinct = new Set(asked.acts.map((act) => JSON.stringify(act))).size === asked.acts.length;
        if (isDistinct) expect(back.shares.toReversed()).toEqual(there.shares);
      }),
    );
  });

  test('a better guarantee never pays less', () => {
    const better = (form: Form): Form => ('percent' in form ? { ...form, percent: form.percent + 10 } : form);
    fc.assert(
      fc.property(
        fc.array(anyAct, { maxLength: 6 }),
        anyForm,
        anySituation,
        (acts, form, { aid: _, ...one }) => {
          const paid = (with_: Form) =>
            sum(payFor(care(acts, [paying(with_)], { situation: one })).shares, complementaryOf);
          expect(paid(better(form))).toBeGreaterThanOrEqual(paid(form));
        },
      ),
    );
  });

  test('both languages show the same amounts, the last of them what the step came to', () => {
    const shown = (text: string, amounts: RegExp) =>
      [...text.matchAll(amounts)].map(([amount]) => Number(amount.replaceAll(/\D/g, '')));
    fc.assert(
      fc.property(anyCare, (asked) => {
        for (const { fr, en, cents } of payFor(asked).shares.flatMap(({ why }) => why)) {
          const inFrench = shown(fr, /\d[\d\u202f]*,\d\d\u00a0€/g);
          expect(inFrench, `${fr} | ${en}`).toEqual(shown(en, /\d+\.\d\d €/g));
          expect([fr.split('€').length - 1, en.split('€').length - 1]).toEqual(
            Array(2).fill(inFrench.length),
          );
          expect(inFrench.at(-1) ?? 0).toBe(cents);
        }
      }),
    );
  });

  test('a responsible contract never pays what is lost outside the pathway', () => {
    fc.assert(
      fc.property(anyAct, anyForm, (act, form) => {
        const [one] = payFor(care([act], [paying(form)])).shares;
        const lost = one?.why.find(({ rule }) => rule === 'out-of-pathway')?.cents ?? 0;
        expect(one?.person).toBeGreaterThanOrEqual(lost);
      }),
    );
  });
});
