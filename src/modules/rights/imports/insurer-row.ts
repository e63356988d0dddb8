/** The columns of a file of insurers. */
export const insurerColumns = { required: ['amcCode', 'name', 'conventionTypes'] } as const;

/** An insurer as a file tells of it. */
export type ListedInsurer = {
  readonly amcCode: string;
  readonly name: string;
  readonly conventionTypes: readonly string[];
};

const longestName = 200;

/** Reads a row, its values in the order of `insurerColumns`; or says which column is wrong, and why. */
export function readInsurerRow(
  values: readonly (string | undefined)[],
): ListedInsurer | { readonly problem: string; readonly column: string; readonly value: string } {
  const [amcCode = '', name = '', types = ''] = values.map((value) => value?.trim());
  const bad = (column: string, value: string, problem: string) => ({ problem, column, value });
  if (amcCode === '') return bad('amcCode', amcCode, 'missing');
  // A text, never a number: leading zeros belong to it. Its length, 8 to 10, is unconfirmed.
  if (!/^[0-9A-Z]{8,10}$/.test(amcCode)) return bad('amcCode', amcCode, 'not-an-amc-code');
  if (name === '') return bad('name', name, 'missing');
  if (name.length > longestName) return bad('name', name, 'too-long');
  if (/\p{Cc}/u.test(name)) return bad('name', name, 'not-a-name');
  const conventionTypes = types === '' ? [] : [...new Set(types.split(/ +/))].sort();
  if (conventionTypes.some((type) => !/^[A-Z0-9]{2,4}$/.test(type))) {
    return bad('conventionTypes', types, 'not-a-convention');
  }
  return { amcCode, name, conventionTypes };
}

/** Whether two rows say the same of an insurer. */
export function isSameInsurer(one: ListedInsurer, other: ListedInsurer): boolean {
  return one.name === other.name && one.conventionTypes.join(' ') === other.conventionTypes.join(' ');
}
