/** What an issuer's document is named, and which other hosts it may send browsers to. */
export type KnownProvider = { readonly document: string; readonly browserHosts: readonly string[] };

const national = '/.well-known/wallet-openid-configuration';

/** Pro Santé Connect's own two issuers, as its connector for Keycloak names them (psc.properties). */
const known: Readonly<Record<string, KnownProvider>> = {
  'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet': {
    document: national,
    browserHosts: ['wallet.esw.esante.gouv.fr'],
  },
  'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet': {
    document: national,
    browserHosts: ['wallet.bas.psc.esante.gouv.fr'],
  },
};

/** What is known of an issuer; any other has the usual document and no host but its own. */
export function knownProvider(issuer: string): KnownProvider {
  return known[issuer] ?? { document: '/.well-known/openid-configuration', browserHosts: [] };
}

/** What is asked of it; `scope_all` gives the professional's number. */
export const askedScope = 'openid scope_all';

/** How sure it must be of who signs in: a card or its application, on a device of the holder. */
export const askedAcr = 'eidas1';
