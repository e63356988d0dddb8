import type { LightMyRequestResponse } from 'fastify';
import type { RunningServer } from '../src/compose.ts';
import type { HealthIdentity } from './health-identity.ts';

/** A browser that goes to the provider and comes back; it keeps the cookies of each. */
export class PscVisitor {
  readonly card: string;
  jar = new Map<string, string>();
  address = '192.0.2.10';
  readonly #server: RunningServer;
  readonly #identity: HealthIdentity;
  readonly #origin: string;
  readonly #providerJar = new Map<string, string>();

  constructor(server: RunningServer, identity: HealthIdentity, origin: string) {
    this.#server = server;
    this.#identity = identity;
    this.#origin = origin;
    this.card = identity.card;
  }

  /** What the provider calls a professional. */
  subject(rpps: string): string {
    return `f:essais:8${rpps}`;
  }

  start(query = ''): Promise<LightMyRequestResponse> {
    return this.get(`/v1/psc/start${query}`);
  }

  /** Leaves for the provider: where to, and the cookie that waits. */
  async leave(query = ''): Promise<{ url: URL; cookie: string }> {
    const answer = await this.start(query);
    return { url: new URL(String(answer.headers.location)), cookie: String(answer.headers['set-cookie']) };
  }

  /** Goes where the provider sends, until it sends back to us. */
  async throughProvider(url: URL): Promise<URL> {
    let at = url;
    this.#identity.card = this.card;
    for (let hops = 0; hops < 8; hops += 1) {
      if (at.origin === this.#origin) return at;
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie: written(this.#providerJar) } });
      for (const set of answer.headers.getSetCookie()) keep(this.#providerJar, set);
      const next = answer.headers.get('location');
      if (next === null) throw new Error(`the provider stays: ${answer.status} ${await answer.text()}`);
      at = new URL(next, at);
    }
    throw new Error('the provider goes in circles');
  }

  arrive(back: URL, at = this.#server): Promise<LightMyRequestResponse> {
    // Another site sent the browser here: what is Strict stays at home.
    const cookies = new Map([...this.jar].filter(([name]) => name === '__Host-vigie-psc'));
    return this.#send(at, { method: 'GET', url: `${back.pathname}${back.search}` }, cookies);
  }

  async signIn(): Promise<LightMyRequestResponse> {
    const { url } = await this.leave();
    return this.arrive(await this.throughProvider(url));
  }

  choose(account: number, origin = this.#origin): Promise<LightMyRequestResponse> {
    const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
    const payload = `account=${account}`;
    return this.#send(this.#server, { method: 'POST', url: '/psc/place', headers, payload }, this.jar);
  }

  get(url: string): Promise<LightMyRequestResponse> {
    return this.#send(this.#server, { method: 'GET', url }, this.jar);
  }

  post(url: string, body?: unknown): Promise<LightMyRequestResponse> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { origin: this.#origin, ...json };
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
    return this.#send(this.#server, { method: 'POST', url, headers, ...payload }, this.jar);
  }

  async #send(
    at: RunningServer,
    asked: { method: 'GET' | 'POST'; url: string; headers?: Record<string, string>; payload?: string },
    cookies: Map<string, string>,
  ): Promise<LightMyRequestResponse> {
    const cookie = cookies.size === 0 ? {} : { cookie: written(cookies) };
    const headers = { ...asked.headers, 'user-agent': 'Firefox', ...cookie };
    const answer = await at.app.inject({ ...asked, headers, remoteAddress: this.address });
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) keep(this.jar, set);
    return answer;
  }
}

function keep(jar: Map<string, string>, set: string): void {
  const [pair = ''] = set.split(';');
  const cut = pair.indexOf('=');
  const name = pair.slice(0, cut);
  if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(name);
  else jar.set(name, pair.slice(cut + 1));
}

function written(jar: Map<string, string>): string {
  return [...jar].map(([name, text]) => `${name}=${text}`).join('; ');
}
