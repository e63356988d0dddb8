import { createHash } from 'node:crypto';
import { hashSecret, newSecret } from '../../sign-in/cookie.ts';
import {
  type Asking,
  giveToken,
  refuseSuspended,
  type SoftwareTools,
  type TokenAnswer,
  type TokenForm,
} from '../give-token.ts';
import { chooseScopes, consentScopesOf, type SoftwareScope } from '../profile.ts';
import { Refusal } from '../refusal.ts';
import { type Consented, findRefreshed, keepRefresh, useCode } from './store.ts';

const verifier = /^[A-Za-z0-9._~-]{43,128}$/;

/** Gives the first token of a consent for its code, and a refresh token bound to the same key. */
export async function answerCode(
  tools: SoftwareTools,
  form: TokenForm,
  asking: Asking,
): Promise<TokenAnswer> {
  const client = asking.client.id;
  const consent = await useCode(tools.db, { hash: hashSecret(form.code ?? ''), client });
  // The code is spent by now, whatever follows: nobody tries verifiers.
  if (consent === undefined || consent.redirect !== form.redirect_uri || !isVerified(form, consent)) {
    throw new Refusal('invalid_grant', 'the code does not hold, or was not asked for by this software');
  }
  if (consent.jkt !== null && consent.jkt !== asking.thumbprint) {
    throw new Refusal('invalid_dpop_proof', 'the code is bound to another key');
  }
  const refresh = newSecret();
  const { session } = consent;
  await keepRefresh(tools.db, { session, hash: hashSecret(refresh), jkt: asking.thumbprint });
  return { ...(await answerConsented(tools, consent, { form: {}, asking })), refresh_token: refresh };
}

/**
 * Gives another token of a consent that holds. The refresh token stays the same: it is of no use without the
 * client's key and the one it is bound to, so that a lost answer costs nobody their consent.
 */
export async function answerRefresh(
  tools: SoftwareTools,
  form: TokenForm,
  asking: Asking,
): Promise<TokenAnswer> {
  const hash = hashSecret(form.refresh_token ?? '');
  const consent = await findRefreshed(tools.db, { hash, client: asking.client.id, jkt: asking.thumbprint });
  if (consent === undefined) {
    throw new Refusal('invalid_grant', 'the consent has ended, or is not of this client and key');
  }
  return answerConsented(tools, consent, { form, asking });
}

async function answerConsented(
  tools: SoftwareTools,
  { account, role, scope, session }: Consented,
  { form, asking }: { form: TokenForm; asking: Asking },
): Promise<TokenAnswer> {
  await refuseSuspended(tools, account);
  const consented = scope.split(' ') as SoftwareScope[];
  const allowed = consentScopesOf(role).filter((one) => consented.includes(one));
  const scopes = chooseScopes(form.scope, allowed);
  if (scopes === null || scopes.length === 0) {
    throw new Refusal('invalid_scope', 'a scope is not one of those that were consented to');
  }
  const { client, thumbprint } = asking;
  const content = { account, client: client.id, session, scope: scopes.join(' '), thumbprint };
  return giveToken(tools, content, asking);
}

function isVerified({ code_verifier: told = '' }: TokenForm, { challenge }: { challenge: string }): boolean {
  if (!verifier.test(told)) return false;
  return createHash('sha256').update(told, 'ascii').digest('base64url') === challenge;
}
