import { parseBirthDate, parseNir } from '../modules/rights/index.ts';
import type { Identity } from '../modules/vault/index.ts';
import { UsageProblem } from './command.ts';

/** The options that say whom a command is about, the same wherever a person is named. */
export const identityOptions = {
  nir: { type: 'string' },
  'birth-date': { type: 'string' },
  'birth-rank': { type: 'string' },
} as const;

/** How those options are written in a usage line. */
export const identityUsage = '--nir NUMBER --birth-date YYYY-MM-DD [--birth-rank N]';

/** Reads those options. */
export function readIdentity(
  values: { nir?: string; 'birth-date'?: string; 'birth-rank'?: string },
  lenient: boolean,
): Identity {
  const nir = parseNir(values.nir, { lenient });
  if ('problem' in nir) throw new UsageProblem('--nir is not a social security number.');
  const birth = parseBirthDate(values['birth-date']);
  if ('problem' in birth) throw new UsageProblem('--birth-date must be YYYY-MM-DD.');
  const birthRank = Number(values['birth-rank'] ?? '1');
  return { nir13: nir.nir13, birthDate: birth.birthDate, birthRank };
}
