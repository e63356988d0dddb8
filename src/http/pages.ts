import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The addresses of the pages, as the router in the browser knows them (web/src/router.tsx). */
export const pagePaths = [
  '/',
  '/sign-in',
  '/enrol',
  '/card',
  '/lookup',
  '/claims',
  '/claims/:claim',
  '/engagements',
  '/plans',
  '/plans/edit',
  '/flagged-claims',
  '/flagged-claims/:claim',
  '/insurer-imports',
  '/own-lookups',
  '/me',
  '/accounts',
  '/accounts/:account',
  '/reviews',
  '/guard',
  '/guard/cases/:case',
  '/guard/campaigns',
  '/guard/campaigns/:campaign',
  '/guard/sweeps',
  '/guard/board',
  '/guard/settings',
  '/permissions',
  '/software',
  '/ledger-health',
  '/what-you-see',
] as const;

/** The pages of a demo on this machine: no other server has them. */
export const demoPaths = ['/sandbox', '/guard/replay'] as const;

/** What `npm run build` made: one page, and the files it is made of, by their names. */
export type Pages = {
  readonly page: string;
  readonly files: ReadonlyMap<string, PageFile>;
  /** Keeps the page that verifies cards in browsers, for when no server answers. */
  readonly cardWorker: string;
};

type PageFile = { readonly bytes: Buffer; readonly zipped: Buffer | null; readonly type: string };

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Reads the built pages; undefined when nobody built them. A few files, kept in memory. */
export function readPages(folder: string): Pages | undefined {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return undefined;
  const assets = join(folder, 'assets');
  const files = readdirSync(assets).map((name) => {
    const type = types[extname(name)] ?? 'application/octet-stream';
    const bytes = readFileSync(join(assets, name));
    // A font is compressed already. Files are few, and zipped once, at the start.
    const zipped = type.startsWith('font/') ? null : gzipSync(bytes, { level: 9 });
    return [name, { bytes, zipped, type }] as const;
  });
  const cardWorker = readFileSync(join(folder, 'card-worker.js'), 'utf8');
  return { page: readFileSync(page, 'utf8'), files: new Map(files), cardWorker };
}

/** Serves the pages and their files. They hold nobody's data: what they show comes from the API. */
export function addPages(
  app: FastifyInstance,
  pages: Pages | undefined,
  { origin, isSandbox }: { readonly origin: string; readonly isSandbox: boolean },
): void {
  for (const path of [...pagePaths, ...(isSandbox ? demoPaths : [])]) {
    app.get(path, async (_request, reply) => {
      if (pages === undefined) return sayNotBuilt(reply);
      const nonce = randomBytes(16).toString('base64');
      protect(reply, policyOf(nonce), origin);
      return reply
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(pages.page.replace('{nonce}', nonce));
    });
  }
  addCardWorker(app, pages, origin);
  app.get('/assets/:name', async (request, reply) => {
    const { name } = request.params as { name: string };
    const file = pages?.files.get(name);
    if (file === undefined) return reply.callNotFound();
    // Their names change with their content.
    reply.header('cache-control', 'public, max-age=31536000, immutable').type(file.type);
    reply.header('vary', 'accept-encoding');
    const takesZip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (!takesZip || file.zipped === null) return reply.send(file.bytes);
    return reply.header('content-encoding', 'gzip').send(file.zipped);
  });
}

/**
 * A worker's name cannot change with its content: browsers ask for it again, and compare. It may fetch from
 * us, and nothing else.
 */
function addCardWorker(app: FastifyInstance, pages: Pages | undefined, origin: string): void {
  app.get('/card-worker.js', async (_request, reply) => {
    if (pages === undefined) return reply.callNotFound();
    protect(reply, "default-src 'none'; connect-src 'self'", origin);
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8');
    return reply.send(pages.cardWorker);
  });
}

/** Our own files and nothing else; only the component library's style sheet is inline, by its nonce. */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function protect(reply: FastifyReply, policy: string, origin: string): void {
  reply
    .header('content-security-policy', policy)
    .header('referrer-policy', 'no-referrer')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin')
    .header(
      'permissions-policy',
      'camera=(self), microphone=(), geolocation=(), publickey-credentials-get=(self)',
    );
  if (origin.startsWith('https:')) {
    reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
  }
}

function sayNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send('The pages were not built: npm run build. The API and /docs work without them.\n');
}
