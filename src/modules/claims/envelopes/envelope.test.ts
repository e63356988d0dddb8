import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PayingContract } from '../care/contracts-of-terms.ts';
import { type CareToPay, payCare } from '../care/pay-care.ts';
import { complementaryOf } from '../care/shares-answer.ts';
import type { Limit } from '../guarantees/contract.ts';
import { type Envelopes, type Use, usedBefore } from './envelope.ts';

function contractWith(limit: Limit, id = '1.0'): PayingContract {
  const pays = { form: 'real-cost' } as const;
  return {
    ...{ id, name: 'Plan', insurer: 1, household: 'aa', responsible: true, includesBase: false },
    ...{ since: '2020-01-01', guarantees: [{ name: 'Tout', kinds: ['device'], pays, limit }] },
  };
}

const use = (day: string, more: Partial<Use> = {}): Use => ({
  ...{ by: 'x', counter: '1.0/person/Tout', day, acts: 1, cents: 100, ...more },
});
const own = (...person: Use[]): Envelopes => ({ person, households: new Map() });
const actsUsed = (envelopes: Envelopes, period: Limit['period'], day: string, today = day) =>
  usedBefore(envelopes, [contractWith({ acts: 9, period, shared: 'person' })], { day, today }).get(
    '1.0/person/Tout',
  )?.acts;

describe('a period', () => {
  // period, day of the use, day of care, counted
  test.each<[Limit['period'], string, string, number]>([
    ['year', '2026-01-01', '2026-12-31', 1],
    ['year', '2025-12-31', '2026-01-01', 0],
    ['year', '2026-12-31', '2026-01-01', 1],
    ['two-years', '2024-06-15', '2026-06-15', 0],
    ['two-years', '2024-06-16', '2026-06-15', 1],
    ['two-years', '2028-06-14', '2026-06-15', 1],
    ['two-years', '2028-06-15', '2026-06-15', 0],
    ['four-years', '2022-06-15', '2026-06-15', 0],
    ['four-years', '2022-06-16', '2026-06-15', 1],
    ['two-years', '2024-02-29', '2026-02-28', 1],
    ['two-years', '2024-02-29', '2026-03-01', 0],
  ])('%s: used on %s, care on %s: %d', (period, usedOn, careDay, counted) => {
    expect(actsUsed(own(use(usedOn)), period, careDay)).toBe(counted);
  });

  test('what a promise holds is held a day longer than it can be used, for what came in in time', () => {
    const held = own(use('2026-06-01', { until: '2026-08-01' }));
    expect(actsUsed(held, 'year', '2026-06-15', '2026-08-02')).toBe(1);
    expect(actsUsed(held, 'year', '2026-06-15', '2026-08-03')).toBe(0);
  });

  test('a family’s limit is not used by another household, nor a person’s by their family', () => {
    const family = { acts: 9, period: 'year', shared: 'family' } as const;
    const counter = 'Plan/family/Tout';
    const on = { day: '2026-06-15', today: '2026-06-15' };
    const households = new Map([['aa', [use('2026-02-02', { counter })]]]);
    expect(usedBefore({ person: [], households }, [contractWith(family)], on).get(counter)?.acts).toBe(1);
    const other = { ...contractWith(family), household: 'bb' };
    expect(usedBefore({ person: [], households }, [other], on).get(counter)?.acts).toBe(0);
  });
});

test('however care comes, a limit is never exceeded, and what is taken is what was paid', () => {
  const day = fc.constantFrom('2026-02-02', '2026-07-07', '2026-12-31', '2027-01-01', '2028-02-01');
  const one = fc.record({
    day,
    price: fc.integer({ min: 1, max: 20_000 }),
    quantity: fc.integer({ min: 1, max: 3 }),
  });
  const limit = fc.record({
    cents: fc.integer({ min: 0, max: 30_000 }),
    acts: fc.integer({ min: 0, max: 6 }),
    period: fc.constantFrom<Limit['period']>('year', 'two-years', 'four-years'),
    shared: fc.constantFrom<Limit['shared']>('person', 'family'),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), limit, (days, limited) => {
      const contract = contractWith(limited);
      let envelopes: Envelopes = { person: [], households: new Map() };
      const paidInYear = new Map<string, number>();
      for (const [at, { day: careDate, price, quantity }] of days.entries()) {
        const paid = payCare({ ...care(careDate, price, quantity), contracts: [contract], envelopes });
        const taken = paid.takenUnder(`claim-${at}`);
        const told = paid.shares.reduce((sum, share) => sum + complementaryOf(share), 0);
        const uses = [...taken.person, ...(taken.households.get('aa') ?? [])].filter(({ counter }) =>
          counter.endsWith('Tout'),
        );
        expect(uses.reduce((sum, { cents }) => sum + cents, 0)).toBe(told);
        const year = careDate.slice(0, 4);
        paidInYear.set(year, (paidInYear.get(year) ?? 0) + told);
        envelopes = {
          person: [...envelopes.person, ...taken.person],
          households: new Map([
            ['aa', [...(envelopes.households.get('aa') ?? []), ...(taken.households.get('aa') ?? [])]],
          ]),
        };
      }
      for (const sum of paidInYear.values()) expect(sum).toBeLessThanOrEqual(limited.cents);
    }),
  );
});

function care(careDate: string, price: number, quantity: number): Omit<CareToPay, 'contracts' | 'envelopes'> {
  return {
    ...{ careDate, organisation: 7, today: careDate },
    care: {
      acts: [{ code: 'D', kind: 'device', day: careDate, quantity, price, base: 0 }],
      practice: { sector: 1, optam: false },
      situation: {
        ...{ birthDay: '1900-01-01', scheme: 'general', longIllness: false },
        ...{ maternity: false, workAccident: false },
      },
    },
  };
}
