import { Type } from '@sinclair/typebox';
import { declareRoute, type Route, word } from '../../access/index.ts';
import {
  careDay,
  coverageReasons,
  drawFailures,
  drawHeaders,
  personFields,
  spentAnswer,
} from '../../rights/index.ts';
import { careFields, careOf } from '../care/care-body.ts';
import { answerDrawn } from '../care/draw-answer.ts';
import { answerShares, sharesSchema, totalsOf, totalsSchema } from '../care/shares-answer.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { engagementRoutes } from './engagement-routes.ts';
import { makeQuote } from './make-quote.ts';
import { engagedKinds } from './quote.ts';

const closed = { additionalProperties: false };

const quoteBody = Type.Object({ ...personFields, careDate: Type.String(careDay), ...careFields }, closed);
/** A consultation of thirty euros, as the documentation shows it. */
export const exampleCare = {
  nir: '2 84 05 88 321 025 32',
  birthDate: '1984-05-17',
  careDate: '2026-11-23',
  acts: [{ code: 'G', kind: 'consultation' as const, priceCents: 3000, baseCents: 3000 }],
};

const quoteAnswer = Type.Object({
  quote: Type.String({ description: 'Number of the quote.' }),
  validUntil: Type.String({ description: 'The last day it can be confirmed on.' }),
  reason: word(coverageReasons, 'Whether the person’s rights cover this care, or why not.'),
  canBeEngaged: Type.Boolean({ description: 'Glasses, hearing aids and dental prostheses, when covered.' }),
  totals: totalsSchema,
  shares: Type.Array(sharesSchema, { description: 'Who pays each act, in their order.' }),
});

/** Quotes, and the promises made of them. */
export function quoteRoutes(tools: ClaimTools): Route[] {
  return [quoteRoute(tools), ...engagementRoutes(tools)];
}

function quoteRoute(tools: ClaimTools): Route {
  return declareRoute({
    method: 'POST',
    path: '/v1/quotes',
    says: 'Who would pay what of care, and why. Recorded, and charged to the allowance, before it is told.',
    permission: 'quote',
    purpose: ['HPAYMT'],
    body: quoteBody,
    example: exampleCare,
    answers: {
      201: { says: 'It was counted, and holds for two weeks.', schema: quoteAnswer, headers: drawHeaders },
      429: spentAnswer,
    },
    failures: drawFailures,
    personal: true,
    async handle({ caller, body }) {
      const { acts: _acts, practice: _practice, situation: _situation, ...person } = body;
      const made = await makeQuote(tools, caller, { person, care: careOf(body) });
      const insurers = await tools.readInsurers([]);
      return answerDrawn(made, 201, ({ quote: { id, validUntil, told, terms, care } }) => ({
        ...{ quote: id, validUntil, reason: terms.reason, totals: totalsOf(told.shares) },
        canBeEngaged:
          terms.reason === 'covered' && care.acts.every(({ kind }) => engagedKinds.includes(kind)),
        shares: answerShares(told, insurers),
      }));
    },
  });
}
