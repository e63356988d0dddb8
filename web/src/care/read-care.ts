import { needsPrescriber } from '../../../src/modules/claims/acts/domain-of-act.ts';
import { parseRpps } from '../../../src/modules/rights/practitioner.ts';
import type { Api } from '../api/types.d.ts';
import { type AmountProblem, readAmount } from './amount.ts';
import type { ActLine, TypedCare, TypedLine } from './typed-care.ts';

type ClaimBody = Api['POST /v1/claims']['body'];
/** Care as quotes and claims take it, without whom it is for. */
export type QuotedCare = Pick<ClaimBody, 'careDate' | 'acts' | 'practice' | 'situation'>;
/** The same with what a claim has besides. */
export type ClaimedCare = QuotedCare & Pick<ClaimBody, 'prescription' | 'engagement' | 'reference'>;

/** What is wrong with a line, field by field. */
export type LineProblems = {
  readonly quantity?: 'quantity';
  readonly price?: AmountProblem;
  readonly base?: AmountProblem;
  readonly drugRate?: 'rate';
  readonly ear?: 'ear';
};
/** What is wrong with the rest. */
export type CareProblems = {
  readonly careDate?: 'day' | 'future';
  readonly lines?: 'none';
  readonly rpps?: 'missing' | 'rpps';
  readonly prescribedOn?: 'missing' | 'day' | 'after-care';
  readonly engagement?: 'number';
};

/** Care as it was read: what can be quoted, what can be sent, and what is wrong where. */
export type ReadCare = {
  readonly quoted: QuotedCare | null;
  readonly claimed: ClaimedCare | null;
  readonly lines: ReadonlyMap<number, LineProblems>;
  readonly problems: CareProblems;
};

/** Whether any of the lines is paid only with a prescription. */
export function isPrescribed(lines: readonly Pick<TypedLine, 'kind'>[]): boolean {
  return lines.some(({ kind }) => needsPrescriber[kind]);
}

/** Reads what was typed; the server reads it again. */
export function readCare(typed: TypedCare, today: string): ReadCare {
  const read = typed.lines.map((line) => [line.key, readLine(line)] as const);
  const lines = new Map(
    read.flatMap(([key, { problems }]) => (Object.keys(problems).length > 0 ? [[key, problems]] : [])),
  );
  const noLine = typed.lines.length === 0 ? { lines: 'none' as const } : {};
  const problems: CareProblems = { ...noLine, ...dayProblem(typed, today), ...claimProblems(typed) };
  const { careDate } = typed;
  const canBeQuoted = lines.size === 0 && typed.lines.length > 0 && problems.careDate !== 'day';
  if (!canBeQuoted) return { quoted: null, claimed: null, lines, problems };
  const quoted = {
    ...{ careDate, acts: read.map(([, { act }]) => act) },
    practice: { sector: typed.sector === '2' ? (2 as const) : (1 as const), optam: typed.optam },
    situation: situationOf(typed),
  };
  const isClaim = Object.keys(problems).length === 0;
  return { quoted, claimed: isClaim ? { ...quoted, ...besides(typed) } : null, lines, problems };
}

function readLine(line: TypedLine): { readonly act: ActLine; readonly problems: LineProblems } {
  const { code, kind, basket, lensClass, ear, drugRate, outOfPathway, inHospital, forLongIllness } = line;
  const quantity = /^[1-9]\d{0,2}$/.test(line.quantity.trim()) ? Number(line.quantity) : null;
  const price = readAmount(line.price, 1);
  const base = readAmount(line.base);
  const problems = {
    ...(quantity === null ? { quantity: 'quantity' as const } : {}),
    ...(typeof price === 'string' ? { price } : {}),
    ...(typeof base === 'string' ? { base } : {}),
    // A drug that is not reimbursed has no rate, and a base of nothing.
    ...(kind === 'drug' && drugRate === '' && base !== 0 ? { drugRate: 'rate' as const } : {}),
    ...(kind === 'hearing-aid' && ear === '' ? { ear: 'ear' as const } : {}),
  };
  const act = {
    ...{ code, kind, quantity: quantity ?? 1 },
    ...{ priceCents: Number(price), baseCents: Number(base) },
    ...(kind === 'drug' && drugRate !== ''
      ? { drugRate: Number(drugRate) as NonNullable<ActLine['drugRate']> }
      : {}),
    ...(basket === '' ? {} : { basket }),
    ...(kind === 'optical-lens' && lensClass !== '' ? { lensClass } : {}),
    ...(kind === 'hearing-aid' && ear !== '' ? { ear } : {}),
    ...(outOfPathway ? { outOfPathway } : {}),
    ...(inHospital ? { inHospital } : {}),
    ...(forLongIllness ? { forLongIllness } : {}),
  };
  return { act, problems };
}

function dayProblem({ careDate }: TypedCare, today: string): CareProblems {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(careDate)) return { careDate: 'day' };
  return careDate > today ? { careDate: 'future' } : {};
}

function claimProblems(typed: TypedCare): CareProblems {
  const { rpps, prescribedOn, careDate, engagement } = typed;
  const isAsked = isPrescribed(typed.lines) || rpps !== '' || prescribedOn !== '';
  const number = rpps.trim() === '' ? 'missing' : 'problem' in parseRpps(rpps) ? 'rpps' : null;
  const day =
    prescribedOn === ''
      ? 'missing'
      : !/^\d{4}-\d{2}-\d{2}$/.test(prescribedOn)
        ? 'day'
        : prescribedOn > careDate
          ? 'after-care'
          : null;
  const isNumber = engagement === '' || /^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/.test(engagement);
  return {
    ...(isAsked && number !== null ? { rpps: number } : {}),
    ...(isAsked && day !== null ? { prescribedOn: day } : {}),
    ...(isNumber ? {} : { engagement: 'number' }),
  };
}

/** Only what holds is said: what is left out is no. */
function situationOf(typed: TypedCare): NonNullable<QuotedCare['situation']> {
  const { longIllness, maternity, workAccident, alsaceMoselle, aid } = typed;
  return {
    ...(alsaceMoselle ? { scheme: 'alsace-moselle' as const } : {}),
    ...(longIllness ? { longIllness } : {}),
    ...(maternity ? { maternity } : {}),
    ...(workAccident ? { workAccident } : {}),
    ...(aid === '' ? {} : { aid }),
  };
}

function besides({ rpps, prescribedOn, engagement, reference }: TypedCare) {
  const read = parseRpps(rpps);
  return {
    ...('rpps' in read ? { prescription: { rpps: read.rpps, day: prescribedOn } } : {}),
    ...(engagement === '' ? {} : { engagement }),
    ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
  };
}
