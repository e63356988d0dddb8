import {
  type DeliveryTools,
  patienceMs,
  sendDue,
  startDeliveries,
  takenBy,
} from '../../../platform/outgoing/deliveries/run-deliveries.ts';
import { signedHeaders } from '../../../platform/outgoing/deliveries/signature.ts';
import { type PostOutcome, postJson } from '../../../platform/outgoing/post-json.ts';
import type { Repeated } from '../../../platform/threads/repeat.ts';
import { type Keys, openText } from '../../vault/index.ts';
import { secretPlace } from './endpoints/manage-endpoints.ts';
import { endEndpoint } from './endpoints/store.ts';
import { eventText } from './event.ts';
import { type Taken, tables, takeDelivery } from './store.ts';

/** What the server's own telling needs. */
export type WebhookTools = DeliveryTools & { readonly keys: Keys; readonly isProduction: boolean };

/** Starts telling accounts what becomes of their claims, now and from then on. */
export function startClaimWebhooks(tools: WebhookTools): Pick<Repeated, 'stop'> {
  return startDeliveries(tools.log, {
    what: 'events of claims',
    take: (mayBeSlow) => takeDelivery(tools.db, mayBeSlow),
    deliver: (taken) => deliverTaken(tools, taken),
  });
}

/** Sends an event that was taken, once, and notes how it ended. A crash between the two sends it again. */
export async function deliverTaken(tools: WebhookTools, taken: Taken): Promise<void> {
  const isGone = await sendDue(tools, tables, taken, async () => takenBy(await postTaken(tools, taken)));
  if (isGone) await endEndpoint(tools.db, taken, 'gone');
}

/** Posts an event that was taken, signed for this second. */
export async function postTaken(
  { keys, clock, isProduction }: Omit<WebhookTools, 'db' | 'log'>,
  taken: Taken,
): Promise<PostOutcome> {
  const { id, endpoint, url, secretSealed, oldSecretSealed } = taken;
  const sealed = oldSecretSealed === null ? [secretSealed] : [secretSealed, oldSecretSealed];
  const secrets = sealed.map((secret) => openText(keys, secret, secretPlace(endpoint)));
  const text = eventText(taken);
  const headers = signedHeaders({ id, seconds: clock.now() / 1_000_000n, text }, secrets);
  return postJson({ url, text, headers, patienceMs, mayBePrivate: !isProduction });
}
