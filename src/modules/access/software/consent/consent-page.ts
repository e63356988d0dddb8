import { escapeHtml, plainPage, styleSource } from '../../../../platform/plain-page.ts';
import { permissionTable } from '../../roles.ts';
import type { SoftwareScope } from '../profile.ts';
import type { AuthorizationQuery } from './authorization.ts';
import { queryNames } from './return-address.ts';

/** What each scope lets software do, for the holder who is asked. */
const frenchWords: Readonly<Record<SoftwareScope, string>> = {
  'lookup-coverage': 'Consulter les droits des assurés, dans la limite de votre crédit de consultation.',
  quote: 'Établir des devis et obtenir des prises en charge, dans la même limite.',
  claim: 'Envoyer des factures, lire et annuler celles de votre structure.',
  'explain-draw': 'Justifier à la main vos consultations.',
  'read-allowance': 'Lire votre crédit de consultation.',
  'own-webhooks': 'Faire annoncer à une adresse ce que deviennent vos factures.',
  import: 'Envoyer des fichiers.',
};

/** The page that asks the holder: plain HTML and one form, without any script. */
export function consentPage(asked: {
  readonly name: string;
  readonly scopes: readonly SoftwareScope[];
  readonly hours: number;
  readonly query: AuthorizationQuery;
}): string {
  const { name, scopes, hours, query } = asked;
  const items = scopes.map(
    (scope) =>
      `<li>${frenchWords[scope]}<br><small lang="en">${escapeHtml(permissionTable[scope].says)}</small></li>`,
  );
  const hidden = queryNames.flatMap((field) => {
    const value = query[field];
    return value === undefined ? [] : [`<input type="hidden" name="${field}" value="${escapeHtml(value)}">`];
  });
  return plainPage(
    'autoriser un logiciel',
    `<h1>« ${escapeHtml(name)} » veut agir en votre nom</h1>
<p lang="en">“${escapeHtml(name)}” asks to act for you.</p>
<p>Pendant ${hours} heures au plus, ce logiciel pourra :</p>
<ul>${items.join('')}</ul>
<p>N’acceptez que si vous venez de le demander dans ce logiciel, sur cet ordinateur.
<br><small lang="en">Accept only if you just asked for it in this software, on this computer.</small></p>
<form method="post">${hidden.join('')}
<button class="first" name="decision" value="allow">Accepter <span lang="en">(accept)</span></button>
<button name="decision" value="refuse">Refuser <span lang="en">(refuse)</span></button>
</form>`,
  );
}

/**
 * The headers of the page. Browsers hold the answer to a form to form-action as well; it cannot name `[::1]`,
 * and is left out for software that listens there.
 */
export function consentHeaders(redirect: URL): Readonly<Record<string, string>> {
  const forms = redirect.hostname === '127.0.0.1' ? `; form-action 'self' ${redirect.origin}` : '';
  const policy = `default-src 'none'; style-src ${styleSource}; base-uri 'none'; frame-ancestors 'none'`;
  return {
    'content-security-policy': policy + forms,
    'x-frame-options': 'DENY',
    // Not no-referrer: the form would come with the origin "null", and be refused as another site's.
    'referrer-policy': 'same-origin',
  };
}
