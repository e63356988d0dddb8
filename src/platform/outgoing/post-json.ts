import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import { createLookUpPublic, PrivateAddress } from './look-up-public.ts';
import { isPrivateAddress } from './private-address.ts';

/** A message to somebody else's server. */
export type Post = {
  readonly url: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly patienceMs: number;
  /** Whether it may go to this machine or to a network of ours: for trying things out. */
  readonly mayBePrivate: boolean;
};

/** How it ended: a status, or why there was none. */
export type PostOutcome =
  | { readonly status: number }
  | { readonly trouble: 'private-address' | 'timeout' | 'unreachable' };

const lookUpPublic = createLookUpPublic();

/** Posts JSON. Follows no redirect, reads no answer but its status, and never waits longer than told. */
export async function postJson(post: Post): Promise<PostOutcome> {
  const url = new URL(post.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // An address written as numbers is never looked up: the check below would not see it.
  if (!post.mayBePrivate && isIP(host) !== 0 && isPrivateAddress(host)) return { trouble: 'private-address' };
  const signal = AbortSignal.timeout(post.patienceMs);
  try {
    return { status: await send(url, post, signal) };
  } catch (error) {
    if (error instanceof PrivateAddress) return { trouble: 'private-address' };
    return { trouble: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

function send(url: URL, post: Post, signal: AbortSignal): Promise<number> {
  const request = url.protocol === 'https:' ? requestSecure : requestPlain;
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(post.text),
    ...post.headers,
  };
  const options = { method: 'POST', headers, signal, agent: false };
  return new Promise((resolve, reject) => {
    const lookingUp = post.mayBePrivate ? {} : { lookup: lookUpPublic };
    const sent = request(url, { ...options, ...lookingUp }, (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.on('error', () => {});
      answer.destroy();
    });
    sent.on('error', reject);
    sent.end(post.text);
  });
}
