import type { NamedAccount } from '../../access/index.ts';
import type { Identity } from '../../vault/index.ts';
import { parseBirthDate, parseBirthRank } from '../birth-date.ts';
import { parseNir } from '../nir.ts';
import { parseFiness, parseRpps } from '../practitioner.ts';
import { finessPlace } from './directory-row.ts';

/** The columns of a file of relations; accounts are named by number, or by a professional and a place. */
export const relationColumns = {
  required: ['nir', 'birthDate'],
  optional: ['birthRank', 'account', 'rpps', 'finess'],
} as const;

/** An account and a person it already serves, as a row names them. */
export type RelationRow = { readonly account: NamedAccount; readonly identity: Identity };

type Problem = { readonly problem: string; readonly column: string; readonly value: string };

const accountMax = 2_147_483_647;

/** Reads a row, its values in the order of `relationColumns`; or says which column is wrong, and why. */
export function readRelationRow(
  values: readonly (string | undefined)[],
  options: { readonly lenient: boolean },
): RelationRow | Problem {
  const [nir = '', birthDate = '', rank = '', account = '', rpps = '', finess = ''] = values;
  const bad = (column: string, value: string, problem: string) => ({ problem, column, value });
  if (nir === '') return bad('nir', nir, 'missing');
  const number = parseNir(nir, options);
  if ('problem' in number) {
    return bad('nir', nir, number.problem === 'key' ? 'wrong-nir-key' : 'not-a-nir');
  }
  if (birthDate === '') return bad('birthDate', birthDate, 'missing');
  const date = parseBirthDate(birthDate);
  if ('problem' in date) return bad('birthDate', birthDate, 'not-a-birth-date');
  const birthRank = parseBirthRank(rank === '' ? undefined : rank);
  if ('problem' in birthRank) return bad('birthRank', rank, 'not-a-rank');
  const named = readAccount({ account, rpps, finess }, options);
  if ('problem' in named) return named;
  const identity = { nir13: number.nir13, birthDate: date.birthDate, birthRank: birthRank.birthRank };
  return { account: named, identity };
}

function readAccount(
  { account, rpps, finess }: { account: string; rpps: string; finess: string },
  options: { readonly lenient: boolean },
): NamedAccount | Problem {
  if (account !== '') {
    const number = /^[1-9]\d{0,9}$/.test(account) ? Number(account) : Number.NaN;
    if (number <= accountMax) return { account: number };
    return { problem: 'not-an-account', column: 'account', value: account };
  }
  if (rpps === '') return { problem: 'missing', column: 'account', value: '' };
  const professional = parseRpps(rpps, options);
  if ('problem' in professional) {
    const problem = professional.problem === 'luhn' ? 'wrong-rpps-key' : 'not-an-rpps';
    return { problem, column: 'rpps', value: rpps };
  }
  if (finess === '') return { problem: 'missing', column: 'finess', value: '' };
  const place = parseFiness(finess, options);
  if ('problem' in place) {
    const problem = place.problem === 'luhn' ? 'wrong-finess-key' : 'not-a-finess';
    return { problem, column: 'finess', value: finess };
  }
  return { rpps: professional.rpps, placeKey: finessPlace(place.finess) };
}
