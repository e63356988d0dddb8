import { describe, expect, test } from 'vitest';
import { type Act, type Situation, type StepRule, stepRules } from './care.ts';
import type { Contract, Form, Limit } from './contract.ts';
import { adult, paying } from './pay-for.cases.ts';
import { payFor } from './pay-for.ts';

type Tried = {
  readonly act?: Partial<Act>;
  readonly situation?: Partial<Situation>;
  readonly contracts?: readonly Contract[];
};
type Row = Tried & {
  readonly rule: StepRule;
  readonly fr: string;
  readonly en: string;
  readonly cents: number;
};

const usual: Act = {
  ...{ code: 'G', kind: 'consultation', day: '2026-05-04', quantity: 1, price: 6000, base: 3000 },
};

/** The steps of one rule, with plain spaces for those at which French breaks no line. */
function stepsOf(rule: StepRule, { act, situation, contracts = [] }: Tried) {
  const { shares } = payFor({
    ...{ acts: [{ ...usual, ...act }], contracts, practice: { sector: 1, optam: false } },
    situation: { ...adult, ...situation },
    ...{ used: new Map(), keptBefore: { participation: new Map(), franchise: new Map() } },
  });
  return shares
    .flatMap(({ why }) => why)
    .filter((step) => step.rule === rule)
    .map((step) => ({ ...step, fr: step.fr.replaceAll(/[\u00a0\u202f]/g, ' ') }));
}

function limited(limit: Partial<Limit>): Contract {
  const guarantee = { name: 'médecins', kinds: ['consultation'], pays: { form: 'real-cost' } } as const;
  const yearly = { ...guarantee, limit: { period: 'year', shared: 'person', ...limit } } as const;
  return paying({ form: 'nothing' }, { name: 'Aubépine', guarantees: [yearly] });
}

/** A row for each rule, in their order: care that it is applied to, and what it says of it. */
const rows: readonly Row[] = [
  {
    rule: 'mandatory',
    fr: 'AMO 70 % de 30,00 € = 21,00 €',
    en: 'AMO 70 % of 30.00 € = 21.00 €',
    cents: 2100,
  },
  {
    rule: 'local',
    situation: { scheme: 'alsace-moselle' },
    fr: 'régime local 20 % de 30,00 € = 6,00 €',
    en: 'local scheme 20 % of 30.00 € = 6.00 €',
    cents: 600,
  },
  {
    rule: 'out-of-pathway',
    act: { outOfPathway: true },
    fr: 'hors parcours : 40 % de 30,00 € non remboursés = 12,00 €',
    en: '40 % of 30.00 €, not paid back = 12.00 €',
    cents: 1200,
  },
  {
    rule: 'costly-act',
    act: { kind: 'technical-act', price: 150_000, base: 127_170 },
    fr: 'forfait acte lourd à la place du TM sur 1 271,70 € = 32,00 €',
    en: 'fixed participation instead of a share of 1271.70 € = 32.00 €',
    cents: 3200,
  },
  {
    rule: 'contract',
    contracts: [paying({ form: 'percent-of-base', percent: 150, includesMandatory: true })],
    fr: 'base, all care : 150 % BR de 30,00 € moins AMO 21,00 € = 24,00 €',
    en: 'base, all care: 150 % BR of 30.00 € less AMO 21.00 € = 24.00 €',
    cents: 2400,
  },
  {
    rule: 'limit',
    contracts: [limited({ cents: 1000 })],
    fr: 'Aubépine, ce que laisse la limite = 10,00 €',
    en: 'Aubépine, what its limit leaves = 10.00 €',
    cents: 1000,
  },
  {
    rule: 'limit-acts',
    contracts: [limited({ acts: 0 })],
    fr: 'Aubépine, ce que laisse la limite = 0,00 €',
    en: 'Aubépine, what its limit leaves = 0.00 €',
    cents: 0,
  },
  { rule: 'c2s', situation: { aid: 'c2s' }, fr: 'C2S = 9,00 €', en: 'C2S = 9.00 €', cents: 900 },
  { rule: 'person', fr: 'reste à payer = 39,00 €', en: 'left to pay = 39.00 €', cents: 3900 },
  {
    rule: 'participation',
    fr: 'retenu sur un remboursement ultérieur (participation forfaitaire) = 2,00 €',
    en: 'kept from a later payment to the person = 2.00 €',
    cents: 200,
  },
  {
    rule: 'franchise',
    act: { kind: 'drug', drugRate: 65, price: 1000, base: 1000 },
    fr: 'retenu sur un remboursement ultérieur (franchise médicale) = 1,00 €',
    en: 'kept from a later payment to the person = 1.00 €',
    cents: 100,
  },
];

