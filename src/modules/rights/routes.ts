import { type TSchema, Type } from '@sinclair/typebox';
import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import { choice, declareRoute, type Route, word } from '../access/index.ts';
import { type Ledger, standings } from '../ledger/index.ts';
import { coverageReasons } from './coverage.ts';
import { domainCodes } from './domains.ts';
import { presenceWords } from './draw-person.ts';
import { emergencyReasonWords } from './emergency-reasons.ts';
import { explainDraw } from './explain-draw.ts';
import { explanationReasonWords } from './explanation-reasons.ts';
import { answerLookup, drawFailures, drawHeaders, leftFields, spentAnswer } from './lookup-answer.ts';
import type { LookupCoverage } from './lookup-coverage.ts';
import { careDay, personFields, purposeWords } from './person-body.ts';

const closed = { additionalProperties: false };

/** The body of a lookup. */
export const lookupBody = Type.Object(
  {
    ...personFields,
    careDate: Type.String(careDay),
    careDomains: Type.Optional(
      Type.Array(Type.String({ maxLength: 8 }), {
        minItems: 1,
        maxItems: 40,
        description: 'Care domains or groups of them; without any, every domain of the profession.',
      }),
    ),
    purpose: choice(purposeWords, 'HL7 purpose of use: treatment or payment.'),
    emergency: Type.Optional(
      choice(
        emergencyReasonWords,
        'Break-glass: answers beyond a spent allowance, five a week with reasons by hand. It is reviewed.',
      ),
    ),
  },
  closed,
);

const reason = word(coverageReasons, 'Why it is covered or not.');
const domain = word(domainCodes, 'Care domain.');
const optionalText = (description: string): TSchema => Type.Unsafe({ type: ['string', 'null'], description });
const dates = {
  onlineStart: optionalText('From when online answers hold.'),
  onlineEnd: optionalText('Until when online answers hold: this date decides.'),
  printedEnd: optionalText('Until when the card says: it informs only.'),
};

const coverage = Type.Object({
  careDate: Type.String({ pattern: careDay.pattern, description: 'A day, YYYY-MM-DD.' }),
  covered: Type.Boolean({ description: 'Whether at least one domain asked for is covered.' }),
  reason,
  presence: word(presenceWords, 'What became of the presence code.'),
  breakGlass: Type.Boolean({
    description: 'Whether it was told beyond the allowance: a security officer reviews it.',
  }),
  domains: Type.Array(
    Type.Object({
      domain,
      label: Type.Object({ fr: Type.String(), en: Type.String() }),
      covered: Type.Boolean(),
      reason,
    }),
    { description: 'Each domain asked for: covered or not, and why.' },
  ),
  contracts: Type.Array(
    Type.Object({
      insurer: Type.Object({ name: optionalText('Name.'), amcCode: optionalText('AMC number.') }),
      memberNumber: optionalText('Member number.'),
      convention: optionalText('Convention type.'),
      csr: optionalText('Secondary routing criterion.'),
      responsibleContract: Type.Unsafe({ type: ['boolean', 'null'], description: 'Contrat responsable.' }),
      ...dates,
      domains: Type.Array(
        Type.Object({
          domain,
          level: Type.String({ description: 'As on a card: a rate, or PEC for prior agreement.' }),
          conventions: Type.Array(Type.String()),
          ...dates,
        }),
      ),
    }),
    { description: 'The contracts that cover something asked for.' },
  ),
});

