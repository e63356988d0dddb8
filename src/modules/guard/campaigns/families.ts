/**
 * The ways in which two accounts can be linked. A link needs two of them: each alone has honest causes.
 * A set of families is kept as a number, the first being its lowest bit.
 */
export const families = ['network', 'client', 'sign-in', 'rhythm', 'targets'] as const;
export type Family = (typeof families)[number];

/** The bit of a family. */
export function bitOf(family: Family): number {
  return 1 << families.indexOf(family);
}

/** The families of a set. */
export function familiesOf(set: number): Family[] {
  return families.filter((_, place) => (set >> place) & 1);
}

/** How many families are in a set. */
export function countFamilies(set: number): number {
  return familiesOf(set).length;
}
