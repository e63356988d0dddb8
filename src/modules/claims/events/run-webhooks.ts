import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Log } from '../../../platform/log.ts';
import { type PostOutcome, postJson } from '../../../platform/outgoing/post-json.ts';
import { type Repeated, repeat } from '../../../platform/threads/repeat.ts';
import { type Keys, openText } from '../../vault/index.ts';
import { secretPlace } from './endpoints/manage-endpoints.ts';
import { endEndpoint } from './endpoints/store.ts';
import { eventText } from './event.ts';
import { waitAfter } from './retry.ts';
import { signedHeaders } from './signature.ts';
import { settleDelivery, type Taken, takeDelivery } from './store.ts';

/**
 * How many are sent at once. An endpoint has one of the places at most, and slow ones have half of them
 * together: however many receivers are silent, the others go on.
 */
const places = 8;
const slowPlaces = 4;
/** Within the time a server has to stop, and the places of silent receivers are soon free. */
const patienceMs = 5_000;
const slowMs = 1_000;
const lookEveryMs = 2_000;

/** What the server's own telling needs. */
export type WebhookTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly log: Log;
  readonly isProduction: boolean;
};

/** Starts telling accounts what becomes of their claims, now and from then on. */
export function startClaimWebhooks(tools: WebhookTools): Pick<Repeated, 'stop'> {
  const { db, log } = tools;
  const inFlight = new Set<Promise<void>>();
  let slow = 0;
  const deliver = async (taken: Taken) => {
    if (taken.isSlow) slow += 1;
    await deliverTaken(tools, taken).catch((error: unknown) =>
      log.error({ err: error, delivery: taken.id }, 'an event could not be told; it is tried again'),
    );
    if (taken.isSlow) slow -= 1;
  };
  const telling = repeat(
    async (isStopping) => {
      if (inFlight.size >= places) await Promise.race(inFlight);
      // What is taken now would outlast the time a server has to stop.
      if (isStopping()) return false;
      const taken = await takeDelivery(db, slow < slowPlaces);
      if (taken === undefined) return false;
      const going = deliver(taken).finally(() => {
        inFlight.delete(going);
        // Its endpoint, or its place, may be what others wait for.
        telling.wake();
      });
      inFlight.add(going);
      return true;
    },
    {
      everyMs: lookEveryMs,
      onError: (error) => log.warn({ err: error }, 'events of claims could not be looked for'),
    },
  );
  return {
    async stop() {
      await telling.stop();
      await Promise.all(inFlight);
    },
  };
}

/** Sends an event that was taken, once, and notes how it ended. A crash between the two sends it again. */
export async function deliverTaken(tools: WebhookTools, taken: Taken): Promise<void> {
  const { clock, db, log } = tools;
  const began = clock.monotonic();
  const sent = await postTaken(tools, taken);
  const status = 'status' in sent ? sent.status : undefined;
  const isTold = status !== undefined && status >= 200 && status < 300;
  const isGone = status === 410;
  const waitSeconds = isGone ? null : waitAfter(taken.tries, taken.type);
  const outcome = 'status' in sent ? String(sent.status) : sent.trouble;
  const isSlow = clock.monotonic() - began > slowMs;
  await settleDelivery(db, { id: taken.id, outcome, isTold, waitSeconds, isSlow });
  if (isGone) await endEndpoint(db, taken, 'gone');
  const { id: delivery, endpoint, account } = taken;
  if (!isTold && waitSeconds === null) {
    log.info({ delivery, endpoint, account, outcome }, 'an event was given up');
  }
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
