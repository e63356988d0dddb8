import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where this machine's Chromium is; journeys are left out where there is none (apt install chromium). */
export const chromiumPath = paths.find((path) => existsSync(path));

/** Starts a browser that looks for nothing on the network but what a test opens. */
export function startChromium(more: readonly string[] = []): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('no Chromium: apt install chromium');
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  // Tests run as root in containers, where Chromium's own sandbox does not start.
  const args = [...quiet, '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...more];
  return chromium.launch({ executablePath: chromiumPath, args });
}

/** A page whose device has an authenticator that its holder unlocks, as a phone or a laptop has. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = { bypassCSP: true },
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.addInitScript({ content: pageScript });
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return page;
}

/** What a page of ours does, in the browser's own words. */
const pageScript = `
  window.post = async (path, body) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.json();
  };
  window.enrol = async (invitation) => {
    const options = await post('/v1/enrolment-options', invitation);
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    const credential = await navigator.credentials.create({ publicKey });
    return post('/v1/enrolments', { invitation, credential: credential.toJSON() });
  };
  window.signIn = async () => {
    const options = await post('/v1/sign-in-options', {});
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    const credential = await navigator.credentials.get({ publicKey });
    return post('/v1/sessions', credential.toJSON());
  };
  window.phish = async (rpId) => {
    const challenge = crypto.getRandomValues(new Uint8Array(40));
    try {
      await navigator.credentials.get({ publicKey: { challenge, rpId, userVerification: 'required' } });
      return 'signed';
    } catch (error) { return error.name; }
  };
`;
