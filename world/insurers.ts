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

/** How much a formula pays. */
export type Tier = 'access' | 'balanced' | 'high';

/** A formula: what a contract is made of. */
export type DemoFormula = {
  /** The plan that its contracts name. */
  readonly plan: string;
  readonly tier: Tier;
  readonly responsible: boolean;
  readonly domains: readonly DemoDomain[];
};

/** A complementary payer of the invented country. */
export type DemoInsurer = {
  readonly id: number;
  readonly amcCode: string;
  readonly name: string;
  readonly convention: string;
  /** Every type of convention its cards name: the common one first, then a network's of its own. */
  readonly conventions: readonly string[];
  readonly secondary: readonly string[];
  /** How its member numbers look: 0 stands for a digit, A for a letter. */
  readonly memberShape: string;
  /** Of each tier, then those that pay in hospital alone. */
  readonly formulas: readonly DemoFormula[];
  /** What somebody may add to any of them. */
  readonly option: DemoFormula;
  /** How many of a hundred people it covers, roughly. */
  readonly share: number;
  /** How many of a hundred of its contracts come from an employer. */
  readonly collective: number;
};

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
const tierNames: Readonly<Record<Tier, string>> = {
  access: 'Essentiel',
  balanced: 'Équilibre',
  high: 'Confort',
};
const hospitalDomains = ['HOSP', 'CHAM', 'EXTE'];
const optionDomains = ['OPTI', 'DEPR', 'CHAM'];
const complexDomains = ['OPTI', 'AUDI', 'DEPR', 'DEOR'];

/**
 * The insurers: five large, four regional, three small. Names, codes and conventions are invented; only their
 * shapes are real. A convention type is the operator that settles: VA, VB and VC serve several insurers.
 */
// biome-ignore format: a table to read in columns
const table: readonly (readonly [string, string, string, string, string, string, number, number])[] = [
  // n° AMC, name, as plans name it, operator, its network, shape of member numbers, share, from employers
  ['99500011', 'Mutuelle Aubépine', 'Aubépine', 'VA', 'V1', '00000000', 23, 35],
  ['99500029', 'Prévoyance du Ponant', 'Ponant', 'VB', 'V2', 'AA00000000', 18, 75],
  ['0000995037', 'Assurances Grand Large', 'Grand Large', 'VA', 'V3', '0000000000', 14, 45],
  ['99500045', 'Solidaire des Deux Rives', 'Deux Rives', 'VC', 'V4', 'A00000000', 11, 10],
  ['99500052', 'Institution Belle-Étoile', 'Belle-Étoile', 'VB', 'V5', '000000000', 9, 90],
  ['99500060', 'Mutuelle du Haut-Pays', 'Haut-Pays', 'VA', 'V4', '00000000', 7, 20],
  ['99500078', 'Tournesol Santé', 'Tournesol', 'VC', 'V3', 'AA00000000', 6, 5],
  ['99500086', 'Mutuelle des Gens de Mer et de Rivière', 'Gens de Mer', 'VA', 'V1', 'A00000000', 4, 30],
  ['0000995094', 'Prévoyance Clairvallée', 'Clairvallée', 'VB', 'V2', '000000000', 3, 85],
  ['99500102', 'Mutuelle des Trois Clochers', 'Trois Clochers', 'VC', 'V4', '00000000', 2, 0],
  ['99500110', 'Entraide des Verriers', 'Verriers', 'VA', 'V1', 'AA00000000', 2, 60],
  ['99500128', 'Petite Mutuelle du Marais', 'Marais', 'VD', 'VD', '00000000', 1, 0],
];

export const insurers: readonly DemoInsurer[] = table.map(
  ([amcCode, name, brand, convention, network, memberShape, share, collective], index) => {
    const id = index + 1;
    const { formulas, option } = formulasOf(brand, convention, network);
    const secondary = [`${id}0100`, `${id}0205`, `${id}0330`];
    const conventions = [...new Set([convention, network])];
    return {
      id,
      amcCode,
      name,
      convention,
      conventions,
      secondary,
      memberShape,
      formulas,
      option,
      share,
      collective,
    };
  },
);

type Formulas = Pick<DemoInsurer, 'formulas' | 'option'>;

function formulasOf(brand: string, convention: string, network: string): Formulas {
  // A network of its own for optics, hearing and dental prostheses comes before the common convention.
  const tiers: readonly Tier[] = ['access', 'balanced', 'high'];
  const whole = tiers.map((tier) => ({
    plan: `${brand} ${tierNames[tier]}`,
    tier,
    responsible: true,
    domains: domainsOf(tier, convention, network),
  }));
  const only = (domains: readonly DemoDomain[], codes: readonly string[]) =>
    domains.filter(({ code }) => codes.includes(code));
  const hospitalOnly = whole.slice(1).map(({ tier, domains }) => ({
    plan: `${brand} Hôpital ${tierNames[tier]}`,
    tier,
    responsible: false,
    domains: only(domains, hospitalDomains),
  }));
  const option = {
    plan: `${brand} Option Optique et dentaire`,
    tier: 'high',
    responsible: false,
    domains: only(whole[2]?.domains ?? [], optionDomains),
  } as const;
  return { formulas: [...whole, ...hospitalOnly], option };
}

function domainsOf(tier: Tier, convention: string, network: string): readonly DemoDomain[] {
  return domainCodes.flatMap((code) => {
    const level = levels[code][tierColumn[tier]] ?? '';
    if (level === '') return [];
    const isOwn = network !== convention && tier !== 'access' && complexDomains.includes(code);
    return [{ code, level, conventions: isOwn ? [network, convention] : [convention] }];
  });
}
