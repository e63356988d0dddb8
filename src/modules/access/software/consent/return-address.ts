/** Where software sends a holder's browser: the only address that signing in goes back to. */
export const authorizePath = '/oauth/authorize';

/** The names read of a request; OAuth says that others are ignored. */
export const queryNames = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'dpop_jkt',
] as const;

const here = 'http://here.invalid';
const longest = 8000;

/**
 * The request of software that an address holds, written anew; null when it is anything else. Server and page
 * both ask this, and go where it says: a path of ours and names of ours, whatever the text was.
 */
export function readReturn(text: string | null | undefined): string | null {
  if (typeof text !== 'string' || text.length > longest || !text.startsWith(`${authorizePath}?`)) return null;
  if (!URL.canParse(text, here)) return null;
  const url = new URL(text, here);
  if (url.origin !== here || url.pathname !== authorizePath) return null;
  const kept = queryNames.flatMap((name) =>
    url.searchParams.getAll(name).map((value): [string, string] => [name, value]),
  );
  return kept.length === 0 ? null : `${authorizePath}?${new URLSearchParams(kept)}`;
}

/** The sign-in page that comes back to a request of software; null when the address is no such request. */
export function signInBefore(address: string): string | null {
  const back = readReturn(address);
  return back === null ? null : `/sign-in?${new URLSearchParams({ back })}`;
}
