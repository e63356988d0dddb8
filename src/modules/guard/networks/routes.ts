import { declareRoute, provenAccount, type Route } from '../../access/index.ts';
import type { ActTools } from '../acting/take-step.ts';
import * as shapes from '../campaigns/route-shapes.ts';
import { asksPasskey, blockPath, officers, reason, soughtPath } from '../route-parts.ts';
import { blockByHand, openBlocked } from './block-networks.ts';
import { readBlocked } from './read-blocked.ts';
import { readBlockEffect } from './read-network-use.ts';

/** Networks from which nobody is served, and their opening. */
export function networkRoutes(tools: ActTools): Route[] {
  return [...opening(tools), ...blocking(tools)];
}

function opening(tools: ActTools): Route[] {
  return [
    declareRoute({
      ...{ ...officers, method: 'GET', path: '/v1/guard/networks', body: null },
      says: 'Networks that were blocked because a stolen account was used from them, and nobody else was.',
      answers: {
        200: { says: 'They are listed, the newest first, 1,000 at most.', schema: shapes.networks },
      },
      failures: ['account-suspended'],
      handle: async () => ({ status: 200, body: await readBlocked(tools) }),
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
        return { status: 200, body: await readBlocked(tools) };
      },
    }),
  ];
}

const soughtNetwork = { path: '/v1/guard/sweeps/{sweep}/networks/{network}', pathPart: soughtPath } as const;

function blocking(tools: ActTools): Route[] {
  const { db } = tools;
  return [
    declareRoute({
      ...{ ...officers, ...soughtNetwork, method: 'GET', path: `${soughtNetwork.path}/effect`, body: null },
      says: 'Whether a network that a sweep looked for may be blocked, and how many speak against it.',
      answers: { 200: { says: 'It is told.', schema: shapes.blockEffect } },
      failures: ['not-found', 'account-suspended'],
      handle: async ({ address }) => ({ status: 200, body: await readBlockEffect(db, askedOf(address)) }),
    }),
    declareRoute({
      ...{ ...officers, ...soughtNetwork, method: 'POST', path: `${soughtNetwork.path}/block`, body: reason },
      says:
        'Blocks a network that a sweep looked for, for thirty days: nobody is served from it. Refused when ' +
        'anybody uses it whose theft no person confirmed.',
      example: { why: 'The police name this address; the account had no network of its own' },
      answers: { 200: { says: 'It is done.', schema: shapes.networks } },
      failures: ['not-found', 'already-reviewed', 'network-in-use', 'sweep-not-current', ...asksPasskey],
      async handle({ caller, address, body }) {
        await blockByHand(tools, { ...askedOf(address), ...body, by: provenAccount(caller) });
        return { status: 200, body: await readBlocked(tools) };
      },
    }),
  ];
}

function askedOf(address: Readonly<Record<string, unknown>>) {
  return { sweep: String(address.sweep), network: Number(address.network) };
}
