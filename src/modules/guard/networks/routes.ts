import { declareRoute, provenAccount, type Route } from '../../access/index.ts';
import type { ActTools } from '../acting/take-step.ts';
import * as shapes from '../campaigns/route-shapes.ts';
import { asksPasskey, blockPath, officers, reason } from '../route-parts.ts';
import { openBlocked } from './block-networks.ts';
import { listBlocked } from './store.ts';

/** Networks from which nobody is served, and their opening. */
export function networkRoutes(tools: ActTools): Route[] {
  const { db } = tools;
  return [
    declareRoute({
      ...{ ...officers, method: 'GET', path: '/v1/guard/networks', body: null },
      says: 'Networks that were blocked because a stolen account was used from them, and nobody else was.',
      answers: {
        200: { says: 'They are listed, the newest first, 1,000 at most.', schema: shapes.networks },
      },
      failures: ['account-suspended'],
      handle: async () => ({ status: 200, body: { networks: await listBlocked(db) } }),
    }),
    declareRoute({
      ...{ ...officers, method: 'POST', path: '/v1/guard/networks/{block}/opening' },
      ...{ pathPart: blockPath, body: reason },
      says: 'Opens a blocked network again, for whichever account it was blocked.',
      example: { why: 'The practice moved in there last week' },
      answers: { 200: { says: 'It is done.', schema: shapes.networks } },
      failures: ['not-found', 'already-reviewed', ...asksPasskey],
      async handle({ caller, address, body }) {
        await openBlocked(tools, { ...body, block: String(address.block), by: provenAccount(caller) });
        return { status: 200, body: { networks: await listBlocked(db) } };
      },
    }),
  ];
}
