/** Why a text is not the number of a professional or of an establishment. */
export type PractitionerProblem = 'not-text' | 'length' | 'shape' | 'luhn';

/** Lenient accepts published test identifiers whose control digit is wrong; production never is lenient. */
export type PractitionerOptions = { readonly lenient?: boolean };

/** A professional's national number, 11 digits. */
export type Rpps = { readonly rpps: string; readonly wrongLuhn?: true };

/** An establishment's national number, 9 characters. */
export type Finess = { readonly finess: string; readonly wrongLuhn?: true };

/** Reads a RPPS number, alone (11 digits) or as the national identifier that puts an 8 before it (12). */
export function parseRpps(
  text: unknown,
  options: PractitionerOptions = {},
): Rpps | { readonly problem: PractitionerProblem } {
  if (typeof text !== 'string') return { problem: 'not-text' };
  const number = text.replaceAll(' ', '');
  if (number.length !== 11 && number.length !== 12) return { problem: 'length' };
  if (!/^8?\d{11}$/.test(number)) return { problem: 'shape' };
  const rpps = number.slice(-11);
  if (isLuhn(rpps)) return { rpps };
  return options.lenient === true ? { rpps, wrongLuhn: true } : { problem: 'luhn' };
}

/** Reads a FINESS number, alone (9 characters) or as the national identifier that puts a 1 before it (10). */
export function parseFiness(
  text: unknown,
  options: PractitionerOptions = {},
): Finess | { readonly problem: PractitionerProblem } {
  if (typeof text !== 'string') return { problem: 'not-text' };
  const number = text.replaceAll(' ', '').toUpperCase();
  if (number.length !== 9 && number.length !== 10) return { problem: 'length' };
  if (!/^1?(?:\d{2}|2A|2B)\d{7}$/.test(number)) return { problem: 'shape' };
  const finess = number.slice(-9);
  // Corsican numbers carry a letter that no published rule maps to a digit: they are not checked.
  if (/[AB]/.test(finess) || isLuhn(finess)) return { finess };
  return options.lenient === true ? { finess, wrongLuhn: true } : { problem: 'luhn' };
}

/** The digit that makes a number of digits pass Luhn's check, when written after it. */
export function luhnDigit(digits: string): string {
  return String((10 - (luhnSum(`${digits}0`) % 10)) % 10);
}

function isLuhn(digits: string): boolean {
  return luhnSum(digits) % 10 === 0;
}

function luhnSum(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}
