import { Failure } from '../../../../platform/errors.ts';
import { openText } from '../../../vault/index.ts';
import type { Caller } from '../../caller.ts';
import type { AccountTools } from '../../create-account.ts';
import { consentScopesOf, scopesOf } from '../profile.ts';
import { revokeClient } from '../register-client.ts';
import { type ClientReach, listShownClients, type ShownClientRow } from './store.ts';

/** Software as those who manage it see it. */
export type ShownClient = {
  readonly client: string;
  readonly number: number;
  readonly name: string;
  readonly organisation: { readonly number: number; readonly name: string };
  readonly kind: 'service' | 'acts-for-people';
  readonly account: number | null;
  readonly keys: readonly { readonly kid: string; readonly algorithm: string }[];
  readonly keysAt: Date;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly seenAt: Date | null;
  readonly live: number;
  readonly revoked: { readonly at: Date; readonly by: number; readonly why: string } | null;
};

const most = 50;
const algorithmOf: Readonly<Record<string, string>> = { 'P-256': 'ES256', Ed25519: 'EdDSA' };

/** The software within the caller's reach, the newest first; `next` is what to ask `before`. */
export async function readClients(
  { db, keys }: AccountTools,
  caller: Caller,
  before: number | null,
): Promise<{ clients: ShownClient[]; next: number | null }> {
  const rows = await listShownClients(db, { ...reachOf(caller), id: null, before, most: most + 1 });
  const shown = rows.slice(0, most);
  const next = rows.length > most ? (shown.at(-1)?.number ?? null) : null;
  return { clients: shown.map((row) => show(keys, row)), next };
}

/** Revokes software for good, with a reason. Out of reach is told like not there. */
export async function revokeWithin(
  tools: AccountTools,
  { caller, client }: { readonly caller: Caller; readonly client: string },
  why: string,
): Promise<void> {
  const ask = { ...reachOf(caller), id: client, before: null, most: 1 };
  const [row] = await listShownClients(tools.db, ask);
  if (row === undefined) throw new Failure('not-found');
  await revokeClient(tools, client, { by: caller.account, why });
}

/** An administrator reaches the software of their own house; one without a house, nobody's. */
function reachOf({ role, organisation, insurer }: Caller): ClientReach {
  if (role === 'organisation-administrator') return { organisation, insurer: null };
  if (role === 'insurer-administrator') return { organisation: null, insurer: insurer ?? 0 };
  return { organisation: null, insurer: null };
}

function show(keys: AccountTools['keys'], row: ShownClientRow): ShownClient {
  const { id, number, organisation, account, role, keysAt, createdAt, seenAt, live } = row;
  const { revokedAt, revokedBy, whySealed } = row;
  const why = whySealed === null ? '' : openText(keys, whySealed, `revoked|${id}`);
  return {
    ...{ client: id, number, account, keysAt, createdAt, seenAt, live },
    name: openText(keys, row.nameSealed, `client|${id}`),
    organisation: { number: organisation, name: openText(keys, row.organisationSealed, 'organisation') },
    kind: account === null ? 'acts-for-people' : 'service',
    keys: row.keys.map(({ kid, crv }) => ({ kid, algorithm: algorithmOf[crv] ?? crv })),
    // Who consents is a professional: nobody else has anything that software may be allowed.
    scopes: role === null ? consentScopesOf('professional') : scopesOf(role),
    revoked: revokedAt === null ? null : { at: revokedAt, by: revokedBy ?? 0, why },
  };
}
