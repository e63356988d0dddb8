import type { Act, Situation } from './care.ts';
import type { Contract, Form } from './contract.ts';
import type { Certainty } from './rules.ts';

/** One example: what is invoiced, and who pays it, in cents. */
export type Case = {
  readonly says: string;
  readonly source: string;
  readonly certainty: Certainty;
  readonly acts: readonly Act[];
  readonly situation?: Partial<Situation>;
  readonly contracts?: readonly Contract[];
  readonly optam?: boolean;
  readonly gross: number;
  readonly net: number;
  readonly complementary: number;
  /** Left at the counter. */
  readonly person: number;
};

/** An adult of the general scheme, of whom nothing else is known. */
export const adult: Situation = {
  birthDay: '1980-05-01',
  scheme: 'general',
  longIllness: false,
  maternity: false,
  workAccident: false,
};

/** A responsible contract that pays every kind of care in one way. */
export function paying(pays: Form, more: Partial<Contract> = {}): Contract {
  const { guarantees, ...rest } = more;
  const kinds = [
    ...(['consultation', 'technical-act', 'imaging', 'laboratory', 'paramedical', 'drug'] as const),
    ...(['dental-care', 'dental-prosthesis', 'optical-frame', 'optical-lens', 'hearing-aid'] as const),
    ...(['hospital-stay', 'daily-hospital-charge', 'emergency-visit', 'private-room'] as const),
  ];
  return {
    ...{ id: 'base', responsible: true, since: '2015-01-01', includesBase: false },
    guarantees: guarantees ?? [{ name: 'all care', kinds, pays }],
    ...rest,
  };
}

const percentOfBase = (percent: number): Form => ({
  form: 'percent-of-base',
  percent,
  includesMandatory: true,
});
const whole = [paying(percentOfBase(100))];
const realCost = [paying({ form: 'real-cost' })];
const fullCover = [paying({ form: 'full-cover' })];

function doctor(day: string, price: number, base: number, more: Partial<Act> = {}): Act {
  return { code: 'G', kind: 'consultation', day, quantity: 1, price, base, ...more };
}

const snds = { source: 'indsante/Documentation-SNDS, montant_soins_de_ville', certainty: 'sourced' } as const;
const press = (source: string) => ({ source, certainty: 'secondary' }) as const;
const derived = { source: 'from the rules of 2026', certainty: 'computed' } as const;
const glass = { quantity: 1, basket: 'full', day: '2026-05-04' } as const;
const each = (cents: number): Form => ({ form: 'amount', cents, per: 'act' });
const byClass: Contract['guarantees'] = [
  { name: 'complex', kinds: ['optical-lens'], lensClass: 'complex', pays: each(20_000) },
  { name: 'other lenses', kinds: ['optical-lens'], pays: each(12_000) },
];

