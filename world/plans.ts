import type { Act } from '../src/modules/claims/index.ts';
import type { DomainCode } from '../src/modules/rights/index.ts';
import type { DemoFormula, DemoInsurer, Tier } from './insurers.ts';

/** A plan of an invented insurer: the name that contracts give, and the document that says what it pays. */
export type DemoPlan = { readonly name: string; readonly document: string };

/** One line of a plan's table, as docs/operating/guarantees.md has it. */
type Line = {
  readonly name: string;
  readonly kinds: readonly Act['kind'][];
  readonly codes?: readonly string[];
  readonly basket?: 'full';
  readonly optam?: 'yes';
  readonly pays: string;
  readonly limit?: string;
};

/** The first day on which every figure is known that the linter tries a responsible contract with. */
const firstDay = '2024-01-01';

/** A plan for each formula of an insurer, and one for its option; the same documents every time. */
export function plansOf({ formulas, option }: DemoInsurer): readonly DemoPlan[] {
  const ofFormulas = formulas.map((formula) => planOf(formula, linesOf(formula), false));
  return [...ofFormulas, planOf(option, optionLines(option), true)];
}

/** What equipment is paid beyond 100 % Santé, where cards print no figure but PEC. */
const equipment: Readonly<Record<Tier, Readonly<Record<'frame' | 'lens' | 'ear' | 'tooth', string>>>> = {
  access: { frame: '100 % BR', lens: '100 % BR', ear: '100 % BR', tooth: '100 % BR' },
  balanced: { frame: '60 € / acte', lens: '110 € / acte', ear: '600 € / oreille', tooth: '250 % BR' },
  // With the mandatory share no more than 100 € for a frame, 420 € with simple lenses, 1,700 € for an ear.
  high: { frame: '99 € / acte', lens: '150 € / acte', ear: '850 € / oreille', tooth: '350 % BR' },
};

/** How soon equipment is renewed: what a responsible contract pays once is not paid again before. */
const once = {
  frame: '{ acts: 1, period: two-years }',
  lenses: '{ acts: 2, period: two-years }',
  ears: '{ acts: 2, period: four-years }',
};

/**
 * What a level that a card prints for a domain is in a document. First come guarantees that are narrower than
 * later ones. The engine knows no difference between general practitioners and specialists, nor between drugs
 * by their rate: doctors are paid as specialists, and all drugs alike.
 */
const written: Partial<Record<DomainCode, (level: string, tier: Tier) => readonly Line[]>> = {
  MEDS: (level) => ofDoctors(level, ['consultation', 'technical-act'], 'Médecins', 'Autres médecins'),
  RADL: (level) => ofDoctors(level, ['imaging'], 'Imagerie', 'Autre imagerie'),
  LABO: (level) => [{ name: 'Analyses', kinds: ['laboratory'], pays: ofBase(level) }],
  INF: (level) => [{ name: 'Auxiliaires médicaux', kinds: ['paramedical'], pays: ofBase(level) }],
  PHAR: () => [{ name: 'Médicaments', kinds: ['drug'], pays: '100 % BR' }],
  TRAN: (level) => [{ name: 'Transport', kinds: ['transport'], pays: ofBase(level) }],
  LPP: (level) => [{ name: 'Appareillage', kinds: ['device'], pays: ofBase(level) }],
  HOSP: (level) => [
    { name: 'Séjour', kinds: ['hospital-stay'], pays: level === 'PEC' ? 'frais réels' : ofBase(level) },
    { name: 'Forfait journalier', kinds: ['daily-hospital-charge'], pays: 'frais réels' },
  ],
  // A consultation in hospital looks like any other; what a visit to its emergency costs does not.
  EXTE: () => [{ name: 'Urgences', kinds: ['emergency-visit'], pays: 'frais réels' }],
  CHAM: (level) => [privateRoom(level)],
  DESO: (level) => [{ name: 'Soins dentaires', kinds: ['dental-care'], pays: ofBase(level) }],
  DEOR: (level) => [
    { name: 'Orthodontie', kinds: ['dental-prosthesis'], codes: ['TO'], pays: ofBase(level) },
  ],
  DEPR: (_level, tier) => [
    full('Prothèses dentaires 100 % Santé', ['dental-prosthesis']),
    { name: 'Prothèses dentaires', kinds: ['dental-prosthesis'], pays: equipment[tier].tooth },
  ],
  OPTI: (_level, tier) => [
    { ...full('Monture 100 % Santé', ['optical-frame']), limit: once.frame },
    { ...full('Verres 100 % Santé', ['optical-lens']), limit: once.lenses },
    { name: 'Monture', kinds: ['optical-frame'], pays: equipment[tier].frame, limit: once.frame },
    { name: 'Verres', kinds: ['optical-lens'], pays: equipment[tier].lens, limit: once.lenses },
  ],
  AUDI: (_level, tier) => [
    { ...full('Aides auditives 100 % Santé', ['hearing-aid']), limit: once.ears },
    { name: 'Aides auditives', kinds: ['hearing-aid'], pays: equipment[tier].ear, limit: once.ears },
  ],
};

