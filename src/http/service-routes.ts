import { Type } from '@sinclair/typebox';
import { declareRoute, type Route, word } from '../modules/access/index.ts';
import { Failure } from '../platform/errors.ts';
import { docsPage, docsPolicy } from './docs-page.ts';
import { describeApi } from './openapi.ts';
import { readWords, statusPage, statusPolicy } from './status-page.ts';

const alive = Type.Object({
  status: word(['alive', 'ready'], 'That it answers at all, or that it can work.'),
});

const open = {
  method: 'GET',
  permission: 'none',
  purpose: null,
  body: null,
  failures: [],
  personal: false,
} as const;

/** The routes about the service itself: is it alive, can it work, how is it used. */
export function serviceRoutes(use: {
  readonly routes: readonly Route[];
  readonly version: string;
  /** Fails when the service cannot work now. */
  readonly checkReady: () => Promise<void>;
  /** A file with the operator's words for the status page. */
  readonly statusFile?: string | undefined;
}): Route[] {
  const { version } = use;
  const all: Route[] = [...use.routes];
  const own = [
    declareRoute({
      ...open,
      path: '/healthz',
      says: 'Whether the process answers.',
      answers: { 200: { says: 'It does.', schema: alive } },
      handle: async () => ({ status: 200, body: { status: 'alive' } }),
    }),
    declareRoute({
      ...open,
      path: '/readyz',
      says: 'Whether lookups can be answered: the database is reached and the server is not stopping.',
      answers: { 200: { says: 'They can.', schema: alive } },
      handle: async () => {
        await use.checkReady().catch((error: unknown) => {
          throw new Failure('unavailable', { privateCause: error });
        });
        return { status: 200, body: { status: 'ready' } };
      },
    }),
    statusRoute(use),
    declareRoute({
      ...open,
      path: '/openapi.json',
      says: 'This API as OpenAPI 3.1.',
      answers: { 200: { says: 'The document.', schema: Type.Object({}, { additionalProperties: true }) } },
      handle: async () => ({ status: 200, body: describeApi(all, version) }),
    }),
    declareRoute({
      ...open,
      path: '/docs',
      says: 'This API as a page.',
      answers: { 200: { says: 'The page.', schema: Type.String(), media: 'text/html; charset=utf-8' } },
      handle: async () => ({
        status: 200,
        body: docsPage(all, version),
        headers: { 'content-security-policy': docsPolicy },
      }),
    }),
  ];
  all.push(...own);
  return own;
}

/** Up when the rest is down or contained: it needs no account, and says so when there is no database. */
function statusRoute(use: Parameters<typeof serviceRoutes>[0]): Route {
  return declareRoute({
    ...open,
    path: '/status',
    says: 'Whether lookups are answered, in the operator’s words, and what still works: a page for anybody.',
    answers: { 200: { says: 'The page.', schema: Type.String(), media: 'text/html; charset=utf-8' } },
    async handle() {
      const works = await use.checkReady().then(
        () => true,
        () => false,
      );
      return {
        status: 200,
        body: statusPage({ works, words: await readWords(use.statusFile), at: new Date() }),
        headers: { 'content-security-policy': statusPolicy, 'cache-control': 'no-store' },
      };
    },
  });
}
