import { type DemoDomain, type DemoFormula, type DemoInsurer, insurers } from './insurers.ts';
import { mix, type Random, spread } from './random.ts';

/** One contract as it covers one person. Days are `YYYY-MM-DD`. */
export type DemoContract = {
  readonly insurer: number;
  /** An employer's contract is many households' own. */
  readonly contractNumber: string;
  /** The household's at its insurer: nobody else's there. */
  readonly memberNumber: string;
  readonly convention: string;
  readonly csr: string;
  readonly responsible: boolean;
  /** The insurer's document that says what it pays. */
  readonly plan: string;
  readonly onlineStart: string;
  /** Until when online answers hold: what decides. Null = no end known. */
  readonly onlineEnd: string | null;
  /** Until when the printed card says it holds. */
  readonly printedEnd: string;
  readonly domains: readonly DemoDomain[];
};

/** The contracts of a household, as most of its members have them. */
export type Cover = { readonly contracts: readonly DemoContract[] };

/** What contracts are drawn for: a number that no other household's cover has, and the year they stand in. */
export type CoverOf = { readonly key: number; readonly year: number };

type Situation =
  | 'current'
  | 'none'
  | 'ended'
  | 'cut-short'
  | 'not-started'
  | 'changed'
  | 'gap'
  | 'two-insurers'
  | 'with-option'
  | 'waiting'
  | 'hospital-only';

/** Out of a thousand households. 4 % of the French have no complementary cover. */
const situations = spread<Situation>([
  [765, 'current'],
  [40, 'none'],
  [25, 'ended'],
  [20, 'cut-short'],
  [15, 'not-started'],
  [35, 'changed'],
  [15, 'gap'],
  [30, 'two-insurers'],
  [20, 'with-option'],
  [20, 'waiting'],
  [15, 'hospital-only'],
]);

const insurerShares = spread<DemoInsurer>(insurers.map((insurer) => [insurer.share, insurer] as const));
const tierShares = spread([
  [30, 0],
  [48, 1],
  [22, 2],
] as const);
const employersOfInsurer = 4_000;

/** Draws the contracts of one household, as they stand in a year. */
export function drawCover(random: Random, of: CoverOf): Cover {
  const situation = random.pick(situations);
  if (situation === 'none') return { contracts: [] };
  const insurer = random.pick(insurerShares);
  const first = drawContract(random, insurer, of);
  switch (situation) {
    case 'current':
      return { contracts: [first] };
    case 'two-insurers':
      return { contracts: [first, drawContract(random, otherThan(insurer, random), of)] };
    case 'with-option':
      return { contracts: [first, optionOf(first, insurer)] };
    case 'changed':
    case 'gap': {
      const next = drawContract(random, otherThan(insurer, random), of);
      return { contracts: follow(first, next, { year: of.year, isGap: situation === 'gap' }) };
    }
    default:
      return { contracts: [alter(first, situation, { insurer, year: of.year, random })] };
  }
}

function drawContract(random: Random, insurer: DemoInsurer, { key, year }: CoverOf): DemoContract {
  const isCollective = random.chance(insurer.collective / 100);
  const employer = random.below(employersOfInsurer);
  // Everybody under an employer's contract has its formula; its number says whose it is.
  const drawn = isCollective ? mix(insurer.id * employersOfInsurer + employer) : random.below(1_000_000);
  const formula = insurer.formulas[tierShares[drawn % tierShares.length] ?? 0] as DemoFormula;
  return {
    insurer: insurer.id,
    contractNumber: isCollective ? `E${digits(employer, 5)}` : `P${digits(scattered(key, 8), 8)}`,
    memberNumber: memberNumber(insurer, key),
    convention: insurer.convention,
    csr: insurer.secondary[drawn % insurer.secondary.length] ?? '',
    onlineStart: `${year - random.between(0, 9)}-01-01`,
    // Online, a contract runs on past the year that the card prints, until somebody ends it.
    onlineEnd: random.chance(0.3) ? null : `${year + 1}-12-31`,
    printedEnd: `${year}-12-31`,
    ...under(formula),
  };
}

function otherThan(insurer: DemoInsurer, random: Random): DemoInsurer {
  const other = random.pick(insurerShares);
  return other === insurer ? (insurers[insurer.id % insurers.length] ?? insurer) : other;
}

// The new insurer's contract begins the day after, or some months later with no cover in between.
function follow(
  first: DemoContract,
  next: DemoContract,
  { year, isGap }: { year: number; isGap: boolean },
): readonly DemoContract[] {
  const end = isGap ? `${year - 1}-09-30` : `${year - 1}-12-31`;
  const start = isGap ? `${year}-03-01` : `${year}-01-01`;
  return [
    { ...first, onlineStart: `${year - 4}-01-01`, onlineEnd: end, printedEnd: end },
    { ...next, onlineStart: start },
  ];
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
      return { ...contract, onlineStart: `${year}-01-01`, domains: delayed(contract.domains, year + 1) };
    case 'hospital-only': {
      const formula = insurer.formulas[random.between(3, insurer.formulas.length - 1)];
      return formula === undefined ? contract : { ...contract, ...under(formula) };
    }
    default:
      return contract;
  }
}

const alreadyDelayed = new Map<readonly DemoDomain[], Map<number, readonly DemoDomain[]>>();

// Waiting periods come before dear equipment. Made once: what is the same is the same object.
function delayed(domains: readonly DemoDomain[], year: number): readonly DemoDomain[] {
  const byYear = alreadyDelayed.get(domains) ?? new Map<number, readonly DemoDomain[]>();
  alreadyDelayed.set(domains, byYear);
  const known = byYear.get(year);
  if (known !== undefined) return known;
  const isDear = (code: string) => ['OPTI', 'AUDI', 'DEPR', 'DEOR'].includes(code);
  const made = domains.map((domain) =>
    isDear(domain.code) ? { ...domain, start: `${year}-07-01`, printedEnd: `${year}-12-31` } : domain,
  );
  byYear.set(year, made);
  return made;
}

// An option stacked on the same insurer's contract: a second one for the few domains it raises.
function optionOf(contract: DemoContract, insurer: DemoInsurer): DemoContract {
  return {
    ...contract,
    contractNumber: `${contract.contractNumber}-S`,
    csr: insurer.secondary[2] ?? contract.csr,
    ...under(insurer.option),
  };
}

function under({ plan, responsible, domains }: DemoFormula) {
  return { plan, responsible, domains };
}

function memberNumber({ id, memberShape }: DemoInsurer, key: number): string {
  const letters = memberShape.lastIndexOf('A') + 1;
  let number = '';
  for (let place = 0; place < letters; place += 1)
    number += String.fromCharCode(65 + (mix(key + id + place) % 26));
  const size = memberShape.length - letters;
  return number + digits(scattered(key, size, id * 1_000_003), size);
}

// Another number for each, far from its neighbours': the factor is coprime with powers of ten.
function scattered(key: number, size: number, from = 0): number {
  return (key * 7_654_321 + 38_475_619 + from) % 10 ** size;
}

function digits(value: number, size: number): string {
  return `${value}`.padStart(size, '0');
}