function linesOf({ tier, domains }: DemoFormula): readonly Line[] {
  return Object.entries(written).flatMap(([code, lines]) => {
    const domain = domains.find((each) => each.code === code);
    return domain === undefined ? [] : lines(domain.level, tier);
  });
}

/** More than the formulas, what they pay in it: not a responsible contract's any more. */
function optionLines({ domains }: DemoFormula): readonly Line[] {
  const room = domains.find(({ code }) => code === 'CHAM')?.level ?? '';
  return [
    { name: 'Monture', kinds: ['optical-frame'], pays: '150 € / acte', limit: once.frame },
    { name: 'Verres', kinds: ['optical-lens'], pays: '250 € / acte', limit: once.lenses },
    { name: 'Prothèses dentaires', kinds: ['dental-prosthesis'], pays: '400 % BR' },
    privateRoom(room),
  ];
}

/** Overruns of doctors who do not limit their fees: 20 points less, as a responsible contract must. */
function ofDoctors(level: string, kinds: Line['kinds'], limited: string, others: string): readonly Line[] {
  const percent = Number.parseInt(level, 10);
  if (percent <= 100) return [{ name: limited, kinds, pays: ofBase(level) }];
  return [
    { name: `${limited}, honoraires limités`, kinds, optam: 'yes', pays: ofBase(level) },
    { name: others, kinds, pays: `${Math.max(100, percent - 20)} % BR` },
  ];
}

function full(name: string, kinds: Line['kinds']): Line {
  return { name, kinds, basket: 'full', pays: '100 % Santé' };
}

function privateRoom(level: string): Line {
  return {
    name: 'Chambre particulière',
    kinds: ['private-room'],
    pays: `${Number.parseInt(level, 10)} € / nuit`,
  };
}

function ofBase(level: string): string {
  return `${Number.parseInt(level, 10)} % BR`;
}

function planOf({ plan, responsible }: DemoFormula, lines: readonly Line[], includesBase: boolean): DemoPlan {
  const document = [
    '# Invented. The first guarantee that fits an act is the one that pays it.',
    `contract: ${plan}`,
    `from: ${firstDay}`,
    `responsible: ${responsible ? 'yes' : 'no'}`,
    ...(includesBase ? ['includesBase: yes'] : []),
    'guarantees:',
    ...lines.flatMap(textOf),
    '',
  ].join('\n');
  return { name: plan, document };
}

function textOf({ name, kinds, codes, basket, optam, pays, limit }: Line): readonly string[] {
  const told = {
    kinds: `[${kinds.join(', ')}]`,
    codes: codes === undefined ? undefined : `[${codes.join(', ')}]`,
    ...{ basket, optam, pays, limit },
  };
  const fields = Object.entries(told).filter(([, text]) => text !== undefined);
  return [`  - name: ${name}`, ...fields.map(([field, text]) => `    ${field}: ${text}`)];
}
