import { Agent, request } from 'node:http';
import type { Desk } from '../../world/desk.ts';

/** What the server said. */
export type Said = {
  readonly status: number;
  readonly entry: string | undefined;
  readonly body: Record<string, unknown>;
};

/** What is sent: a body, or nothing to read what is there. */
export type Request = { readonly body?: object; readonly key?: string; readonly get?: true };

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Sends one request and hears its whole answer. */
export function post(url: string, desk: Desk['headers'], { body, key, get }: Request): Promise<Said> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...desk,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const sent = request(url, { method: get === true ? 'GET' : 'POST', agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const entry = answer.headers['vigie-entry'];
        resolve({
          status: answer.statusCode ?? 0,
          entry: typeof entry === 'string' ? entry : undefined,
          body: JSON.parse(Buffer.concat(parts).toString('utf8') || '{}'),
        });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}