const allowance = Type.Object({
  standing: word(standings, 'What the account may do, from all to nothing.'),
  cap: Type.Integer({ description: 'How many people may be drawn and not explained.' }),
  charged: Type.Integer({ description: 'How many are.' }),
  left: Type.Integer({ description: 'How many more may be drawn.' }),
  renewalPerDay: Type.Integer({ description: 'How many come back each day, while renewal goes on.' }),
  renews: Type.Boolean({ description: 'Whether half of the last 30 days’ people were explained.' }),
  claimsLeftToday: Type.Integer({ description: 'How many more people claims can give back today.' }),
  reasonsLeftThisWeek: Type.Integer({ description: 'How many reasons by hand are left this week.' }),
  unknownLeft: leftFields.unknown,
  peopleToday: Type.Integer({ description: 'Different people looked up today.' }),
  peoplePerDayMax: Type.Integer({ description: 'The most of them in a day.' }),
  presentOnlyUntil: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Until when only people who are present are looked up, since passkeys changed; else null.',
  }),
});

const explanation = Type.Object(
  {
    entry: Type.String({
      pattern: '^(0|[1-9]\\d{0,3})/[1-9]\\d{0,17}$',
      description: 'Vigie-Entry of the lookup, lane/seq.',
    }),
    reason: choice(explanationReasonWords, 'Why no claim follows.'),
  },
  closed,
);

const explained = Type.Object({
  outcome: word(
    ['explained', 'nothing-to-explain', 'limit-reached'],
    'nothing-to-explain: it costs nothing now. limit-reached: five a week were used.',
  ),
  entry: Type.Unsafe({ type: ['string', 'null'], description: 'The entry of the explanation.' }),
});

/** The routes of this module. */
export function rightsRoutes(use: {
  readonly lookup: LookupCoverage;
  readonly ledger: Ledger;
  readonly db: Database;
}): Route[] {
  return [
    declareRoute({
      method: 'POST',
      path: '/v1/coverage-lookups',
      says: 'What a person is covered for. Recorded, and charged to the allowance, before it is answered.',
      permission: 'lookup-coverage',
      purpose: purposeWords,
      body: lookupBody,
      example: {
        nir: '2 84 05 88 321 025 32',
        birthDate: '1984-05-17',
        careDate: '2026-11-23',
        careDomains: ['OPTI'],
        purpose: 'TREAT',
      },
      answers: {
        200: { says: 'The person exists: covered or not, and why.', schema: coverage, headers: drawHeaders },
        429: spentAnswer,
      },
      failures: [...drawFailures, 'break-glass-spent'],
      personal: true,
      handle: async ({ caller, body }) => answerLookup(await use.lookup(caller, body)),
    }),
    declareRoute({
      method: 'GET',
      path: '/v1/allowance',
      says: 'What this account may still draw, and what gives some back.',
      permission: 'read-allowance',
      purpose: null,
      body: null,
      answers: { 200: { says: 'The allowance now.', schema: allowance } },
      failures: ['ledger-unavailable'],
      personal: true,
      handle: async ({ caller }) => ({ status: 200, body: await readOwn(use.ledger, caller.account) }),
    }),
    explanationRoute(use),
  ];
}

function explanationRoute(use: { readonly ledger: Ledger; readonly db: Database }): Route {
  return declareRoute({
    method: 'POST',
    path: '/v1/explanations',
    says: 'Says by hand why no claim follows one of your lookups; it comes back to the allowance.',
    permission: 'explain-draw',
    purpose: null,
    body: explanation,
    example: { entry: '0/11543', reason: 'home-visit' },
    answers: { 200: { says: 'What came of it.', schema: explained } },
    failures: ['not-found', 'account-suspended', 'ledger-unavailable'],
    personal: false,
    async handle({ caller, body }) {
      const [lane, seq] = body.entry.split('/');
      const entry = { lane: Number(lane), seq: BigInt(seq ?? 0) };
      const said = await explainDraw(use, { account: caller.account, entry, reason: body.reason });
      const place = said.entry === null ? null : `${said.entry.lane}/${said.entry.seq}`;
      return { status: 200, body: { outcome: said.outcome, entry: place } };
    },
  });
}

async function readOwn(ledger: Ledger, account: number) {
  const own = await ledger.readAllowance(account);
  if (own === undefined) throw new Failure('forbidden');
  return own;
}
