import { Type } from '@sinclair/typebox';
import { Failure } from '../../platform/errors.ts';
import type { Answer, DeclaredAnswer } from '../access/index.ts';
import type { Drawn, EntryPlace } from './draw-person.ts';
import type { LookupOutcome } from './lookup-coverage.ts';
import { tellRefusal } from './refusal.ts';

/** What is left of an allowance, in an answer. */
export const leftFields = {
  people: Type.Integer({ description: 'New people that may still be drawn without explanation.' }),
  unknown: Type.Integer({ description: 'Unknown people that may still be asked for.' }),
  today: Type.Integer({ description: 'Different people that may still be looked up today.' }),
};

/** The headers of every answer about a person. */
export const drawHeaders = {
  'Vigie-Entry': 'lane/seq of the ledger entry; on 404 and refusals too.',
  'Vigie-Allowance-People': leftFields.people.description ?? '',
  'Vigie-Allowance-Unknown': leftFields.unknown.description ?? '',
};

const spent = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  left: Type.Object(leftFields),
  givesBack: Type.Array(Type.Object({ what: Type.String(), says: Type.String(), when: Type.String() })),
});

/** The answer to whoever has drawn all they may. */
export const spentAnswer: DeclaredAnswer = {
  says: 'The allowance is spent; what gives some back, and when. The same for every person.',
  schema: spent,
  media: 'application/problem+json',
  headers: { ...drawHeaders, 'Retry-After': 'Seconds until midnight in Paris.' },
};

/** The failures that drawing a person may end in, beside the answer above. */
export const drawFailures = [
  'person-not-found',
  'account-suspended',
  'account-restricted',
  'account-challenged',
  'ledger-unavailable',
] as const;

/** The HTTP answer to a lookup; what is a failure of the catalogue is thrown. */
export function answerLookup(result: LookupOutcome): Answer {
  if (result.outcome !== 'disclosed') return answerUndrawn(result);
  const { answer, presence, breakGlass } = result;
  return { status: 200, body: { ...answer, presence, breakGlass }, headers: headersOf(result) };
}

/** The HTTP answer when nobody was drawn: 429 is given, what is a failure of the catalogue is thrown. */
export function answerUndrawn(drawn: Exclude<Drawn, { outcome: 'disclosed' }>): Answer {
  const headers = headersOf(drawn);
  if (drawn.outcome === 'unknown') throw new Failure('person-not-found', { headers });
  const { because, allowance, now } = drawn;
  if (because === 'suspended') throw new Failure('account-suspended', { headers: entryHeader(drawn.entry) });
  if (because === 'restricted')
    throw new Failure('account-restricted', { headers: entryHeader(drawn.entry) });
  if (because === 'challenged')
    throw new Failure('account-challenged', { headers: entryHeader(drawn.entry) });
  if (because === 'break-glass-spent') throw new Failure('break-glass-spent', { headers });
  if (because === 'no-account') throw new Failure('forbidden');
  const { detail, givesBack, retryAfterSeconds } = tellRefusal(because, allowance, now);
  return {
    status: 429,
    body: {
      type: '/docs#allowance-spent',
      title: 'Allowance spent',
      status: 429,
      code: 'allowance-spent',
      detail,
      left: allowance,
      givesBack,
    },
    headers: { ...headers, 'retry-after': String(retryAfterSeconds) },
  };
}

/** The headers of an answer about a person. */
export function headersOf({ entry, allowance }: Pick<Drawn, 'entry' | 'allowance'>): Record<string, string> {
  return {
    ...entryHeader(entry),
    'vigie-allowance-people': String(allowance.people),
    'vigie-allowance-unknown': String(allowance.unknown),
  };
}

function entryHeader({ lane, seq }: EntryPlace): Record<string, string> {
  return seq === null ? {} : { 'vigie-entry': `${lane}/${seq}` };
}
