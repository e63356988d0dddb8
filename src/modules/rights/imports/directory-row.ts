import { parseFiness, parseRpps } from '../practitioner.ts';
import { type DirectoryRule, ruleNamed, ruleOf } from './directory.ts';

/** A professional at a place, as one row of the directory tells it. */
export type DirectoryRow = {
  readonly rpps: string;
  readonly name: string;
  /** The key is the place's FINESS, else SIRET, else the directory's own number, after its kind. */
  readonly place: { readonly key: string; readonly name: string };
  readonly rule: DirectoryRule;
};

/** Why a row is left out: nothing is wrong with it. */
export type Skipped =
  | { readonly skipped: 'profession'; readonly code: string }
  | { readonly skipped: 'category' | 'adeli' | 'no-place' };

/** Why a row is rejected: somebody must mend it. */
export type DirectoryProblem = {
  readonly problem: string;
  readonly column: string;
  readonly value: string;
};

const longestName = 200;

/** Reads a row, its values in the order of `directoryColumns`. */
export function readDirectoryRow(
  values: readonly (string | undefined)[],
  options: { readonly lenient: boolean },
): DirectoryRow | Skipped | DirectoryProblem {
  const [identifier = '', family = '', given = '', profession = '', category = '', knowHow = ''] = values;
  const [finess = '', siret = '', technical = '', company = '', sign = '', section = '', ours = ''] =
    values.slice(6);
  if (category !== 'C') return { skipped: 'category' };
  const isNamed = profession === '' && ours !== '';
  const rule = isNamed ? ruleNamed(ours) : ruleOf({ profession, knowHow, section });
  if (rule === null && isNamed) {
    return { problem: 'not-a-profession', column: 'Profession Vigie', value: ours };
  }
  if (rule === null || rule.ours === null) return { skipped: 'profession', code: profession };
  if (/^0\w{9}$/.test(identifier)) return { skipped: 'adeli' };
  const rpps = parseRpps(identifier, options);
  if ('problem' in rpps) {
    const problem = rpps.problem === 'luhn' ? 'wrong-rpps-key' : 'not-an-rpps';
    return { problem, column: 'Identification nationale PP', value: identifier };
  }
  const name = `${given} ${family}`.trim();
  const nameProblem = problemOfName(name);
  if (nameProblem !== null) return { problem: nameProblem, column: "Nom d'exercice", value: name };
  const key = placeKey({ finess, siret, technical }, options);
  if (key === null) return { skipped: 'no-place' };
  if (typeof key !== 'string') return key;
  const placeName = company.trim() || sign.trim() || key.replace('|', ' ').toUpperCase();
  const placeProblem = problemOfName(placeName);
  if (placeProblem !== null) {
    return { problem: placeProblem, column: 'Raison sociale site', value: placeName };
  }
  return { rpps: rpps.rpps, name, place: { key, name: placeName }, rule };
}

/** How the place of a FINESS number is named in keyed indexes. */
export function finessPlace(finess: string): string {
  return `finess|${finess}`;
}

function placeKey(
  told: { finess: string; siret: string; technical: string },
  options: { readonly lenient: boolean },
): string | null | DirectoryProblem {
  const { finess, siret, technical } = told;
  if (finess !== '') {
    const read = parseFiness(finess, options);
    if ('finess' in read) return finessPlace(read.finess);
    const problem = read.problem === 'luhn' ? 'wrong-finess-key' : 'not-a-finess';
    return { problem, column: 'Numéro FINESS site', value: finess };
  }
  if (siret !== '') {
    if (/^\d{14}$/.test(siret)) return `siret|${siret}`;
    return { problem: 'not-a-siret', column: 'Numéro SIRET site', value: siret };
  }
  if (technical === '') return null;
  if (/^[\w.-]{1,64}$/.test(technical)) return `structure|${technical}`;
  return { problem: 'not-a-structure', column: 'Identifiant technique de la structure', value: technical };
}

function problemOfName(name: string): 'missing' | 'too-long' | 'not-a-name' | null {
  if (name === '') return 'missing';
  if (name.length > longestName) return 'too-long';
  return /\p{Cc}/u.test(name) ? 'not-a-name' : null;
}
