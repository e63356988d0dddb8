import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk } from '../../world/desk.ts';

/** What a client sends; a GET without a body. */
export type Sent = {
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly get?: true;
};
/** What it heard, whole. */
export type Heard = { readonly status: number; readonly body: Record<string, unknown> };

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const patienceMs = 15_000;

/** Sends once; undefined when the connection broke before the whole answer came. */
export function sendOnce(url: string, desk: Desk, sent: Sent): Promise<Heard | undefined> {
  return new Promise((resolve) => {
    const text = sent.body === undefined ? undefined : JSON.stringify(sent.body);
    const headers = {
      ...desk.headers,
      ...(text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      ...(sent.key === undefined ? {} : { 'idempotency-key': sent.key }),
    };
    const method = sent.get === true ? 'GET' : 'POST';
    const out = request(`${url}${sent.path}`, { method, agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', () => {});
      answer.on('close', () => {
        if (!answer.complete) return resolve(undefined);
        const body = JSON.parse(Buffer.concat(parts).toString('utf8'));
        resolve({ status: answer.statusCode ?? 0, body });
      });
    });
    out.setTimeout(patienceMs, () => out.destroy());
    out.on('error', () => resolve(undefined));
    out.end(text);
  });
}

/**
 * Sends until it is answered: whoever hears nothing, or that it cannot be now, sends the same again, to
 * whichever server is there.
 */
export async function sendUntilHeard(
  servers: () => readonly string[],
  desk: Desk,
  sent: Sent,
): Promise<Heard> {
  for (let turn = 0; ; turn += 1) {
    const there = servers();
    const url = there[turn % Math.max(1, there.length)];
    const heard = url === undefined ? undefined : await sendOnce(url, desk, sent);
    if (heard !== undefined && heard.status !== 503) return heard;
    await sleep(5);
  }
}
