import type { Clock } from '../../../platform/clock.ts';
import type { AccountTools } from '../create-account.ts';
import { writeToken } from './access-token.ts';
import { touchClient } from './clients/store.ts';
import { tokenSeconds } from './profile.ts';
import { Refusal } from './refusal.ts';
import { type LiveClient, touchSoftwareSession } from './store.ts';

/** What software signs in with. */
export type SoftwareTools = AccountTools & { readonly clock: Clock; readonly origin: string };

/** The form of a request for a token: names and texts, once each. */
export type TokenForm = Readonly<Record<string, string>>;

/** Who asks for a token, and the key it will be bound to: both proven, neither shown before. */
export type Asking = {
  readonly client: LiveClient;
  readonly thumbprint: string;
  readonly now: number;
  /** The network it asks from, as a keyed number. */
  readonly network: number;
};

/** A token response (RFC 6749 §5.1). */
export type TokenAnswer = {
  readonly access_token: string;
  readonly token_type: 'DPoP';
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
};

/** Whoever is suspended gets no token; those given before stop at their next record. */
export async function refuseSuspended({ ledger }: SoftwareTools, account: number): Promise<void> {
  const allowance = await ledger.readAllowance(account);
  if (allowance === undefined || allowance.standing === 'suspended') {
    throw new Refusal('unauthorized_client', 'the account is suspended');
  }
}

/** The token of a session, bound to the key that signed the request for it. */
export async function giveToken(
  { db, keys, origin }: SoftwareTools,
  content: Parameters<typeof writeToken>[1],
  { now, network }: Pick<Asking, 'now' | 'network'>,
): Promise<TokenAnswer> {
  await touchClient(db, content.client);
  await touchSoftwareSession(db, { session: content.session, network });
  const token = await writeToken(keys, content, { origin, now });
  return { access_token: token, token_type: 'DPoP', expires_in: tokenSeconds, scope: content.scope };
}
