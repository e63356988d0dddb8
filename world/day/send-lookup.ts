import { Agent, request } from 'node:http';
import type { Desk } from '../desk.ts';

/** What a server said to one lookup. */
export type Told = {
  readonly status: number;
  /** Its place in the ledger: refusals beyond 60 a minute have none of their own. */
  readonly entry: string | undefined;
  readonly presence: string | undefined;
};

const patienceMs = 15_000;

/** Sends lookups to one server over connections that stay open. */
export class LookupClient {
  readonly #url: string;
  readonly #agent: Agent;

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Asks once; fails when no whole answer comes. */
  send(desk: Pick<Desk, 'headers'>, body: object): Promise<Told> {
    const text = JSON.stringify(body);
    const headers = {
      ...desk.headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', agent: this.#agent, headers };
      const sent = request(`${this.#url}/v1/coverage-lookups`, options, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const { statusCode: status = 0, headers: told } = answer;
          const entry = told['vigie-entry'] as string | undefined;
          const presence =
            status === 200 ? JSON.parse(Buffer.concat(parts).toString('utf8')).presence : undefined;
          resolve({ status, entry, presence });
        });
      });
      sent.setTimeout(patienceMs, () => sent.destroy(new Error('the server did not answer in time')));
      sent.on('error', reject);
      sent.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
