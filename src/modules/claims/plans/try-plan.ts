import { type Day, isDay } from '../../../platform/clock.ts';
import { Failure } from '../../../platform/errors.ts';
import type { Act, Practice, Shares, Situation } from '../guarantees/care.ts';
import { readCare } from '../guarantees/care-document.ts';
import { type ContractVersion, readContract } from '../guarantees/contract-document.ts';
import { type Finding, lintContract } from '../guarantees/lint-contract.ts';
import { payFor } from '../guarantees/pay-for.ts';
import { DocumentProblem } from '../guarantees/read-document.ts';
import { NoRule } from '../guarantees/rules.ts';
import { lineOf } from './line-of.ts';
import { type PlanExampleName, planExampleNames, planExamples } from './plan-examples.ts';

/** One thing that is wrong in a document, where, and on which line, when that is known. */
export type PlacedProblem = { readonly where: string; readonly says: string; readonly line: number | null };

/** Care, and who pays each of its lines. */
export type PaidExample = { readonly acts: readonly Act[]; readonly shares: readonly Shares[] };

/** What trying a document found: it is read, or it has problems. Nothing of it is kept. */
export type PlanTrial = {
  readonly version: ContractVersion | null;
  readonly problems: readonly PlacedProblem[];
  readonly findings: readonly Finding[];
  /** The care of every day, on the plan's first day, or today once it has begun. */
  readonly examples: readonly (PaidExample & { readonly example: PlanExampleName })[];
  /** The care that came with it; null when none did, or when either cannot be read. */
  readonly care: PaidExample | null;
  readonly careProblems: readonly PlacedProblem[];
};

const nothingFound = { findings: [], examples: [], care: null, careProblems: [] } as const;

/** Tries a document on its own: what is wrong, what the linter finds, and who pays what of invented care. */
export function tryPlan(asked: {
  readonly document: string;
  readonly care?: string;
  readonly today: Day;
}): PlanTrial {
  const { document, care, today } = asked;
  const read = readPlan(document);
  if ('problems' in read) return { version: null, problems: read.problems, ...nothingFound };
  const { version, findings } = read;
  const day = version.from > today ? version.from : today;
  const examples = planExampleNames.map((example) => ({ example, ...payExample(version, example, day) }));
  const own = care === undefined ? null : tryCare(version, care);
  return {
    ...{ version, problems: [], findings, examples },
    care: own !== null && 'shares' in own ? own : null,
    careProblems: own !== null && 'problems' in own ? own.problems : [],
  };
}

/** A document that was read and linted, or everything that is wrong with it. */
export type ReadPlan =
  | { readonly version: ContractVersion; readonly findings: readonly Finding[] }
  | { readonly problems: readonly PlacedProblem[] };

/**
 * Reads a document and lints it. A first day before the figures that it needs is a problem of the
 * document.
 */
export function readPlan(document: string): ReadPlan {
  return placed(document, 'from', () => {
    // What PostgreSQL cannot keep as text is no document either.
    if (document.includes('\0')) throw new DocumentProblem([{ where: 'the document', says: 'has a NUL' }]);
    const version = readContract(document);
    if (!isDay(version.from)) {
      throw new DocumentProblem([{ where: 'from', says: 'is a day that does not exist' }]);
    }
    return { version, findings: lintContract(version) };
  });
}

/** The same of a document that must be readable: throws the failure that names everything wrong with it. */
export function readPlanOrRefuse(document: string): Extract<ReadPlan, { version: ContractVersion }> {
  const read = readPlan(document);
  if ('version' in read) return read;
  const fields = read.problems.map(({ where, says }) => ({ field: `document.${where}`, says }));
  throw new Failure('invalid-field', { fields });
}

function tryCare(version: ContractVersion, text: string) {
  return placed(text, 'acts', () => {
    const { acts, practice, situation, since } = readCare(text);
    return { acts, shares: pay(version, { acts, practice, situation, since }) };
  });
}

/** What reading a text gives, or what is wrong with it; `dayAt` is where a day without figures stands. */
function placed<Read>(text: string, dayAt: string, read: () => Read) {
  try {
    return read();
  } catch (error) {
    const told = problemsOf(error, dayAt);
    return { problems: told.map(({ where, says }) => ({ where, says, line: lineOf(text, where) })) };
  }
}

function problemsOf(error: unknown, dayAt: string): readonly { where: string; says: string }[] {
  if (error instanceof DocumentProblem) return error.problems;
  if (!(error instanceof NoRule)) throw error;
  return [{ where: dayAt, says: `is a day for which no figure is known (${error.rule}, ${error.day})` }];
}

function payExample(version: ContractVersion, example: PlanExampleName, day: Day): PaidExample {
  const { practice, acts: actsOn } = planExamples[example];
  const acts = actsOn(day).map((act): Act => ({ ...act, day }));
  return { acts, shares: pay(version, { acts, practice, situation: anybody, since: longAgo }) };
}

const longAgo = '1990-01-01';
const anybody: Situation = {
  ...{ birthDay: '1980-01-01', scheme: 'general' },
  ...{ longIllness: false, maternity: false, workAccident: false },
};

type ToPay = {
  readonly acts: readonly Act[];
  readonly practice: Practice;
  readonly situation: Situation;
  readonly since: string;
};

/** The plan alone, with nothing used of its limits. */
function pay({ contract }: ContractVersion, { since, ...care }: ToPay): readonly Shares[] {
  return payFor({
    ...care,
    contracts: [{ ...contract, since }],
    used: new Map(),
    keptBefore: { participation: new Map(), franchise: new Map() },
  }).shares;
}
