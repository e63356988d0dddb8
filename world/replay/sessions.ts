import { createServer } from 'node:net';
import { createBeginnings, openDemoSession } from '../../src/modules/access/index.ts';
import type { Keys } from '../../src/modules/vault/index.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import { LookupClient, type Told } from '../day/send-lookup.ts';

/** Where somebody works from: numbers of a network, of a browser and of a session, as attacks have them. */
export type Place = { readonly network: number; readonly client: number; readonly session: number };

/** What sessions are opened with, and the server that is asked. */
export type SessionTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly url: string;
  /** Where browsers reach it: what a page of ours says it comes from. */
  readonly origin: string;
};

/** The browser of somebody at work, and the tool of a thief. */
export const ownClient = 1;
const agents: Readonly<Record<number, string>> = { [ownClient]: 'Mozilla/5.0 (practice)' };
const thiefAgent = 'python-requests/2.32';

type Session = {
  readonly client: LookupClient;
  readonly desk: {
    readonly headers: { readonly cookie: string; readonly origin: string; readonly 'user-agent': string };
  };
};

/**
 * Sessions of stolen accounts, each from a network of its own: this machine has sixteen million addresses,
 * and the server sees the one that is called from. Where it has one only, everybody calls from that.
 */
export class Sessions {
  readonly #tools: SessionTools;
  readonly #hasNetworks: boolean;
  readonly #open = new Map<string, Promise<Session>>();

  private constructor(tools: SessionTools, hasNetworks: boolean) {
    this.#tools = tools;
    this.#hasNetworks = hasNetworks;
  }

  static async begin(tools: SessionTools): Promise<Sessions> {
    const isHere = new URL(tools.url).hostname === '127.0.0.1';
    return new Sessions(tools, isHere && (await mayCallFrom(addressOf(ownClient))));
  }

  /** Whether the server sees networks apart. */
  get hasNetworks(): boolean {
    return this.#hasNetworks;
  }

  /** Looks somebody up as an account, from a place; its session is opened at its first lookup. */
  async lookUp(account: number, place: Place, body: object): Promise<Told> {
    const key = `${account}|${place.session}|${place.network}`;
    const opening = this.#open.get(key) ?? this.#begin(account, place);
    this.#open.set(key, opening);
    const { client, desk } = await opening;
    return client.send(desk, body);
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#open.values());
    for (const one of opened) if (one.status === 'fulfilled') one.value.client.close();
  }

  /** As after phishing: a session of the account, begun by whoever has what its holder typed. */
  async #begin(account: number, place: Place): Promise<Session> {
    const { db, keys, url, origin } = this.#tools;
    const address = this.#hasNetworks ? addressOf(place.network) : '127.0.0.1';
    const userAgent = agents[place.client] ?? thiefAgent;
    const from = createBeginnings(keys)({ address: this.#seenAs(address), userAgent });
    const cookie = (await openDemoSession(db, account, from)).split(';')[0] ?? '';
    const client = new LookupClient(url, 1, this.#hasNetworks ? address : undefined);
    return { client, desk: { headers: { cookie, origin, 'user-agent': userAgent } } };
  }

  #seenAs(address: string): string {
    return new URL(this.#tools.url).hostname === '[::1]' ? '::1' : address;
  }
}

/** An address of this machine for a network: three of its numbers are the network. */
function addressOf(network: number): string {
  return `127.${1 + ((network >> 8) % 250)}.${network & 255}.1`;
}

/** Linux calls from any address of 127.0.0.0/8; others from those they were given. */
function mayCallFrom(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: address, port: 0 }, () => probe.close(() => resolve(true)));
  });
}
