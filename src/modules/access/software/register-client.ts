import { randomBytes } from 'node:crypto';
import { Failure } from '../../../platform/errors.ts';
import { openText, sealText } from '../../vault/index.ts';
import type { AccountTools } from '../create-account.ts';
import { readClientKeys } from './client-keys.ts';
import { isLoopback } from './consent/redirect.ts';
import * as store from './store.ts';

const noHouse = { organisation: null, redirects: [] };
const notLoopback =
  'an address such as http://127.0.0.1/callback or http://[::1]/callback; any port is heard';

type Tools = Omit<AccountTools, 'ledger'>;

/** A client to register: the software of one service account, or software that acts for those who consent. */
export type NewClient = {
  readonly name: string;
  readonly jwks: string;
  readonly for:
    | { readonly account: number }
    | { readonly organisation: number; readonly redirects: readonly string[] };
};

/** Registers a client with its public keys; its id, which is no secret. */
export async function registerClient(tools: Tools, asked: NewClient): Promise<string> {
  const keys = acceptKeys(asked.jwks);
  const id = `vigie-${randomBytes(12).toString('base64url')}`;
  const account = 'account' in asked.for ? asked.for.account : null;
  const house = 'account' in asked.for ? noHouse : asked.for;
  if (account === null && !(house.redirects.length > 0 && house.redirects.every(isLoopback))) {
    throw new Failure('invalid-field', { fields: [{ field: 'redirect', says: notLoopback }] });
  }
  const nameSealed = sealText(tools.keys, asked.name, `client|${id}`);
  if (await store.insertClient(tools.db, { id, nameSealed, account, ...house, keys })) return id;
  if (account === null) {
    throw new Failure('not-found', { detail: `There is no organisation ${house.organisation}.` });
  }
  throw new Failure('not-found', {
    detail:
      `There is no account ${account} that software may sign in to: there is none, it looks nobody up, a ` +
      'person signs in to it with a passkey, or it has a client already.',
  });
}

/** Puts other public keys in the place of a client's: those it had sign nothing more. */
export async function rotateClientKeys(tools: Tools, id: string, jwks: string): Promise<void> {
  if (!(await store.replaceClientKeys(tools.db, id, acceptKeys(jwks)))) throw unknown(id);
}

/** Revokes a client: its tokens hold for no further request, on any server. By 0: the command line. */
export async function revokeClient(
  { db, keys }: Tools,
  id: string,
  hand: { readonly by: number; readonly why: string | null } = { by: 0, why: null },
): Promise<void> {
  const whySealed = hand.why === null ? null : sealText(keys, hand.why, `revoked|${id}`);
  if (!(await store.revokeClientRow(db, { id, by: hand.by, whySealed }))) throw unknown(id);
}

/** A client as an operator sees it. */
export type Client = Omit<store.ListedClient, 'nameSealed'> & { readonly name: string };

/** Every client, those revoked too. */
export async function listClients({ db, keys }: Tools): Promise<Client[]> {
  const rows = await store.listClientRows(db);
  return rows.map(({ nameSealed, ...row }) => {
    return { ...row, name: openText(keys, nameSealed, `client|${row.id}`) };
  });
}

function acceptKeys(jwks: string) {
  const keys = readClientKeys(jwks);
  if ('problem' in keys) {
    throw new Failure('invalid-field', { fields: [{ field: 'jwks', says: keys.problem }] });
  }
  return keys;
}

function unknown(id: string): Failure {
  return new Failure('not-found', { detail: `There is no client ${id}, or it was revoked.` });
}