test.each(rows)('$rule is told in French and in English', ({ rule, fr, en, cents, ...tried }) => {
  expect(stepsOf(rule, tried)).toEqual([{ rule, fr, en, cents }]);
});

test('there is no rule without a row', () => {
  expect(rows.map(({ rule }) => rule)).toEqual(stepRules);
});

test.each<[string, string, Tried]>([
  ['accident du travail', 'work accident', { situation: { workAccident: true } }],
  ['maternité', 'maternity', { situation: { maternity: true } }],
  [
    ...(['affection de longue durée (ALD)', 'long illness (ALD)'] as const),
    { situation: { longIllness: true }, act: { forLongIllness: true } },
  ],
  ['aide médicale de l’État (AME)', 'state medical aid (AME)', { situation: { aid: 'ame' } }],
])('why all is paid: %s, %s', (fr, en, tried) => {
  const [step] = stepsOf('mandatory', tried);
  expect(step?.fr).toBe(`${fr} : AMO 100 % de 30,00 € = 30,00 €`);
  expect(step?.en).toBe(`${en}: AMO 100 % of 30.00 € = 30.00 €`);
});

describe('how a contract pays', () => {
  const lost = { act: { outOfPathway: true } };
  test.each<[Form, string, string, Tried?]>([
    [
      { form: 'percent-of-base', percent: 150, includesMandatory: true },
      '150 % BR de 30,00 € moins AMO 9,00 € et 12,00 € perdus hors parcours = 24,00 €',
      '150 % BR of 30.00 € less AMO 9.00 € and 12.00 € lost outside the pathway = 24.00 €',
      lost,
    ],
    [
      { form: 'percent-of-copayment', percent: 100 },
      ...(['100 % du TM 9,00 € = 9,00 €', '100 % of TM 9.00 € = 9.00 €'] as const),
    ],
    [
      { form: 'copayment-and-percent-of-base', percent: 25 },
      'TM 9,00 € + 25 % BR de 30,00 € = 16,50 €',
      'TM 9.00 € + 25 % BR of 30.00 € = 16.50 €',
    ],
    [
      { form: 'percent-of-price', percent: 40, includesMandatory: false, atMostPercentOfBase: 50 },
      '40 % FR de 60,00 €, au plus 50 % BR = 15,00 €',
      '40 % FR of 60.00 €, at most 50 % BR = 15.00 €',
    ],
    [
      { form: 'amount', cents: 1500, per: 'act' },
      ...(['1 × 15,00 € par acte = 15,00 €', '1 × 15.00 € an act = 15.00 €'] as const),
    ],
    [
      { form: 'amount', cents: 10_000, per: 'two-years' },
      ...(['100,00 € pour deux ans = 39,00 €', '100.00 € for two years = 39.00 €'] as const),
    ],
    [
      { form: 'percent-of-ceiling', percent: 1, per: 'act' },
      '1 % PMSS, 1 × 40,05 € par acte = 40,05 €',
      '1 % PMSS, 1 × 40.05 € an act = 40.05 €',
    ],
    [{ form: 'real-cost' }, 'frais réels = 39,00 €', 'real cost = 39.00 €'],
    [{ form: 'full-cover' }, '100 % Santé = 0,00 €', '100 % Santé = 0.00 €'],
    [{ form: 'nothing' }, 'rien = 0,00 €', 'nothing = 0.00 €'],
  ])('%s', (form, fr, en, tried = {}) => {
    const [step] = stepsOf('contract', { ...tried, contracts: [paying(form)] });
    expect(step).toMatchObject({ fr: `base, all care : ${fr}`, en: `base, all care: ${en}` });
  });

  test('what is left, what came before, and no guarantee', () => {
    const dear = paying({ form: 'amount', cents: 5000, per: 'act' });
    expect(stepsOf('contract', { contracts: [dear] })[1]).toMatchObject({
      fr: 'base, dans la limite du reste à payer = 39,00 €',
      en: 'base, no more than what is left to pay = 39.00 €',
    });
    const less = paying({ form: 'amount', cents: 1000, per: 'act' });
    const option = { ...dear, id: 'option', includesBase: true };
    expect(stepsOf('contract', { contracts: [less, option] })[1]).toMatchObject({
      fr: 'option, all care : 1 × 50,00 € par acte moins 10,00 € déjà versés = 40,00 €',
      en: 'option, all care: 1 × 50.00 € an act less 10.00 € paid before = 40.00 €',
    });
    expect(stepsOf('contract', { contracts: [{ ...less, guarantees: [] }] })).toEqual([
      {
        ...{ rule: 'contract', fr: 'base, aucune garantie pour ces soins' },
        ...{ en: 'base, no guarantee for this care', cents: 0 },
      },
    ]);
  });
});
