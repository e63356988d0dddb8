import { Agent, request } from 'node:http';
import type { Desk } from '../desk.ts';

/** What a server said to one lookup. */
export type Told = {
  readonly status: number;
  /** Its place in the ledger: refusals beyond 60 a minute have none of their own. */
  readonly entry: string | undefined;
  readonly presence: string | undefined;
  /** Why nothing was told, by its code. */
  readonly code: string | undefined;
};

const patienceMs = 15_000;

/** Sends lookups to one server over connections that stay open. */
export class LookupClient {
  readonly #url: string;
  readonly #agent: Agent;

  /** `localAddress`: of this machine, for a server that is to see the calls come from there. */
  constructor(url: string, connections: number, localAddress?: string) {
    this.#url = url;
    const from = localAddress === undefined ? {} : { localAddress };
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, ...from });
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
          const body = readJson(Buffer.concat(parts));
          const presence = status === 200 ? body.presence : undefined;
          resolve({ status, entry, presence, code: status === 200 ? undefined : body.code });
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

/** What is no JSON says nothing: it comes from no server of ours. */
function readJson(bytes: Buffer): { readonly presence?: string; readonly code?: string } {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return {};
  }
}
