import { Type } from '@sinclair/typebox';
import { isDay, parisDay } from '../../../platform/clock.ts';
import { Failure } from '../../../platform/errors.ts';
import { declareRoute, insurerOf, provenAccount, type Route } from '../../access/index.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { createListPlans } from './list-plans.ts';
import { previewAnswer, tellPreview, tellTrial, trialAnswer } from './plan-answers.ts';
import { createPreviewPlan } from './preview-plan.ts';
import { publishOwnPlan } from './publish-own-plan.ts';
import { findPlanVersion } from './store.ts';
import { tryPlan } from './try-plan.ts';

const closed = { additionalProperties: false };
const document = Type.String({
  minLength: 1,
  maxLength: 100_000,
  description: 'The plan’s document, YAML or JSON: docs/operating/guarantees.md.',
});
const day = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$';
const bodyBytesMax = 512 * 1024;
const exampleDocument = [
  ...['contract: Équilibre', 'from: 2027-01-01', 'responsible: no', 'guarantees:'],
  ...['  - name: Médecins', '    kinds: [consultation]', '    pays: 130 % BR', ''],
].join('\n');

const plans = Type.Object({
  plans: Type.Array(
    Type.Object({
      name: Type.String({ description: 'Contracts name it as their plan.' }),
      versions: Type.Array(
        Type.Object({
          from: Type.String({ description: 'The first day of care it holds for.' }),
          publishedAt: Type.String({ description: 'UTC, ISO 8601.' }),
          findings: Type.Unsafe<number | null>({
            type: ['integer', 'null'],
            description: 'How many things the linter finds; null when it cannot try it.',
          }),
          isReplaced: Type.Boolean({ description: 'A later one has the same first day, and holds.' }),
        }),
        { description: 'The newest first.' },
      ),
    }),
  ),
});
const planDocument = Type.Object({
  ...{ name: Type.String(), from: Type.String(), publishedAt: Type.String(), document: Type.String() },
});
const published = Type.Object({
  name: Type.String(),
  from: Type.String(),
  isRetroactive: Type.Boolean({
    description: 'Its first day is past: care already given is paid by it, when its claim comes late.',
  }),
});

type Tools = Pick<ClaimTools, 'db' | 'keys' | 'plans' | 'clock'>;
const shared = { purpose: null, personal: true, bodyBytesMax } as const;

/** An insurer's own plans: read, tried, previewed and published. Nothing of a person is in an answer. */
export function planRoutes(tools: Tools): Route[] {
  return [...readingRoutes(tools), ...tryingRoutes(tools), publishingRoute(tools)];
}

function readingRoutes({ db }: Tools): Route[] {
  const listPlans = createListPlans(db);
  return [
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/plans',
      says: 'The plans of one’s own insurer, with every version that was published.',
      permission: 'read-plans',
      body: null,
      answers: { 200: { says: 'They are listed by name.', schema: plans } },
      failures: [],
      handle: async ({ caller }) => ({ status: 200, body: { plans: await listPlans(insurerOf(caller)) } }),
    }),
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/plans/{plan}',
      pathPart: Type.Object({ plan: Type.String({ pattern: '^[^\\u0000-\\u001f]{1,100}$' }) }),
      query: Type.Object(
        { from: Type.Optional(Type.String({ pattern: day, description: 'Its first day; the newest.' })) },
        closed,
      ),
      says: 'The document of a plan of one’s own insurer.',
      permission: 'read-plans',
      body: null,
      answers: { 200: { says: 'As it was published.', schema: planDocument } },
      failures: ['not-found'],
      async handle({ caller, address }) {
        const { plan: name = '', from = null } = address;
        const isOne = from === null || isDay(from);
        const asked = { insurer: insurerOf(caller), name, from };
        const found = isOne ? await findPlanVersion(db, asked) : undefined;
        if (found === undefined) throw new Failure('not-found');
        return { status: 200, body: { ...found, publishedAt: found.publishedAt.toISOString() } };
      },
    }),
  ];
}

function tryingRoutes(tools: Tools): Route[] {
  const { clock } = tools;
  const previewPlan = createPreviewPlan(tools);
  return [
    declareRoute({
      ...shared,
      method: 'POST',
      path: '/v1/plan-trials',
      says: 'Tries a document: what is wrong, what the linter finds, who pays what. Nothing is kept.',
      permission: 'read-plans',
      body: Type.Object(
        {
          document,
          care: Type.Optional(
            Type.String({ maxLength: 20_000, description: 'Invented care, as a document.' }),
          ),
        },
        closed,
      ),
      example: { document: exampleDocument },
      answers: { 200: { says: 'It was tried; problems and findings are no failures.', schema: trialAnswer } },
      failures: [],
      async handle({ body }) {
        return { status: 200, body: tellTrial(tryPlan({ ...body, today: parisDay(clock.now()) })) };
      },
    }),
    declareRoute({
      ...shared,
      method: 'POST',
      path: '/v1/plan-previews',
      says: 'What a document would have done to 31 days of accepted claims: sums of ten people or more.',
      permission: 'read-plans',
      body: Type.Object({ document }, closed),
      example: { document: exampleDocument },
      answers: { 200: { says: 'The claims were counted twice.', schema: previewAnswer } },
      failures: ['preview-running'],
      async handle({ caller, body }) {
        return { status: 200, body: tellPreview(await previewPlan(insurerOf(caller), body.document)) };
      },
    }),
  ];
}

function publishingRoute({ db, clock }: Tools): Route {
  return declareRoute({
    ...shared,
    method: 'POST',
    path: '/v1/plans',
    says: 'Publishes a document as a plan of one’s own insurer, with a passkey used just now.',
    permission: 'publish-plan',
    body: Type.Object(
      {
        document,
        accepts: Type.Optional(
          Type.Array(Type.String({ maxLength: 50 }), {
            maxItems: 20,
            description: 'Names of the linter’s findings that one saw and accepts.',
          }),
        ),
      },
      closed,
    ),
    example: { document: exampleDocument, accepts: [] },
    answers: { 201: { says: 'It holds from its first day on.', schema: published } },
    failures: ['plan-has-findings'],
    async handle({ caller, body: { document: text, accepts = [] } }) {
      const by = provenAccount(caller);
      const asked = { insurer: insurerOf(caller), document: text, accepts, by };
      return { status: 201, body: await publishOwnPlan(db, asked, parisDay(clock.now())) };
    },
  });
}
