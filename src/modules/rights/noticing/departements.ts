const two = (number: number) => String(number).padStart(2, '0');
const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => two(first + index));

/**
 * Where people are born, as their numbers say it: the place in this list, from 1, is what entries hold. At
 * most 127; one is added at the end, none is moved. 20 is Corsica until 1976, 96 a protectorate's; 99 is
 * abroad.
 */
export const birthDepartements: readonly string[] = [
  ...from(1, 20),
  '2A',
  '2B',
  ...from(21, 96),
  ...['971', '972', '973', '974', '975', '976', '977', '978'],
  ...['984', '985', '986', '987', '988', '99'],
];

const places = new Map(birthDepartements.map((departement, index) => [departement, index + 1]));

/**
 * The place of the département that a person was born in, 0 when the number tells none. It is of birth, and
 * not of residence, because the number is what the platform knows of everybody, known or not: where people
 * live now is told of some, by their insurers.
 */
export function placeOfBirth(nir13: string): number {
  if (!/^[12]/.test(nir13)) return 0;
  const short = nir13.slice(5, 7);
  return places.get(short === '97' || short === '98' ? nir13.slice(5, 8) : short) ?? 0;
}
