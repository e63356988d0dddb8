import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../../platform/clock.ts';
import type { Database } from '../../../../platform/database/connect.ts';
import { Failure } from '../../../../platform/errors.ts';
import { newSecret } from '../../../../platform/outgoing/deliveries/signature.ts';
import { webhookProblem } from '../../../access/index.ts';
import { type Keys, sealText } from '../../../vault/index.ts';
import * as store from './store.ts';

/** How many endpoints an account may have at a time. */
export const endpointsMost = 5;
/** How many deliveries, or endpoints with those that ended, are listed. */
export const listedMost = 100;

/** What endpoints are kept with. */
export type EndpointTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly isProduction: boolean;
};

/** Where the secrets of an endpoint lie. */
export function secretPlace(endpoint: string): string {
  return `claim-webhook|${endpoint}`;
}

/** Makes an endpoint; its secret is told this once. */
export async function createEndpoint(
  { db, keys, isProduction }: EndpointTools,
  account: number,
  url: string,
): Promise<{ readonly endpoint: string; readonly secret: string }> {
  const says = webhookProblem(url, isProduction);
  if (says !== null) throw new Failure('invalid-field', { fields: [{ field: 'url', says }] });
  const id = randomUUID();
  const secret = newSecret();
  const secretSealed = sealText(keys, secret, secretPlace(id));
  const made = { id, account, url: new URL(url).href, secretSealed };
  const isKept = await store.insertEndpoint(db, made, endpointsMost);
  if (!isKept) throw new Failure('too-many-endpoints');
  return { endpoint: id, secret };
}

/** Turns the secret of an endpoint: the one before signs beside it for a day. */
export async function turnSecret(
  { db, keys }: EndpointTools,
  own: store.Own,
): Promise<{ readonly secret: string; readonly oldSecretUntil: string }> {
  const secret = newSecret();
  const until = await store.replaceSecret(db, own, sealText(keys, secret, secretPlace(own.endpoint)));
  if (until === undefined) throw notLive();
  return { secret, oldSecretUntil: until.toISOString() };
}

/** Ends an endpoint for good. */
export async function stopEndpoint({ db }: EndpointTools, own: store.Own): Promise<void> {
  if (!(await store.endEndpoint(db, own, 'holder'))) throw notLive();
}

/** Sends an event that is about no claim, to try an endpoint; its delivery. */
export async function tryEndpoint({ db, clock }: EndpointTools, own: store.Own): Promise<string> {
  const delivery = await store.insertTest(db, own, new Date(Number(clock.now() / 1000n)));
  if (delivery === undefined) throw notLive();
  return delivery;
}

/** Sends a delivery once more, whatever became of it. */
export async function sendAgain({ db }: EndpointTools, account: number, delivery: string): Promise<void> {
  if (!(await store.sendDeliveryAgain(db, account, delivery))) {
    throw new Failure('not-found', { detail: 'No delivery of a live endpoint of yours has this number.' });
  }
}

/** The endpoints of an account. */
export async function listEndpoints({ db }: EndpointTools, account: number) {
  const endpoints = await store.readEndpoints(db, account, listedMost);
  return endpoints.map(({ createdAt, oldSecretUntil, endedAt, ...endpoint }) => ({
    ...endpoint,
    createdAt: createdAt.toISOString(),
    oldSecretUntil: oldSecretUntil?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }));
}

/** The last deliveries of an account, or of one endpoint of its own. */
export async function listDeliveries({ db }: EndpointTools, account: number, endpoint: string | null) {
  const own = endpoint === null ? [] : await store.readEndpoints(db, account, listedMost);
  if (endpoint !== null && !own.some(({ id }) => id === endpoint)) throw new Failure('not-found');
  const deliveries = await store.readDeliveries(db, { account, endpoint, most: listedMost });
  return deliveries.map(({ at, deliveredAt, nextAt, givenUpAt, ...delivery }) => ({
    ...delivery,
    at: at.toISOString(),
    deliveredAt: deliveredAt?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
    givenUpAt: givenUpAt?.toISOString() ?? null,
  }));
}

function notLive(): Failure {
  return new Failure('not-found', { detail: 'No live endpoint of yours has this number.' });
}
