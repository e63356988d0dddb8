/** What a token or the provider's page of the person says, unread. */
export type Claims = Readonly<Record<string, unknown>>;

/** The professional's number in what was told, or why there is none to go by. */
export type ReadNumber = { readonly rpps: string } | { readonly problem: 'none' | 'differ' };

/**
 * Reads the RPPS. That it stands in these claims, as the national identifier with its 8, is what practice
 * says and not a published text that we read: every one that is there must say the same.
 */
export function readNumber(told: readonly Claims[]): ReadNumber {
  const texts = told.flatMap(({ SubjectNameID, preferred_username }) => [SubjectNameID, preferred_username]);
  const given = texts.filter((text) => text !== undefined && text !== null && text !== '');
  const numbers = new Set(given.map((text) => /^8?(\d{11})$/.exec(String(text))?.[1]));
  const [rpps] = numbers;
  if (numbers.size > 1) return { problem: 'differ' };
  return rpps === undefined ? { problem: 'none' } : { rpps };
}