/** The worked examples of the facts, in their order. */
export const cases: readonly Case[] = [
  {
    says: '1. a general practitioner in 2018, 2.00 € above the base',
    ...snds,
    acts: [doctor('2018-04-03', 2700, 2500)],
    ...{ gross: 1750, net: 1650, complementary: 0, person: 950 },
  },
  {
    says: '2. a general practitioner for a long illness',
    ...snds,
    acts: [doctor('2019-05-05', 2500, 2500, { forLongIllness: true })],
    situation: { longIllness: true },
    ...{ gross: 2500, net: 2400, complementary: 0, person: 0 },
  },
  {
    says: '3. a general practitioner with CMU-C: two lines, nothing left',
    ...snds,
    acts: [doctor('2017-06-12', 2500, 2500)],
    situation: { aid: 'c2s' },
    ...{ gross: 1750, net: 1750, complementary: 750, person: 0 },
  },
  {
    says: '4. a general practitioner in Alsace-Moselle, 70 and 20 %',
    ...snds,
    acts: [doctor('2018-03-04', 3000, 2500)],
    situation: { scheme: 'alsace-moselle' },
    ...{ gross: 2250, net: 2150, complementary: 0, person: 750 },
  },
  {
    // The source leaves the participation out; so does a stay.
    says: '5. a night visit of three lines, rounded line by line',
    ...snds,
    acts: [2500, 1906, 300].map((price) => doctor('2019-04-03', price, price, { inHospital: true })),
    ...{ gross: 3294, net: 3294, complementary: 0, person: 1412 },
  },
  {
    says: '6. a general practitioner, 30.00 €, 100 % BR',
    ...press('service-public F17042'),
    acts: [doctor('2026-02-02', 3000, 3000)],
    contracts: whole,
    ...{ gross: 2100, net: 1900, complementary: 900, person: 0 },
  },
  {
    says: '7. a gynaecologist of 2026',
    ...press('article of 2026 on fees'),
    acts: [doctor('2026-02-02', 4000, 4000)],
    contracts: whole,
    ...{ gross: 2800, net: 2600, complementary: 1200, person: 0 },
  },
  {
    says: '8. a general practitioner in May 2024',
    ...press('quechoisir'),
    acts: [doctor('2024-05-20', 2650, 2650)],
    ...{ gross: 1855, net: 1655, complementary: 0, person: 795 },
  },
  {
    says: '9. outside OPTAM, counted from 23.00 €',
    ...press('ag2r'),
    acts: [doctor('2022-03-01', 2500, 2300)],
    ...{ gross: 1610, net: 1510, complementary: 0, person: 890 },
  },
  {
    says: '10. a general practitioner when the participation was 1.00 €',
    ...press('several'),
    acts: [doctor('2022-03-01', 2500, 2500)],
    ...{ gross: 1750, net: 1650, complementary: 0, person: 750 },
  },
  {
    says: '11. a crown when the base was 107.50 €',
    ...press('123mutuelles'),
    acts: [{ ...doctor('2019-03-01', 40_000, 10_750), kind: 'dental-prosthesis' }],
    contracts: whole,
    ...{ gross: 7525, net: 7525, complementary: 3225, person: 29_250 },
  },
  {
    says: '12. outside the pathway: the increase stays with the person',
    ...derived,
    acts: [doctor('2026-02-02', 3000, 3000, { outOfPathway: true })],
    contracts: whole,
    ...{ gross: 900, net: 700, complementary: 900, person: 1200 },
  },
  {
    says: '13. for a long illness, with a contract that has nothing to pay',
    ...derived,
    acts: [doctor('2026-02-02', 3000, 3000, { forLongIllness: true })],
    situation: { longIllness: true },
    contracts: whole,
    ...{ gross: 3000, net: 2800, complementary: 0, person: 0 },
  },
  {
    says: '15. with C2S nothing is kept either',
    ...derived,
    acts: [doctor('2026-02-02', 3000, 3000)],
    situation: { aid: 'c2s' },
    ...{ gross: 2100, net: 2100, complementary: 900, person: 0 },
  },
  {
    says: '16. a minor: nothing is kept',
    ...derived,
    acts: [doctor('2026-02-02', 3000, 3000)],
    situation: { birthDay: '2010-05-01' },
    contracts: whole,
    ...{ gross: 2100, net: 2100, complementary: 900, person: 0 },
  },
  {
    says: '18. OPTAM, 60.00 € on a base of 40.00 €, 150 % BR',
    ...derived,
    acts: [doctor('2026-02-02', 6000, 4000)],
    contracts: [paying(percentOfBase(150))],
    optam: true,
    ...{ gross: 2800, net: 2600, complementary: 3200, person: 0 },
  },
  {
    says: '19. a crown of 100 % Santé',
    ...derived,
    acts: [{ ...doctor('2026-02-02', 50_000, 12_000), kind: 'dental-prosthesis', basket: 'full' }],
    contracts: fullCover,
    ...{ gross: 7200, net: 7200, complementary: 42_800, person: 0 },
  },
  {
    says: '21. descaling: the complement makes the sum exact',
    ...derived,
    acts: [{ ...doctor('2026-02-02', 2892, 2892), kind: 'dental-care' }],
    contracts: whole,
    ...{ gross: 1735, net: 1735, complementary: 1157, person: 0 },
  },
  {
    says: '23. glasses of class A, a frame and two lenses',
    source: 'from a base of 30 % of the price limit',
    certainty: 'unconfirmed',
    acts: [
      { code: 'frame', kind: 'optical-frame', price: 3000, base: 900, ...glass },
      { code: 'lens', kind: 'optical-lens', price: 3250, base: 975, ...glass },
      { code: 'lens', kind: 'optical-lens', price: 3250, base: 975, ...glass },
    ],
    contracts: fullCover,
    ...{ gross: 1710, net: 1710, complementary: 7790, person: 0 },
  },
  {
    says: '26. a stay without a costly act',
    ...derived,
    acts: [{ ...doctor('2026-02-02', 100_000, 100_000), kind: 'hospital-stay' }],
    ...{ gross: 80_000, net: 80_000, complementary: 0, person: 20_000 },
  },
  {
    says: '27. an emergency visit',
    ...derived,
    acts: [{ ...doctor('2026-03-02', 2300, 0), kind: 'emergency-visit' }],
    contracts: realCost,
    ...{ gross: 0, net: 0, complementary: 2300, person: 0 },
  },
  {
    says: '27. the same for a long illness: 9.96 €, whatever is invoiced',
    ...derived,
    acts: [996, 2300].map((price) => ({
      ...doctor('2026-03-02', price, 0, { reducedCharge: true }),
      kind: 'emergency-visit',
    })),
    contracts: realCost,
    ...{ gross: 0, net: 0, complementary: 1992, person: 1304 },
  },
  {
    says: '28. a box of a drug at 65 %',
    ...derived,
    acts: [{ ...doctor('2026-02-02', 1000, 1000), kind: 'drug', drugRate: 65 }],
    contracts: whole,
    ...{ gross: 650, net: 550, complementary: 350, person: 0 },
  },
  {
    says: '30. a price below the base',
    ...derived,
    acts: [doctor('2022-03-01', 2000, 2500)],
    ...{ gross: 1400, net: 1300, complementary: 0, person: 600 },
  },
  {
    says: 'cataract before 22 April 2026: 24.00 € instead of a share',
    ...derived,
    acts: [{ ...doctor('2026-04-21', 35_500, 27_170), kind: 'technical-act', inHospital: true }],
    ...{ gross: 24_770, net: 24_770, complementary: 0, person: 10_730 },
  },
  {
    says: 'cataract from that day on: 32.00 €',
    ...derived,
    acts: [{ ...doctor('2026-04-22', 35_500, 27_170), kind: 'technical-act', inHospital: true }],
    ...{ gross: 23_970, net: 23_970, complementary: 0, person: 11_530 },
  },
  {
    says: 'three days of the hospital charge, one more than the law knows of',
    ...derived,
    acts: [{ ...doctor('2026-03-02', 7000, 0), kind: 'daily-hospital-charge', quantity: 3 }],
    contracts: realCost,
    ...{ gross: 0, net: 0, complementary: 6900, person: 100 },
  },
  {
    says: 'two days in a psychiatric ward before 1 March 2026 and two from then on, 1.00 € too much each',
    ...press('quechoisir n174650: 15.00 €, then 17.00 €'),
    acts: (['2026-02-28', '2026-03-01'] as const).map((day, place) => ({
      ...doctor(day, 3200 + place * 400, 0, { reducedCharge: true, quantity: 2 }),
      kind: 'daily-hospital-charge',
    })),
    contracts: realCost,
    ...{ gross: 0, net: 0, complementary: 6400, person: 400 },
  },
  {
    says: 'lenses by their class: 200.00 € of a complex one, 120.00 € of others',
    ...derived,
    acts: (['complex', 'very-complex', undefined] as const).map((lensClass) => ({
      ...{ ...doctor('2026-05-04', 40_000, 5), kind: 'optical-lens', basket: 'free' },
      ...(lensClass === undefined ? {} : { lensClass }),
    })),
    contracts: [paying({ form: 'nothing' }, { guarantees: byClass })],
    ...{ gross: 9, net: 9, complementary: 44_000, person: 75_991 },
  },
];
