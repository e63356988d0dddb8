import { type Day, isDay } from '../../../platform/clock.ts';
import { parseBirthDate, parseBirthRank } from '../birth-date.ts';
import { type DomainCode, readDomains } from '../domains.ts';
import { parseNir } from '../nir.ts';

/** The columns of a file of people, in Vigie's own order: one line a person, contract and domain. */
export const peopleColumns = [
  'nir',
  'birthDate',
  'birthRank',
  'lastName',
  'firstName',
  'sex',
  'departement',
  'contractNumber',
  'memberNumber',
  'conventionType',
  'csr',
  'responsible',
  'startsOn',
  'endsOn',
  'endsOnlineOn',
  'domain',
  'level',
] as const;

/** Columns that a file may have besides; of one that is absent it says nothing. */
export const peopleColumnsBesides = ['plan', 'deathDate', 'insurer'] as const;

export type PeopleColumn = (typeof peopleColumns)[number] | (typeof peopleColumnsBesides)[number];

/** Where each value of a line is. */
export const peoplePlace = Object.fromEntries(
  [...peopleColumns, ...peopleColumnsBesides].map((name, place) => [name, place]),
) as Readonly<Record<PeopleColumn, number>>;

/** What reading a value needs to know besides. */
export type PeopleFileRules = { readonly today: Day; readonly lenient: boolean; readonly amcCode: string };

/** Why a value is not what its column holds; docs/operating/import.md explains each to insurers. */
export type ValueProblem =
  | 'missing'
  | 'not-a-nir'
  | 'wrong-nir-key'
  | 'not-a-birth-date'
  | 'not-a-rank'
  | 'not-a-name'
  | 'not-a-sex'
  | 'not-a-departement'
  | 'not-a-number'
  | 'not-a-plan'
  | 'not-a-death-date'
  | 'not-a-convention'
  | 'too-long'
  | 'not-true-or-false'
  | 'not-a-day'
  | 'ends-before-start'
  | 'not-a-domain'
  | 'other-insurer';

/** A value as it was read, or why it could not be. */
export type ReadValue<T> = { readonly value: T } | { readonly problem: ValueProblem };

const departement = /^(?:0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-8]|98[4-8]|99)$/;
// Letters of any script, and what stands between them; a digit or a control character is a shifted column.
const name = /^[\p{L}\p{M}][\p{L}\p{M} '’.\-/()]*$/u;
const reference = /^[\p{L}\p{N}][\p{L}\p{N} ._\-/]*$/u;
// Composed letters only: a name has one spelling, as it must be found among the insurer's plans.
const planName = /^[\p{L}\p{N}][\p{L}\p{N} ’._\-/]*$/u;
const truths: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  oui: true,
  non: false,
  '1': true,
  '0': false,
};
const nameLengthMax = 100;
const referenceLengthMax = 32;
const planLengthMax = 60;
const levelLengthMax = 40;

/** How each column is read: one line a column, each with its reasons. */
export const readPeople = {
  nir: (text: string, { lenient }: PeopleFileRules): ReadValue<string> => {
    if (text === '') return { problem: 'missing' };
    const read = parseNir(text, { lenient });
    if (!('problem' in read)) return { value: read.nir13 };
    return { problem: read.problem === 'key' ? 'wrong-nir-key' : 'not-a-nir' };
  },
  birthDate: (text: string, { today }: PeopleFileRules): ReadValue<string> => {
    if (text === '') return { problem: 'missing' };
    const read = parseBirthDate(text, today);
    return 'problem' in read ? { problem: 'not-a-birth-date' } : { value: read.birthDate };
  },
  birthRank: (text: string): ReadValue<number> => {
    const read = parseBirthRank(text === '' ? undefined : text);
    return 'problem' in read ? { problem: 'not-a-rank' } : { value: read.birthRank };
  },
  name: (text: string): ReadValue<string> => {
    if (text === '') return { problem: 'missing' };
    if (text.length > nameLengthMax) return { problem: 'too-long' };
    return name.test(text) ? { value: text } : { problem: 'not-a-name' };
  },
  sex: (text: string): ReadValue<string> =>
    text === '1' || text === '2' ? { value: text } : { problem: text === '' ? 'missing' : 'not-a-sex' },
  departement: (text: string): ReadValue<string> =>
    text === '' || departement.test(text) ? { value: text } : { problem: 'not-a-departement' },
  reference: (text: string): ReadValue<string> => {
    if (text === '') return { problem: 'missing' };
    if (text.length > referenceLengthMax) return { problem: 'too-long' };
    return reference.test(text) ? { value: text } : { problem: 'not-a-number' };
  },
  convention: (text: string): ReadValue<string> => {
    if (text === '') return { problem: 'missing' };
    return /^[A-Z0-9]{2,4}$/.test(text) ? { value: text } : { problem: 'not-a-convention' };
  },
  csr: (text: string): ReadValue<string> => (text === '' ? { value: '' } : readPeople.reference(text)),
  /** Empty text when the contract names none. */
  plan: (text: string): ReadValue<string> => {
    if (text.length > planLengthMax) return { problem: 'too-long' };
    return text === '' || planName.test(text) ? { value: text } : { problem: 'not-a-plan' };
  },
  /** Empty text when no death is known. */
  deathDate: (text: string, { today }: PeopleFileRules): ReadValue<Day | ''> => {
    const isPast = text === '' || (isDay(text) && text <= today);
    return isPast ? { value: text } : { problem: 'not-a-death-date' };
  },
  truth: (text: string): ReadValue<boolean> => {
    const truth = truths[text.toLowerCase()];
    return truth === undefined
      ? { problem: text === '' ? 'missing' : 'not-true-or-false' }
      : { value: truth };
  },
  day: (text: string): ReadValue<Day> => {
    if (text === '') return { problem: 'missing' };
    return isDay(text) ? { value: text } : { problem: 'not-a-day' };
  },
  /** Empty text when no end is known. */
  dayOrNone: (text: string): ReadValue<Day | ''> => (text === '' ? { value: '' } : readPeople.day(text)),
  domain: (text: string): ReadValue<readonly DomainCode[]> => {
    if (text === '') return { problem: 'missing' };
    const read = readDomains([text]);
    return 'unknown' in read ? { problem: 'not-a-domain' } : { value: read.domains };
  },
  level: (text: string): ReadValue<string> =>
    text.length > levelLengthMax ? { problem: 'too-long' } : { value: text },
};
