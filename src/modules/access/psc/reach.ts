/** Where a request may go: the provider's own host, and nowhere it names besides. */
export type Reach = { readonly issuer: string; readonly mayBePlain: boolean };

/** The most a provider may answer, in bytes: its documents and keys have a few thousand. */
const answerBytesMax = 256 * 1024;

/** Whether an address is https, or plain on this very machine outside production, and of one of the hosts. */
export function isWithin(address: string, hosts: readonly string[], mayBePlain: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const isLoopback = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
  const isSafe = url.protocol === 'https:' || (mayBePlain && url.protocol === 'http:' && isLoopback);
  return isSafe && url.username === '' && url.password === '' && hosts.includes(url.host);
}

/** A fetch that stays within the provider, follows nothing and reads no more than it must. */
export function guardedFetch({ issuer, mayBePlain }: Reach) {
  const hosts = [new URL(issuer).host];
  return async (address: string, options: object = {}): Promise<Response> => {
    if (!isWithin(address, hosts, mayBePlain)) throw new Error('the provider names an address elsewhere');
    const answer = await fetch(address, { ...options, redirect: 'manual' });
    const { status, headers } = answer;
    const bytes = await readWhole(answer);
    // A redirect stays what it is: no caller takes it for an answer.
    if (status === 204 || status === 304) return new Response(null, { status, headers });
    return new Response(bytes, { status, headers });
  };
}

async function readWhole(answer: Response): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.byteLength;
    if (length > answerBytesMax) throw new Error('the provider answers more than it may');
    parts.push(part);
  }
  return Uint8Array.from(Buffer.concat(parts)).buffer;
}
