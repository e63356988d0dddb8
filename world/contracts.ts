import { type DemoDomain, type DemoInsurer, insurers } from './insurers.ts';
import { type Random, spread } from './random.ts';

/** One contract as it covers one person. Days are `YYYY-MM-DD`. */
export type DemoContract = {
  readonly insurer: number;
  readonly memberNumber: string;
  readonly convention: string;
  readonly csr: string;
  readonly responsible: boolean;
  readonly onlineStart: string;
  /** Until when online answers hold: what decides. Null = no end known. */
  readonly onlineEnd: string | null;
  /** Until when the printed card says it holds. */
  readonly printedEnd: string;
  readonly domains: readonly DemoDomain[];
};

/** The contracts of a household, as most of its members have them. */
export type Cover = { readonly contracts: readonly DemoContract[] };

type Situation =
  | 'current'
  | 'none'
  | 'ended'
  | 'cut-short'
  | 'not-started'
  | 'two-insurers'
  | 'with-option'
  | 'waiting'
  | 'hospital-only';

/** Out of a thousand households. 4 % of the French have no complementary cover. */
const situations = spread<Situation>([
  [815, 'current'],
  [40, 'none'],
  [25, 'ended'],
  [20, 'cut-short'],
  [15, 'not-started'],
  [30, 'two-insurers'],
  [20, 'with-option'],
  [20, 'waiting'],
  [15, 'hospital-only'],
]);

const insurerShares = spread<DemoInsurer>(
  insurers.map((insurer, index) => [[34, 26, 18, 14, 8][index] ?? 1, insurer] as const),
);
const tierShares = spread([
  [30, 0],
  [48, 1],
  [22, 2],
] as const);

/** Draws the contracts of one household, as they stand in a year. */
export function drawCover(random: Random, year: number): Cover {
  const situation = random.pick(situations);
  if (situation === 'none') return { contracts: [] };
  const insurer = random.pick(insurerShares);
  const first = drawContract(random, insurer, year);
  if (situation === 'two-insurers') {
    const other = insurers[insurer.id % insurers.length] ?? insurer;
    return { contracts: [first, drawContract(random, other, year)] };
  }
  if (situation === 'with-option') return { contracts: [first, optionOf(first, insurer)] };
  return { contracts: [alter(first, situation, { insurer, year, random })] };
}

function drawContract(random: Random, insurer: DemoInsurer, year: number): DemoContract {
  const formula = insurer.formulas[random.pick(tierShares)];
  if (formula === undefined) throw new Error(`insurer ${insurer.id} lacks a formula`);
  return {
    insurer: insurer.id,
    memberNumber: memberNumber(random, insurer.memberShape),
    convention: insurer.convention,
    csr: random.pick(insurer.secondary),
    responsible: formula.responsible,
    onlineStart: `${year - random.between(0, 9)}-01-01`,
    // Online, a contract runs on past the year that the card prints, until somebody ends it.
    onlineEnd: random.chance(0.3) ? null : `${year + 1}-12-31`,
    printedEnd: `${year}-12-31`,
    domains: formula.domains,
  };
}

function alter(
  contract: DemoContract,
  situation: Situation,
  from: { insurer: DemoInsurer; year: number; random: Random },
): DemoContract {
  const { insurer, year, random } = from;
  switch (situation) {
    case 'ended': {
      const end = `${year - 1}-12-31`;
      return { ...contract, onlineStart: `${year - 3}-01-01`, onlineEnd: end, printedEnd: end };
    }
    // Ended in the course of last year, or of the one before: the card in the pocket still says otherwise.
    case 'cut-short':
      return {
        ...contract,
        onlineStart: `${year - 4}-01-01`,
        onlineEnd: `${year - random.between(1, 2)}-${random.pick(['03-31', '06-30', '09-30'])}`,
      };
    case 'not-started':
      return {
        ...contract,
        onlineStart: `${year + 1}-01-01`,
        onlineEnd: null,
        printedEnd: `${year + 1}-12-31`,
      };
    case 'waiting':
      return { ...contract, domains: contract.domains.map((domain) => delay(domain, year + 1)) };
    case 'hospital-only': {
      const formula = insurer.formulas[random.between(3, insurer.formulas.length - 1)];
      return { ...contract, responsible: false, domains: formula?.domains ?? [] };
    }
    default:
      return contract;
  }
}

// Waiting periods come before dear equipment.
function delay(domain: DemoDomain, year: number): DemoDomain {
  return ['OPTI', 'AUDI', 'DEPR', 'DEOR'].includes(domain.code)
    ? { ...domain, start: `${year}-07-01` }
    : domain;
}

// An option stacked on the same insurer's contract: a second row for the few domains it raises.
function optionOf(contract: DemoContract, insurer: DemoInsurer): DemoContract {
  const high = insurer.formulas[2]?.domains ?? [];
  const raised = high.filter((domain) => ['OPTI', 'DEPR', 'CHAM'].includes(domain.code));
  return { ...contract, csr: insurer.secondary[2] ?? contract.csr, responsible: false, domains: raised };
}

function memberNumber(random: Random, shape: string): string {
  let number = '';
  for (const sign of shape) {
    number += sign === '0' ? random.below(10) : String.fromCharCode(65 + random.below(26));
  }
  return number;
}
