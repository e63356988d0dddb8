import type { Api } from './types.d.ts';

/** A failure as the API tells it; `code` is of the closed list at /docs. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly body: ProblemBody;

  constructor(status: number, body: ProblemBody) {
    super(body.code);
    this.status = status;
    this.code = body.code;
    this.body = body;
  }
}

/** The body of a failure. */
export type ProblemBody = {
  readonly code: string;
  readonly requestId?: string;
  readonly fields?: readonly { readonly field: string; readonly says: string }[];
  readonly givesBack?: readonly { readonly what: string; readonly when: string }[];
};

type Operation = keyof Api;
type Sent<Name extends Operation> = {
  [Part in 'path' | 'query' | 'body' as Api[Name][Part] extends null ? never : Part]: Api[Name][Part];
};
/** Names what is sent, for those that are answered once: sent again with it, nothing happens twice. */
type Named = { readonly key?: string };
type Given<Name extends Operation> = keyof Sent<Name> extends never ? [] : [Sent<Name> & Named];

/** What came back: the declared answer, and the ledger entry that was written first. */
export type Answered<Name extends Operation> = {
  readonly body: Api[Name]['answer'];
  readonly entry: string | null;
};

/** Calls one operation of the API as the account that is signed in; fails with a `Problem`. */
export async function call<Name extends Operation>(
  name: Name,
  ...[sent]: Given<Name>
): Promise<Answered<Name>> {
  const [method = '', path = ''] = name.split(' ');
  const {
    path: parts,
    query,
    body,
    key,
  } = (sent ?? {}) as Record<'path' | 'query' | 'body', unknown> & Named;
  const answer = await fetch(addressOf(path, parts, query), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Problem(0, { code: 'unreachable' });
  });
  const told = await answer.json().catch(() => ({ code: 'unreachable' }));
  if (!answer.ok) throw new Problem(answer.status, told);
  return { body: told, entry: answer.headers.get('vigie-entry') };
}

function addressOf(path: string, parts: unknown, query: unknown): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((parts as Record<string, unknown>)[name])),
  );
  const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return asked.length === 0 ? filled : `${filled}?${new URLSearchParams(asked)}`;
}
