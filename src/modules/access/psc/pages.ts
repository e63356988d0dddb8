import { escapeHtml, plainPage, styleSource } from '../../../platform/plain-page.ts';
import type { Place } from './sign-in.ts';

/** Where the choice is sent. */
export const choicePath = '/psc/place';

/** A page of ours that goes on by itself: only what a page of ours opens brings the Strict session along. */
export function enteredPage(): string {
  const goesOn = '<meta http-equiv="refresh" content="0;url=/">';
  return plainPage('connexion', '<p><a href="/">Continuer <span lang="en">(continue)</span></a></p>', goesOn);
}

/** The places of a professional who has several: plain HTML and one form, without any script. */
export function placesPage(places: readonly Place[]): string {
  const buttons = places.map(
    ({ account, organisation, profession }) =>
      `<li><button name="account" value="${account}">${escapeHtml(organisation)} — ` +
      `${escapeHtml(profession)}</button></li>`,
  );
  return plainPage(
    'où travaillez-vous ?',
    `<h1>Où travaillez-vous maintenant ?</h1>
<p lang="en">Where are you working now?</p>
<p>Ce que vous consulterez sera enregistré pour ce lieu.</p>
<form method="post" action="${choicePath}"><ul class="choices">${buttons.join('')}</ul></form>`,
  );
}

/** The page of every other sign-in that came to no end: what to do, and never which of the reasons it was. */
export function refusedPage(): string {
  return plainPage(
    'la connexion n’a pas abouti',
    `<h1>La connexion n’a pas abouti</h1>
<p>Pro Santé Connect ne vous a pas ouvert Vigie. Rien n’a été fait.</p>
<ul><li>Recommencez depuis la page de connexion : chaque essai dure cinq minutes.</li>
<li>Si vous avez une clé d’accès, elle fonctionne sans Pro Santé Connect.</li>
<li>Si cela continue, demandez à votre établissement si votre numéro RPPS y est enregistré.</li></ul>
<p><a href="/sign-in">Revenir à la connexion</a></p>
<p lang="en">Pro Santé Connect did not let you into Vigie, and nothing was done. Start again from the
<a href="/sign-in">sign-in page</a>, use your passkey, or ask your organisation whether your RPPS number is
registered there.</p>`,
  );
}

/** From a blocked network: what the sign-in page says of it, in the same words. */
export function blockedPage(): string {
  return plainPage(
    'ce réseau est bloqué',
    `<h1>Ce réseau est bloqué</h1>
<p>Un compte volé a servi depuis ce réseau : personne n’y est servi pour l’instant.</p>
<ul><li>Depuis un autre réseau, votre compte fonctionne comme avant.</li>
<li>Le responsable de la sécurité peut rouvrir celui-ci : demandez-le-lui.</li></ul>
<p><a href="/sign-in">Revenir à la connexion</a></p>
<p lang="en">This network is blocked. A stolen account was used from it: nobody is served from here for now.
From another network your account works as before. The security officer can open this one again: ask them.
<a href="/sign-in">Back to the sign-in page</a></p>`,
  );
}

/** No script, no picture, nobody else's frame; forms to ourselves. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${styleSource}`,
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  ].join('; '),
  'x-frame-options': 'DENY',
  // Not no-referrer: the form would come with the origin "null". Nothing of the address leaves this site.
  'referrer-policy': 'same-origin',
};
