import { authenticateClient } from './authenticate-client.ts';
import { answerCode, answerRefresh } from './consent/answer-consent.ts';
import {
  type Asking,
  giveToken,
  refuseSuspended,
  type SoftwareTools,
  type TokenAnswer,
  type TokenForm,
} from './give-token.ts';
import { chooseScopes, rememberedMinutes, scopesOf, tokenPath } from './profile.ts';
import { checkProof } from './proof.ts';
import { Refusal } from './refusal.ts';
import { openServiceSession, useOnce } from './store.ts';

/** A request for a token: its form, and the proof of the key that the token will be bound to. */
export type TokenRequest = {
  readonly form: TokenForm;
  readonly proof: string | undefined;
  /** The network it comes from, as a keyed number. */
  readonly network: number;
};

type Answering = (tools: SoftwareTools, form: TokenForm, asking: Asking) => Promise<TokenAnswer>;

/** The grants there are. No password, no device code: both are phished. */
const grants = new Map<string | undefined, Answering>([
  ['client_credentials', answerService],
  ['authorization_code', answerCode],
  ['refresh_token', answerRefresh],
]);

/** Gives an access token, or throws a Refusal. */
export async function answerToken(tools: SoftwareTools, asked: TokenRequest): Promise<TokenAnswer> {
  const asking = await proveAsking(tools, asked);
  const answer = grants.get(asked.form.grant_type);
  if (answer === undefined) {
    throw new Refusal('unsupported_grant_type', 'grant_type is not one of those this server knows');
  }
  return answer(tools, asked.form, asking);
}

async function proveAsking(tools: SoftwareTools, { form, proof, network }: TokenRequest): Promise<Asking> {
  const { db, clock, origin } = tools;
  const now = Number(clock.now() / 1000n);
  const { client, once } = await authenticateClient(db, form, { origin, now });
  const held = await checkProof(proof, { method: 'POST', url: `${origin}${tokenPath}`, now });
  if ('problem' in held) throw new Refusal('invalid_dpop_proof', held.problem);
  // Both at once, and before anything is given: of two servers that hear the same, one alone goes on.
  if ((await useOnce(db, [held.once], rememberedMinutes.proof)) !== 1) {
    throw new Refusal('invalid_dpop_proof', 'the proof was used before');
  }
  if ((await useOnce(db, [once], rememberedMinutes.assertion)) !== 1) {
    throw new Refusal('invalid_client', 'the assertion was used before');
  }
  return { client, thumbprint: held.thumbprint, now, network };
}

/** A service acts as its organisation's own service account, and as nothing else. */
async function answerService(tools: SoftwareTools, form: TokenForm, asking: Asking): Promise<TokenAnswer> {
  const { client, thumbprint } = asking;
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
  return giveToken(tools, { account, client: id, session, scope, thumbprint }, asking);
}
