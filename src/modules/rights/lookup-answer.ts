import { Failure } from '../../platform/errors.ts';
import type { Answer } from '../access/index.ts';
import type { EntryPlace, LookupOutcome } from './lookup-coverage.ts';
import { tellRefusal } from './refusal.ts';

/** The HTTP answer to a lookup; what is a failure of the catalogue is thrown. */
export function answerLookup(result: LookupOutcome): Answer {
  const headers = headersOf(result);
  if (result.outcome === 'disclosed') {
    const { answer, presence, breakGlass } = result;
    return { status: 200, body: { ...answer, presence, breakGlass }, headers };
  }
  if (result.outcome === 'unknown') throw new Failure('person-not-found', { headers });
  const { because, allowance } = result;
  if (because === 'suspended') throw new Failure('account-suspended', { headers: entryHeader(result.entry) });
  if (because === 'restricted')
    throw new Failure('account-restricted', { headers: entryHeader(result.entry) });
  if (because === 'break-glass-spent') throw new Failure('break-glass-spent', { headers });
  if (because === 'no-account') throw new Failure('forbidden');
  const { detail, givesBack, retryAfterSeconds } = tellRefusal(because, allowance, result.now);
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

function headersOf({ entry, allowance }: LookupOutcome): Record<string, string> {
  return {
    ...entryHeader(entry),
    'vigie-allowance-people': String(allowance.people),
    'vigie-allowance-unknown': String(allowance.unknown),
  };
}

function entryHeader({ lane, seq }: EntryPlace): Record<string, string> {
  return seq === null ? {} : { 'vigie-entry': `${lane}/${seq}` };
}
