const hosts = ['127.0.0.1', '[::1]'];

/**
 * A loopback address of RFC 8252 §7.3, as software registers it: the machine the holder sits at, whatever the
 * port. `localhost` is none: a resolver may send it elsewhere.
 */
export function isLoopback(address: string): boolean {
  const url = readLoopback(address);
  return url !== null && url.search === '';
}

/** The address to answer to, as it will be used; null unless it is a registered one but for its port. */
export function chooseRedirect(asked: string | undefined, registered: readonly string[]): URL | null {
  const url = readLoopback(asked ?? '');
  if (url === null) return null;
  const same = registered.some((address) => {
    const own = readLoopback(address);
    return own !== null && own.hostname === url.hostname && own.pathname === url.pathname;
  });
  return same && url.search === '' ? url : null;
}

function readLoopback(address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const plain = url.protocol === 'http:' && hosts.includes(url.hostname) && url.hash === '';
  // What we read must be what everybody reads: an address that is written in another way is none.
  const written = address === url.href || `${address}/` === url.href || /^http:\/\/[^/]+:80\//.test(address);
  return plain && written && url.username === '' && url.password === '' ? url : null;
}
