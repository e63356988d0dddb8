import type { LightMyRequestResponse } from 'fastify';
import type { RunningServer } from '../src/compose.ts';
import {
  createOrganisation,
  type Invitation,
  inviteHolder,
  openAccount,
  type Role,
} from '../src/modules/access/index.ts';
import type { Ledger } from '../src/modules/ledger/index.ts';
import { allowanceFigures, findProfession } from '../src/modules/rights/index.ts';
import type { Keys } from '../src/modules/vault/index.ts';
import type { Database } from '../src/platform/database/connect.ts';
import { SoftwarePasskey } from './software-passkey.ts';

/** Where the pages of test servers are. */
export const origin = 'https://vigie.example';

type Tools = { readonly db: Database; readonly keys: Keys; readonly ledger: Ledger };

/** Opens an account of a role, in an organisation of its own unless one is given. */
export async function openAs(
  tools: Tools,
  role: Role,
  at: { organisation?: number; insurer?: number } = {},
): Promise<{ account: number; organisation: number }> {
  const organisation = at.organisation ?? (await createOrganisation(tools, 'Cabinet des Essais'));
  const optician = findProfession('optician');
  if (optician === undefined) throw new Error('no optician');
  const account = await openAccount(tools, {
    organisation,
    role,
    profession: role === 'professional' ? 'optician' : role,
    holder: { name: 'Jeanne Dupré-Secret' },
    figures: allowanceFigures(optician.figures),
    ...(at.insurer === undefined ? {} : { insurer: at.insurer }),
  });
  return { account, organisation };
}

/** A browser: it keeps one cookie, and says where it is. */
export class Browser {
  cookie: string | undefined;
  readonly #server: RunningServer;
  readonly from: { address: string; agent: string };

  constructor(server: RunningServer, from: Partial<Browser['from']> = {}) {
    this.#server = server;
    this.from = { address: '192.0.2.10', agent: 'Firefox', ...from };
  }

  /** Sends a POST as a page of ours does. */
  async post(
    url: string,
    body?: unknown,
    headers: Record<string, string> = { origin },
  ): Promise<LightMyRequestResponse> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = { ...json, ...headers, ...this.#own() };
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
    const answer = await this.#server.app.inject({
      ...{ method: 'POST', url, headers: sent, remoteAddress: this.from.address },
      ...payload,
    });
    const set = answer.headers['set-cookie'];
    if (typeof set === 'string') this.cookie = set.includes('Max-Age=0') ? undefined : set.split(';')[0];
    return answer;
  }

  get(url: string): Promise<LightMyRequestResponse> {
    return this.#server.app.inject({ url, headers: this.#own(), remoteAddress: this.from.address });
  }

  /** Makes the invited holder's passkey. */
  async enrol({ link, code }: Invitation): Promise<SoftwarePasskey> {
    const passkey = new SoftwarePasskey(origin);
    const invitation = { link, code };
    const options = (await this.post('/v1/enrolment-options', invitation)).json();
    const answer = await this.post('/v1/enrolments', { invitation, credential: passkey.create(options) });
    if (answer.statusCode !== 200) throw new Error(`no enrolment: ${answer.body}`);
    return passkey;
  }

  async signIn(passkey: SoftwarePasskey): Promise<LightMyRequestResponse> {
    const options = (await this.post('/v1/sign-in-options', {})).json();
    return this.post('/v1/sessions', passkey.get(options));
  }

  #own(): Record<string, string> {
    const cookie = this.cookie === undefined ? {} : { cookie: this.cookie };
    return { 'user-agent': this.from.agent, ...cookie };
  }
}

/** An account of a role whose holder is signed in. */
export async function signedInAs(
  server: RunningServer,
  keys: Keys,
  role: Role,
  at: Parameters<typeof openAs>[2] = {},
) {
  const tools = { db: server.db, keys, ledger: server.ledger };
  const opened = await openAs(tools, role, at);
  const browser = new Browser(server);
  const invitation = await inviteHolder(tools, { account: opened.account, by: 0, why: 'a test' });
  const passkey = await browser.enrol(invitation);
  return { ...opened, browser, passkey };
}
