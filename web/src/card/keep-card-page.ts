/**
 * Keeps the page that verifies cards in the browser, for when the server is away: who looks people up should
 * have it before the day it is needed. True once it opens without network.
 */
export async function keepCardPage(): Promise<boolean> {
  // Not in some private windows, nor on an address that is not secure: then it needs the network.
  if (!('serviceWorker' in navigator)) return false;
  try {
    const registration = await navigator.serviceWorker.register('/card-worker.js', { scope: '/card' });
    if (registration.active !== null) return true;
    const worker = registration.installing ?? registration.waiting;
    return await new Promise((resolve) => {
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'activated') resolve(true);
        if (worker.state === 'redundant') resolve(false);
      });
      if (worker?.state === 'activated') resolve(true);
    });
  } catch {
    return 'controller' in navigator.serviceWorker && navigator.serviceWorker.controller !== null;
  }
}
