import { permissionsOf, type Role } from '../roles.ts';
import { authorizePath } from './consent/return-address.ts';

/** What software may be allowed; a scope is the name of a permission. None of them is about accounts. */
export const softwareScopes = [
  'lookup-coverage',
  'quote',
  'claim',
  'explain-draw',
  'read-allowance',
  'own-webhooks',
  'import',
] as const;
export type SoftwareScope = (typeof softwareScopes)[number];

/** How long an access token signs in. */
export const tokenSeconds = 5 * 60;
/** How old a proof may be, and how far ahead the clock that made it. */
export const proofSeconds = { old: 60, ahead: 5 } as const;
/** The longest life a client may give its assertion: one that leaks is of little use. */
export const assertionSecondsMax = 5 * 60;
/** How long what was shown once is remembered: longer than it holds, with clocks a minute apart. */
export const rememberedMinutes = { proof: 3, assertion: 8 } as const;

/** Signatures of proofs and assertions. Ed25519 is the newer name of EdDSA on that curve (RFC 9864). */
export const algorithms = ['ES256', 'EdDSA', 'Ed25519'] as const;

export const tokenPath = '/oauth/token';
export const serverMetadataPath = '/.well-known/oauth-authorization-server';
export const resourceMetadataPath = '/.well-known/oauth-protected-resource';

/** The scopes that software may have for an account of this role. */
export function scopesOf(role: Role): SoftwareScope[] {
  return softwareScopes.filter((scope) => permissionsOf[role].has(scope));
}

/** The scopes that a holder of this role may consent to: none by which something outlives the consent. */
export function consentScopesOf(role: Role): SoftwareScope[] {
  return scopesOf(role).filter((scope) => scope !== 'own-webhooks');
}

/** The scopes of a text, each once; null when one of them is not among the allowed. */
export function chooseScopes(
  asked: string | undefined,
  allowed: readonly SoftwareScope[],
): SoftwareScope[] | null {
  const words = (asked ?? '').split(' ').filter((word) => word !== '');
  if (words.length === 0) return [...allowed];
  const chosen = allowed.filter((scope) => words.includes(scope));
  return words.every((word) => chosen.some((scope) => scope === word)) ? chosen : null;
}

/** What a client reads to find its way (RFC 8414). */
export function serverMetadata(origin: string) {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}${authorizePath}`,
    token_endpoint: `${origin}${tokenPath}`,
    grant_types_supported: ['client_credentials', 'authorization_code', 'refresh_token'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: [...algorithms],
    dpop_signing_alg_values_supported: [...algorithms],
    scopes_supported: [...softwareScopes],
  };
}

/** What the API says of the tokens it takes (RFC 9728). */
export function resourceMetadata(origin: string) {
  return {
    resource: origin,
    authorization_servers: [origin],
    scopes_supported: [...softwareScopes],
    dpop_signing_alg_values_supported: [...algorithms],
    dpop_bound_access_tokens_required: true,
  };
}
