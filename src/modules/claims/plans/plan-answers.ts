import { type Static, Type } from '@sinclair/typebox';
import { word } from '../../access/index.ts';
import { actBody } from '../care/care-body.ts';
import { sharesSchema } from '../care/shares-answer.ts';
import { careKinds } from '../guarantees/care.ts';
import { planExampleNames } from './plan-examples.ts';
import type { PlanPreview } from './preview-plan.ts';
import type { PaidExample, PlacedProblem, PlanTrial } from './try-plan.ts';

const cents = (description: string) => Type.Integer({ description: `${description} In cents.` });
const centsOrFew = (description: string) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description: `${description} In cents.` });
const peopleOrFew = (description: string) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description });

const { why, ...ownShares } = sharesSchema.properties;
const { mandatoryGrossCents, personCents } = ownShares;

/** Care, and who pays each of its lines. */
const paid = {
  acts: Type.Array(actBody, { description: 'Its lines.' }),
  shares: Type.Array(
    Type.Object({ mandatoryGrossCents, planCents: cents('Due by the plan.'), personCents, why }),
    { description: 'Who pays each line, in their order.' },
  ),
};

const problem = Type.Object({
  where: Type.String({ description: 'What of the document it is about, such as guarantees.3.pays.' }),
  says: Type.String({ description: 'What is wrong.' }),
  line: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'Its line, from 1.' }),
});

/** What trying a document found. */
export const trialAnswer = Type.Object({
  plan: Type.Union([
    Type.Null(),
    Type.Object({ name: Type.String(), from: Type.String(), responsible: Type.Boolean() }),
  ]),
  problems: Type.Array(problem, { description: 'Why it is no document of a plan; none when it is one.' }),
  findings: Type.Array(
    Type.Object({
      name: Type.String({ description: 'What publishing must accept, or the document correct.' }),
      says: Type.String(),
      correct: Type.String({ description: 'How to correct it.' }),
    }),
  ),
  examples: Type.Array(
    Type.Object({ example: word(planExampleNames, 'Which care of every day.'), ...paid }),
    { description: 'By the plan alone, nothing used of its limits.' },
  ),
  care: Type.Union([Type.Null(), Type.Object(paid)], { description: 'Of the care that was sent.' }),
  careProblems: Type.Array(problem),
});

/** A trial, as it is told. */
export function tellTrial({ version, problems, findings, examples, care, careProblems }: PlanTrial) {
  const plan =
    version === null
      ? null
      : { name: version.contract.id, from: version.from, responsible: version.contract.responsible };
  return {
    ...{ plan, problems: tellProblems(problems), findings, careProblems: tellProblems(careProblems) },
    examples: examples.map(({ example, ...one }) => ({ example, ...tellPaid(one) })),
    care: care === null ? null : tellPaid(care),
  };
}

function tellProblems(problems: readonly PlacedProblem[]): PlacedProblem[] {
  return problems.map(({ where, says, line }) => ({ where, says, line }));
}

function tellPaid({ acts, shares }: PaidExample) {
  return {
    acts: acts.map(({ price, base, day: _day, ...act }) => ({ ...act, priceCents: price, baseCents: base })),
    shares: shares.map(({ mandatoryGross, complementary, person, why: steps }) => ({
      mandatoryGrossCents: mandatoryGross,
      planCents: complementary.reduce((sum, one) => sum + one.cents, 0),
      ...{ personCents: person, why: steps },
    })),
  };
}

const sums = {
  claims: Type.Integer({ description: 'Claims with such an act.' }),
  acts: Type.Integer(),
  beforeCents: cents('By the plans as they were, nothing used of any limit.'),
  afterCents: centsOrFew('The same by this document; null when it would tell of one to nine people.'),
};

/** What a document would have done to a month's claims. */
export const previewAnswer = Type.Object({
  plan: Type.String(),
  decidedSince: Type.String({ description: 'Claims decided since this day were counted.' }),
  isWhole: Type.Boolean({ description: 'Whether these are 31 days; else the newest of very many.' }),
  isTooFew: Type.Boolean({ description: 'Fewer than ten people had claims: nothing is told.' }),
  all: Type.Object(sums),
  kinds: Type.Array(
    Type.Object({ kind: word([...careKinds, 'other'], 'The kind; other: those of few people.'), ...sums }),
  ),
  peoplePayLess: peopleOrFew('People who would have had less to pay; null for one to nine.'),
  peoplePayMore: peopleOrFew('People who would have had more to pay; null for one to nine.'),
});

/** What a preview answers. */
export type PreviewAnswer = Static<typeof previewAnswer>;

/** A preview, as it is told. */
export function tellPreview({ kinds, ...told }: PlanPreview) {
  return { ...told, kinds: kinds.map(({ name, ...group }) => ({ kind: name, ...group })) };
}
