import { describe, expect, test } from 'vitest';
import { type Act, lintContract, payFor, readContract } from '../src/modules/claims/index.ts';
import { readPeople } from '../src/modules/rights/people/people-file.ts';
import { type DemoFormula, type DemoInsurer, insurers } from './insurers.ts';
import { people } from './people.ts';
import { plansOf } from './plans.ts';

const every = insurers.flatMap((insurer) => plansOf(insurer));
const documents = new Map(every.map(({ name, document }) => [name, document]));
const [insurer] = insurers as readonly [DemoInsurer];
const [access, balanced, high, hospital] = insurer.formulas as readonly [
  DemoFormula,
  DemoFormula,
  DemoFormula,
  DemoFormula,
];

test('every plan is read under its name, and nothing is found in it, then and since', () => {
  expect(every).toHaveLength(72);
  expect(documents.size).toBe(72);
  for (const { name, document } of every) {
    const version = readContract(document);
    expect(version.contract.id).toBe(name);
    for (const from of [version.from, '2025-01-01', '2026-06-01']) {
      expect(lintContract({ ...version, from }), `${name}, ${from}`).toEqual([]);
    }
    expect(readPeople.plan(name)).toEqual({ value: name });
  }
});

test('formulas and their documents agree on who is responsible; an option has its base in it', () => {
  for (const { formulas, option } of insurers) {
    for (const { plan, responsible } of [...formulas, option]) {
      const { contract } = readContract(documents.get(plan) ?? '');
      expect([plan, contract.responsible]).toEqual([plan, responsible]);
      expect([plan, contract.includesBase]).toEqual([plan, plan === option.plan]);
    }
  }
});

test('every contract names a plan of its insurer, and has the domains of its formula', () => {
  const codesOf = ({ domains }: Pick<DemoFormula, 'domains'>) => domains.map(({ code }) => code).join(' ');
  const own = new Map(
    insurers.map(({ id, formulas, option }) => [
      id,
      new Map([...formulas, option].map((formula) => [formula.plan, codesOf(formula)])),
    ]),
  );
  const named = new Set<string>();
  for (const { contracts } of people(1, 20_000, '2026-06-15')) {
    for (const contract of contracts) {
      named.add(contract.plan);
      if (own.get(contract.insurer)?.get(contract.plan) !== codesOf(contract)) expect.fail(contract.plan);
    }
  }
  // The smallest insurers have few people: nearly all plans are somebody's.
  expect(named.size).toBeGreaterThan(60);
  expect([...named].every((plan) => documents.has(plan))).toBe(true);
});

/** What the mandatory scheme and these plans pay together of an act, in cents. */
function paid(plans: readonly DemoFormula[], act: Partial<Act>, optam = true): number {
  const usual = { code: 'X', kind: 'consultation', day: '2026-06-15', quantity: 1 } as const;
  const { shares } = payFor({
    acts: [{ ...usual, price: 1_000_000, base: 10_000, ...act }],
    practice: { sector: 2, optam },
    situation: { birthDay: '1980-01-01', scheme: 'general', ...noOther },
    contracts: plans.map(({ plan }) => ({
      ...readContract(documents.get(plan) ?? '').contract,
      since: '2020-01-01',
    })),
    ...{ used: new Map(), keptBefore: { participation: new Map(), franchise: new Map() } },
  });
  return (act.price ?? 1_000_000) - (shares[0]?.person ?? 0);
}

const noOther = { longIllness: false, maternity: false, workAccident: false } as const;

describe('what cards print is what documents pay', () => {
  test.each([
    ['MEDS', 'consultation'],
    ['MEDS', 'technical-act'],
    ['RADL', 'imaging'],
    ['LABO', 'laboratory'],
    ['INF', 'paramedical'],
    ['TRAN', 'transport'],
    ['LPP', 'device'],
    ['DESO', 'dental-care'],
  ] as const)('%s, as %s', (code, kind) => {
    for (const formula of [access, balanced, high]) {
      const level = Number.parseInt(formula.domains.find((each) => each.code === code)?.level ?? '', 10);
      expect([formula.plan, paid([formula], { kind })]).toEqual([formula.plan, level * 100]);
    }
  });

  test('a private room, and orthodontics where the card has them', () => {
    const room = { kind: 'private-room', base: 0, quantity: 2 } as const;
    expect([access, balanced, high, hospital].map((each) => paid([each], room))).toEqual([
      0, 10_000, 18_000, 10_000,
    ]);
    const brace = { kind: 'dental-prosthesis', code: 'TO' } as const;
    expect([balanced, high].map((each) => paid([each], brace))).toEqual([20_000, 30_000]);
  });

  test('doctors who do not limit their fees are paid 20 points less, never less than the base', () => {
    expect([access, balanced, high].map((each) => paid([each], {}, false))).toEqual([10_000, 11_000, 18_000]);
  });

  test('in hospital only, nothing is paid in town', () => {
    const rate = { consultation: 7_000, laboratory: 6_000 } as const;
    for (const [kind, cents] of Object.entries(rate)) {
      expect(paid([hospital], { kind: kind as keyof typeof rate })).toBe(cents);
    }
    expect(paid([hospital], { kind: 'daily-hospital-charge', price: 2_300, base: 0 })).toBe(2_300);
  });
});

test('glasses and hearing aids stay below what a responsible contract may pay, also for a child', () => {
  const frame = { kind: 'optical-frame', basket: 'free', base: 5 } as const;
  const lens = { kind: 'optical-lens', basket: 'free', base: 5 } as const;
  const ear = (base: number) => ({ kind: 'hearing-aid', basket: 'free', base }) as const;
  for (const formula of [access, balanced, high]) {
    expect(paid([formula], frame)).toBeLessThanOrEqual(10_000);
    // The lowest ceiling of the law, for simple lenses with their frame.
    expect(paid([formula], frame) + 2 * paid([formula], lens)).toBeLessThanOrEqual(42_000);
    for (const base of [40_000, 140_000]) expect(paid([formula], ear(base))).toBeLessThanOrEqual(170_000);
  }
});

test('an option raises what its formula pays to its own amounts, and adds nothing to them', () => {
  const frame = { kind: 'optical-frame', basket: 'free', base: 5 } as const;
  const room = { kind: 'private-room', base: 0 } as const;
  for (const formula of [access, balanced, high]) {
    const both = [formula, insurer.option];
    expect(paid(both, frame)).toBe(15_003);
    expect(paid(both, room)).toBe(9_000);
    expect(paid(both, { kind: 'dental-prosthesis', basket: 'free' })).toBe(40_000);
  }
});
