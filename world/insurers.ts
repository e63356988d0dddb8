import { type DomainCode, domainCodes } from '../src/modules/rights/index.ts';

/** One care domain as an insurer's formula pays it. */
export type DemoDomain = {
  readonly code: DomainCode;
  readonly level: string;
  readonly conventions: readonly string[];
  /** Only where they differ from the contract's. */
  readonly start?: string;
  readonly printedEnd?: string;
  readonly onlineEnd?: string;
};

/** A formula: what a contract is made of. */
export type DemoFormula = { readonly responsible: boolean; readonly domains: readonly DemoDomain[] };

/** A complementary payer of the invented country. */
export type DemoInsurer = {
  readonly id: number;
  readonly amcCode: string;
  readonly name: string;
  readonly convention: string;
  readonly secondary: readonly string[];
  /** How its member numbers look: 0 stands for a digit, A for a letter. */
  readonly memberShape: string;
  readonly formulas: readonly DemoFormula[];
};

type Tier = 'access' | 'balanced' | 'high';

/** Levels as a card prints them, by domain: access, balanced, high. PEC = on prior agreement. */
const levels: Readonly<Record<DomainCode, readonly [string, string, string]>> = {
  PHAR: ['100/100/85', '100/100/100', '100/100/100'],
  PH15: ['', '', '15%'],
  MEDG: ['100%', '100%', '150%'],
  MEDS: ['100%', '130%', '200%'],
  LABO: ['100%', '100%', '150%'],
  RADL: ['100%', '120%', '150%'],
  INF: ['100%', '100%', '150%'],
  KIN: ['100%', '100%', '150%'],
  AUXM: ['100%', '100%', '150%'],
  SAGE: ['100%', '100%', '150%'],
  EXTE: ['100%', '130%', '200%'],
  CSTE: ['100%', '100%', '100%'],
  HOSP: ['100%', 'PEC', 'PEC'],
  CHAM: ['', '50 EUR', '90 EUR'],
  LPP: ['100%', '150%', '200%'],
  OPTI: ['100%', 'PEC', 'PEC'],
  AUDI: ['100%', 'PEC', 'PEC'],
  DESO: ['100%', '100%', '150%'],
  DEPR: ['100%', 'PEC', 'PEC'],
  DEOR: ['', '200%', '300%'],
  TRAN: ['100%', '100%', '100%'],
  DIV: ['100%', '100%', '150%'],
  CURE: ['', '100%', '150%'],
};

const tierColumn: Readonly<Record<Tier, number>> = { access: 0, balanced: 1, high: 2 };
const hospitalDomains = ['HOSP', 'CHAM', 'EXTE'];
const complexDomains = ['OPTI', 'AUDI', 'DEPR', 'DEOR'];

/** The five insurers. Names, codes and conventions are invented; only their shapes are real. */
export const insurers: readonly DemoInsurer[] = [
  insurer({
    id: 1,
    amcCode: '99500011',
    name: 'Mutuelle Aubépine',
    convention: 'VA',
    memberShape: '00000000',
  }),
  insurer({
    id: 2,
    amcCode: '99500029',
    name: 'Prévoyance du Ponant',
    convention: 'VB',
    memberShape: 'AA000000',
  }),
  insurer({
    id: 3,
    amcCode: '0000995037',
    name: 'Assurances Grand Large',
    convention: 'VA',
    memberShape: '0000000000',
  }),
  insurer({
    id: 4,
    amcCode: '99500045',
    name: 'Solidaire des Deux Rives',
    convention: 'VC',
    memberShape: 'A0000000',
  }),
  insurer({
    id: 5,
    amcCode: '99500052',
    name: 'Institution Belle-Étoile',
    convention: 'VB',
    memberShape: '000000000',
  }),
];

function insurer(is: Omit<DemoInsurer, 'secondary' | 'formulas'>): DemoInsurer {
  // A network of its own for optics, hearing and dental prostheses comes before the common convention.
  const own = `V${is.id}`;
  const tiers: readonly Tier[] = ['access', 'balanced', 'high'];
  const formulas = tiers.map((tier) => formula(tier, is.convention, own));
  const hospitalOnly = formulas.map((each) => ({
    responsible: false,
    domains: each.domains.filter((domain) => hospitalDomains.includes(domain.code)),
  }));
  const secondary = [`${is.id}0100`, `${is.id}0205`, `${is.id}0330`];
  return { ...is, secondary, formulas: [...formulas, ...hospitalOnly.slice(1)] };
}

function formula(tier: Tier, convention: string, own: string): DemoFormula {
  const domains = domainCodes.flatMap((code) => {
    const level = levels[code][tierColumn[tier]] ?? '';
    if (level === '') return [];
    const isOwn = tier !== 'access' && complexDomains.includes(code);
    return [{ code, level, conventions: isOwn ? [own, convention] : [convention] }];
  });
  return { responsible: true, domains };
}
