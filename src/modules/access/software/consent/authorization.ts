import { Failure } from '../../../../platform/errors.ts';
import type { Role } from '../../roles.ts';
import { chooseScopes, consentScopesOf, type SoftwareScope } from '../profile.ts';
import type { LiveClient } from '../store.ts';
import { chooseRedirect } from './redirect.ts';
import type { queryNames } from './return-address.ts';

/** What software asks in the address it opens in the holder's browser. */
export type AuthorizationQuery = Readonly<Partial<Record<(typeof queryNames)[number], string>>>;

/** A request that may be consented to, or why not, for the software to hear. */
export type ReadAuthorization =
  | { readonly redirect: URL; readonly scopes: readonly SoftwareScope[]; readonly challenge: string }
  | { readonly redirect: URL; readonly error: string };

const thumbprint = /^[\w-]{43}$/;

/**
 * Reads a request to act for an account. Without a client of ours and an address of its own there is nobody
 * to answer to: the holder is told, and nobody is sent anywhere.
 */
export function readAuthorization(
  query: AuthorizationQuery,
  client: LiveClient | undefined,
  holder: { readonly organisation: number; readonly role: Role },
): ReadAuthorization {
  if (client === undefined || client.account !== null) throw wrong('client_id', 'no software of this name');
  const redirect = chooseRedirect(query.redirect_uri, client.redirects);
  if (redirect === null) throw wrong('redirect_uri', 'not an address of this software on this machine');
  const error = (code: string) => ({ redirect, error: code });
  if (query.response_type !== 'code') return error('unsupported_response_type');
  const challenge = query.code_challenge ?? '';
  if (query.code_challenge_method !== 'S256' || !thumbprint.test(challenge)) return error('invalid_request');
  if (query.dpop_jkt !== undefined && !thumbprint.test(query.dpop_jkt)) return error('invalid_request');
  // Software of one practice is of no use to whoever lures an account of another.
  if (client.organisation !== holder.organisation) return error('access_denied');
  const allowed = consentScopesOf(holder.role);
  const scopes = chooseScopes(query.scope, allowed);
  if (allowed.length === 0) return error('access_denied');
  return scopes === null ? error('invalid_scope') : { redirect, scopes, challenge };
}

function wrong(field: string, says: string): Failure {
  return new Failure('invalid-field', { fields: [{ field, says }] });
}
