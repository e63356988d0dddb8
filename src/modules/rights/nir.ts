/** The families of number a person can be looked up by; a waiting number (NIA) has the form of a NIR. */
export type NirKind = 'NIR' | 'NNP' | 'MIG';

/** Why a text is not a number of any family. */
export type NirProblem = 'not-text' | 'length' | 'shape' | 'key';

/** A number that may name a person: its 13 characters, and the control key when one was given. */
export type Nir = {
  readonly kind: NirKind;
  readonly nir13: string;
  readonly key?: string;
  /** Only in lenient mode: the key that was given is not the key of the number. */
  readonly wrongKey?: true;
};

/** What may be accepted besides: test identifiers with a wrong key, provisional numbers before 2012. */
export type NirOptions = { readonly lenient?: boolean; readonly before2012?: boolean };

const nirShape = /^[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2A|2B)\d{6}(?:9[0-7]|[0-8]\d)?$/;
const lenientShape = /^[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2A|2B)\d{6}(?:\d{2})?$/;
const provisionalShape = /^[78][12]\d{11}$/;
const provisionalShapeBefore2012 = /^[78][012]\d{11}$/;
const passingShape = /^[56][12]\d{11}$/;

// The blanks that the national validator trims, and no others: a no-break space is a typing error there too.
const outerBlanks = /^[\t\n\r\0\v]+|[\t\n\r\0\v]+$/g;

/** Reads a NIR, a provisional number (NNP) or a passing migrant's (MIG) as the national validator does. */
export function parseNir(text: unknown, options: NirOptions = {}): Nir | { readonly problem: NirProblem } {
  if (typeof text !== 'string') return { problem: 'not-text' };
  const number = text.replaceAll(' ', '').replace(outerBlanks, '').toUpperCase();
  if (/^[5-8]/.test(number)) return parseKeyless(number, options.before2012 === true);
  if (number.length !== 13 && number.length !== 15) return { problem: 'length' };
  const shape = options.lenient === true ? lenientShape : nirShape;
  if (!shape.test(number)) return { problem: 'shape' };
  const nir13 = number.slice(0, 13);
  if (number.length === 13) return { kind: 'NIR', nir13 };
  const key = number.slice(13);
  if (key === controlKey(nir13)) return { kind: 'NIR', nir13, key };
  return options.lenient === true ? { kind: 'NIR', nir13, key, wrongKey: true } : { problem: 'key' };
}

/** The two digits that control a NIR: 97 minus the number modulo 97, Corsica's 2A and 2B as 19 and 18. */
export function controlKey(nir13: string): string {
  const digits = nir13.replace('2A', '19').replace('2B', '18');
  // Thirteen digits are exact in a number: no need for BigInt on the lookup's path.
  return String(97 - (Number(digits) % 97)).padStart(2, '0');
}

/** Writes a number as cards do: `2 84 05 88 321 025 32`, or without a key for a NNP or a MIG. */
export function writeNir(nir13: string): string {
  if (/^[5-8]/.test(nir13))
    return [nir13.slice(0, 1), nir13.slice(1, 2), nir13.slice(2, 5), nir13.slice(5)].join(' ');
  const parts = [0, 1, 3, 5, 7, 10, 13].map((start, i, starts) => nir13.slice(start, starts[i + 1]));
  return [...parts.slice(0, 6), controlKey(nir13)].join(' ');
}

function parseKeyless(number: string, before2012: boolean): Nir | { readonly problem: NirProblem } {
  if (number.length !== 13) return { problem: 'length' };
  if (passingShape.test(number)) return { kind: 'MIG', nir13: number };
  const shape = before2012 ? provisionalShapeBefore2012 : provisionalShape;
  return shape.test(number) ? { kind: 'NNP', nir13: number } : { problem: 'shape' };
}
