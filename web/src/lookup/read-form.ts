import { type NirProblem, parseNir } from '../../../src/modules/rights/nir.ts';
import type { Api } from '../api/types.d.ts';

/** The form as it is typed. */
export type TypedLookup = {
  readonly nir: string;
  readonly birthDate: string;
  readonly birthRank: string;
  readonly presenceCode: string;
  readonly careDate: string;
  readonly domains: readonly string[];
  readonly purpose: 'TREAT' | 'HPAYMT';
};
export type LookupBody = Api['POST /v1/coverage-lookups']['body'];

/** What is wrong with each field, or what is sent. */
export type ReadForm =
  | { readonly body: LookupBody }
  | {
      readonly problems: {
        readonly nir?: NirProblem;
        readonly birthDate?: true;
        readonly presenceCode?: true;
      };
    };

/** Reads what was typed; the server reads it again. */
export function readForm(typed: TypedLookup): ReadForm {
  const nir = checkNir(typed.nir);
  const birthDate = readBirthDate(typed.birthDate);
  const presenceCode = typed.presenceCode.replaceAll(' ', '');
  const wrongCode = presenceCode !== '' && !/^\d{6}$/.test(presenceCode);
  if (typeof nir === 'string' || birthDate === null || wrongCode) {
    return {
      problems: {
        ...(typeof nir === 'string' ? { nir } : {}),
        ...(birthDate === null ? { birthDate: true } : {}),
        ...(wrongCode ? { presenceCode: true } : {}),
      },
    };
  }
  return {
    body: {
      nir: typed.nir,
      birthDate,
      ...(typed.birthRank === '1' ? {} : { birthRank: Number(typed.birthRank) }),
      ...(presenceCode === '' ? {} : { presenceCode }),
      careDate: typed.careDate,
      ...(typed.domains.length === 0 ? {} : { careDomains: [...typed.domains] }),
      purpose: typed.purpose,
    },
  };
}

/** What is wrong with a number; its own key, or none, when it may name somebody. */
export function checkNir(text: string): NirProblem | { readonly hasKey: boolean } {
  // A demo's numbers may have a key that is not theirs only where the server accepts them: it says so itself.
  const read = parseNir(text.replaceAll(/[\u00a0\u202f.-]/g, ' '));
  return 'problem' in read ? read.problem : { hasKey: read.key !== undefined || read.kind !== 'NIR' };
}

/** `21/01/1985`, `21 01 1985`, `21011985` or `1985-01-21` as the API takes it; lunar months and days too. */
export function readBirthDate(text: string): string | null {
  const plain = text.trim();
  const french = /^(\d{2})[/. -]?(\d{2})[/. -]?(\d{4})$/.exec(plain);
  if (french !== null) return `${french[3]}-${french[2]}-${french[1]}`;
  return /^\d{4}-\d{2}-\d{2}$/.test(plain) ? plain : null;
}
