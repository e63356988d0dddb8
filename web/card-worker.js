/* global files, build */
// Keeps the page that verifies cards, and nothing else: no answer of the API ever passes through here. The
// build writes `build` and `files` above; another build is another text, which browsers notice by themselves.

const page = '/card';
const kept = `vigie-card-${build}`;
const patienceMs = 3000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(kept)
      .then((cache) => cache.addAll([page, ...files]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith('vigie-card-') && name !== kept))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === page) event.respondWith(openPage());
  } else if (files.includes(pathname)) event.respondWith(openFile(request));
});

// The server's own page while it answers; the kept one when it is away, slow or in trouble.
async function openPage() {
  const answer = await fetch(page, { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
  if (answer?.ok === true) return answer;
  return (await fromKept(page)) ?? answer ?? Response.error();
}

async function openFile(request) {
  return (await fromKept(request.url)) ?? fetch(request);
}

async function fromKept(address) {
  return (await caches.open(kept)).match(address);
}
