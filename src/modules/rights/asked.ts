import { type Day, isDay, parisDay } from '../../platform/clock.ts';
import { Failure, type FieldProblem } from '../../platform/errors.ts';
import type { Purpose } from '../ledger/index.ts';
import type { Identity } from '../vault/index.ts';
import { parseBirthDate } from './birth-date.ts';
import { type DomainCode, readDomains } from './domains.ts';
import { parseNir } from './nir.ts';

/** A person as somebody asks for them; all of it is text from outside until `readAsked` has read it. */
export type AskedPerson = {
  readonly nir: string;
  readonly birthDate: string;
  readonly birthRank?: number;
  readonly presenceCode?: string;
  readonly careDate: Day;
  readonly careDomains?: readonly string[];
  readonly purpose: Purpose;
};

/** Whom a lookup asks for, and which domains. */
export type ReadLookup = { readonly identity: Identity; readonly domains: readonly DomainCode[] };

const nirProblems = {
  'not-text': 'must be text',
  length: 'must have 13 or 15 characters',
  shape: 'is not a social security number',
  key: 'has a control key that is not its own: check the digits',
} as const;

const birthDateProblems = {
  'not-text': 'must be text',
  shape: 'must be YYYY-MM-DD',
  'no-such-day': 'is a day that does not exist',
  'out-of-range': 'is not a birth date',
} as const;

/** Reads what was asked, or names each field that cannot be; the values themselves are never repeated. */
export function readAsked(asked: AskedPerson, by: { lenient: boolean; now: bigint }): ReadLookup {
  const fields: FieldProblem[] = [];
  const nir = parseNir(asked.nir, { lenient: by.lenient });
  const birth = parseBirthDate(asked.birthDate, parisDay(by.now));
  const read = readDomains(asked.careDomains ?? []);
  if ('problem' in nir) fields.push({ field: 'nir', says: nirProblems[nir.problem] });
  if ('problem' in birth) fields.push({ field: 'birthDate', says: birthDateProblems[birth.problem] });
  if ('unknown' in read) fields.push({ field: 'careDomains', says: 'holds a code that is no care domain' });
  if (!isDay(asked.careDate)) fields.push({ field: 'careDate', says: 'must be a day, YYYY-MM-DD' });
  if ('problem' in nir || 'problem' in birth || 'unknown' in read || fields.length > 0) {
    throw new Failure('invalid-field', { fields });
  }
  const { birthRank = 1 } = asked;
  return {
    identity: { nir13: nir.nir13, birthDate: birth.birthDate, birthRank },
    domains: read.domains,
  };
}
