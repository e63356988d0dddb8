import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/connect.ts';
import type { Log } from '../../log.ts';
import { type Repeated, repeat } from '../../threads/repeat.ts';
import type { PostOutcome } from '../post-json.ts';
import { waitAfter } from './retry.ts';
import { type DeliveryTables, type Due, settleDelivery } from './store.ts';

/**
 * How many are sent at once. An endpoint has one of the places at most, and slow ones have half of them
 * together: however many receivers are silent, the others go on.
 */
const places = 8;
const slowPlaces = 4;
/** Within the time a server has to stop, and the places of silent receivers are soon free. */
export const patienceMs = 5_000;
const slowMs = 1_000;
const lookEveryMs = 2_000;

/** What telling needs, whatever is told. */
export type DeliveryTools = { readonly db: Database; readonly clock: Clock; readonly log: Log };

/** What is told: how one that is due is taken, and how it is sent, noting itself how that ended. */
export type Telling<Taken extends Due> = {
  /** What it is, for the log. */
  readonly what: string;
  readonly take: (mayBeSlow: boolean) => Promise<Taken | undefined>;
  readonly deliver: (taken: Taken) => Promise<void>;
};

/** Starts sending what is due, now and from then on. */
export function startDeliveries<Taken extends Due>(
  log: Log,
  telling: Telling<Taken>,
): Pick<Repeated, 'stop'> {
  const { what, take, deliver } = telling;
  const inFlight = new Set<Promise<void>>();
  let slow = 0;
  const deliverOne = async (taken: Taken) => {
    if (taken.isSlow) slow += 1;
    await deliver(taken).catch((error: unknown) =>
      log.error({ err: error, delivery: taken.id }, 'an event could not be told; it is tried again'),
    );
    if (taken.isSlow) slow -= 1;
  };
  const repeated = repeat(
    async (isStopping) => {
      if (inFlight.size >= places) await Promise.race(inFlight);
      // What is taken now would outlast the time a server has to stop.
      if (isStopping()) return false;
      const taken = await take(slow < slowPlaces);
      if (taken === undefined) return false;
      const going = deliverOne(taken).finally(() => {
        inFlight.delete(going);
        // Its endpoint, or its place, may be what others wait for.
        repeated.wake();
      });
      inFlight.add(going);
      return true;
    },
    { everyMs: lookEveryMs, onError: (error) => log.warn({ err: error }, `${what} could not be looked for`) },
  );
  return {
    async stop() {
      await repeated.stop();
      await Promise.all(inFlight);
    },
  };
}

/** How sending ended; whoever `isGone` wants to hear nothing more, ever. */
export type Sent = { readonly isTold: boolean; readonly outcome: string; readonly isGone?: boolean };

/** What the answer to a webhook means. */
export function takenBy(sent: PostOutcome): Sent {
  if (!('status' in sent)) return { isTold: false, outcome: sent.trouble };
  const { status } = sent;
  return { isTold: status >= 200 && status < 300, outcome: String(status), isGone: status === 410 };
}

/**
 * Sends what was taken, once, and notes how it ended; a crash between the two sends it again. Whether its
 * endpoint is gone for good.
 */
export async function sendDue(
  { db, clock, log }: DeliveryTools,
  tables: DeliveryTables,
  due: Due,
  send: () => Promise<Sent>,
): Promise<boolean> {
  const began = clock.monotonic();
  const { isTold, outcome, isGone = false } = await send();
  const waitSeconds = isGone ? null : waitAfter(due.tries, due.type);
  const isSlow = clock.monotonic() - began > slowMs;
  await settleDelivery(db, tables, { id: due.id, outcome, isTold, waitSeconds, isSlow });
  if (!isTold && waitSeconds === null) {
    log.info({ delivery: due.id, endpoint: due.endpoint, outcome }, 'an event was given up');
  }
  return isGone;
}
