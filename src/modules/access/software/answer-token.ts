import type { Clock } from '../../../platform/clock.ts';
import type { AccountTools } from '../create-account.ts';
import { writeToken } from './access-token.ts';
import { authenticateClient } from './authenticate-client.ts';
import { chooseScopes, rememberedMinutes, scopesOf, tokenPath, tokenSeconds } from './profile.ts';
import { checkProof } from './proof.ts';
import { Refusal } from './refusal.ts';
import { type LiveClient, openServiceSession, useOnce } from './store.ts';

/** What software signs in with. */
export type SoftwareTools = AccountTools & { readonly clock: Clock; readonly origin: string };

/** A request for a token: its form, and the proof of the key that the token will be bound to. */
export type TokenRequest = {
  readonly form: Readonly<Record<string, string>>;
  readonly proof: string | undefined;
};

/** Who asks for a token, and the key it will be bound to: both proven, neither shown before. */
export type Asking = { readonly client: LiveClient; readonly thumbprint: string; readonly now: number };

/** A token response (RFC 6749 §5.1). */
export type TokenAnswer = {
  readonly access_token: string;
  readonly token_type: 'DPoP';
  readonly expires_in: number;
  readonly scope: string;
};

/** Gives an access token, or throws a Refusal. */
export async function answerToken(tools: SoftwareTools, asked: TokenRequest): Promise<TokenAnswer> {
  const asking = await proveAsking(tools, asked);
  if (asked.form.grant_type === 'client_credentials') return answerService(tools, asked.form, asking);
  throw new Refusal('unsupported_grant_type', 'grant_type is not one of those this server knows');
}

async function proveAsking(tools: SoftwareTools, { form, proof }: TokenRequest): Promise<Asking> {
  const { db, clock, origin } = tools;
  const now = Number(clock.now() / 1000n);
  const { client, once } = await authenticateClient(db, form, { origin, now });
  const held = await checkProof(proof, { method: 'POST', url: `${origin}${tokenPath}`, now });
  if ('problem' in held) throw new Refusal('invalid_dpop_proof', held.problem);
  // Both at once, and before anything is given: of two servers that hear the same, one alone goes on.
  if ((await useOnce(db, [held.once], rememberedMinutes)) !== 1) {
    throw new Refusal('invalid_dpop_proof', 'the proof was used before');
  }
  if ((await useOnce(db, [once], rememberedMinutes)) !== 1) {
    throw new Refusal('invalid_client', 'the assertion was used before');
  }
  return { client, thumbprint: held.thumbprint, now };
}

/** A service acts as its organisation's own service account, and as nothing else. */
async function answerService(
  tools: SoftwareTools,
  form: Readonly<Record<string, string>>,
  { client, thumbprint, now }: Asking,
): Promise<TokenAnswer> {
  const { account, role, id } = client;
  if (account === null || role === null) {
    throw new Refusal('unauthorized_client', 'this client acts for accounts that consent');
  }
  await refuseSuspended(tools, account);
  const scopes = chooseScopes(form.scope, scopesOf(role));
  if (scopes === null || scopes.length === 0) {
    throw new Refusal('invalid_scope', 'a scope is not one of those this account may have');
  }
  const scope = scopes.join(' ');
  const session = await openServiceSession(tools.db, { client: id, account, scope });
  if (session === undefined) throw new Refusal('invalid_client', 'the client was revoked');
  return giveToken(tools, { account, client: id, session, scope, thumbprint }, now);
}

/** Whoever is suspended gets no token; those given before stop at their next record. */
export async function refuseSuspended({ ledger }: SoftwareTools, account: number): Promise<void> {
  const allowance = await ledger.readAllowance(account);
  if (allowance === undefined || allowance.standing === 'suspended') {
    throw new Refusal('unauthorized_client', 'the account is suspended');
  }
}

/** The token of a session, bound to the key that signed the request for it. */
export async function giveToken(
  { keys, origin }: SoftwareTools,
  content: Parameters<typeof writeToken>[1],
  now: number,
): Promise<TokenAnswer> {
  const token = await writeToken(keys, content, { origin, now });
  return { access_token: token, token_type: 'DPoP', expires_in: tokenSeconds, scope: content.scope };
}
