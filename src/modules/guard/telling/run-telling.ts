import { createHash } from 'node:crypto';
import {
  type DeliveryTools,
  patienceMs,
  type Sent,
  sendDue,
  startDeliveries,
  takenBy,
} from '../../../platform/outgoing/deliveries/run-deliveries.ts';
import { signedHeaders } from '../../../platform/outgoing/deliveries/signature.ts';
import { postJson } from '../../../platform/outgoing/post-json.ts';
import { sendSyslog } from '../../../platform/outgoing/send-syslog.ts';
import type { Repeated } from '../../../platform/threads/repeat.ts';
import { tellAddress, type WritingTools } from '../../messages/index.ts';
import { openText } from '../../vault/index.ts';
import { secretPlace } from './endpoints/manage-endpoints.ts';
import { endWebhook, keepNamedEndpoints, type NamedEndpoint } from './endpoints/store.ts';
import { eventText } from './events.ts';
import { socLetter } from './soc-letter.ts';
import * as store from './store.ts';
import { syslogText } from './syslog.ts';

/** Where the SOC listens, besides the webhooks that officers registered: settings of the server. */
export type SocSettings = { readonly syslogUrl?: string | undefined; readonly socMail?: string | undefined };

/** What the guard tells the outside with. */
export type TellingTools = DeliveryTools &
  WritingTools & {
    readonly isProduction: boolean;
    readonly soc: SocSettings;
    readonly version: string;
  };

const nameEveryMs = 60_000;

/** The endpoints that the settings of a server name. */
export function namedBy({ syslogUrl, socMail }: SocSettings): NamedEndpoint[] {
  const given = [
    { kind: 'syslog', at: syslogUrl },
    { kind: 'mail', at: socMail },
  ] as const;
  return given.flatMap(({ kind, at }) => {
    if (at === undefined) return [];
    return [{ kind, target: createHash('sha256').update(`${kind} ${at}`).digest('hex').slice(0, 16) }];
  });
}

/**
 * Starts telling the outside, now and from then on. The guard itself only writes what is to be told: a
 * receiver that is slow, silent or gone delays neither it nor another receiver.
 */
export function startTelling(tools: TellingTools): Pick<Repeated, 'stop'> {
  const { db, log, soc } = tools;
  const named = namedBy(soc);
  const targets = named.map(({ target }) => target);
  let keptAt = -nameEveryMs;
  return startDeliveries(log, {
    what: 'events of the guard',
    async take(mayBeSlow) {
      const now = tools.clock.monotonic();
      if (now - keptAt >= nameEveryMs) {
        await keepNamedEndpoints(db, named);
        keptAt = now;
      }
      return store.takeDelivery(db, { mayBeSlow, targets });
    },
    deliver: (taken) => deliverTaken(tools, taken),
  });
}

/** Sends an event that was taken, once, and notes how it ended. A crash between the two sends it again. */
async function deliverTaken(tools: TellingTools, taken: store.Taken): Promise<void> {
  const { db, soc } = tools;
  if (taken.kind === 'mail' && soc.socMail !== undefined)
    return mailTaken(tools, taken.endpoint, soc.socMail);
  const isGone = await sendDue(tools, store.tables, taken, () => sendTaken(tools, taken));
  if (isGone) await endWebhook(db, taken.endpoint, 'gone');
}

/** Sends one event; what its setting led to may be gone since it was taken. */
export async function sendTaken(tools: TellingTools, taken: store.Taken): Promise<Sent> {
  const { keys, clock, isProduction, soc, site, version } = tools;
  const { kind, url, secretSealed, endpoint, event } = taken;
  if (kind === 'syslog' && soc.syslogUrl !== undefined) {
    const text = syslogText(event, { host: new URL(site).hostname, version });
    const outcome = await sendSyslog(soc.syslogUrl, text, patienceMs);
    return { isTold: outcome === 'sent', outcome };
  }
  if (kind !== 'webhook' || url === null || secretSealed === null)
    return { isTold: false, outcome: 'not-set' };
  const text = eventText(event);
  const secret = openText(keys, secretSealed, secretPlace(endpoint));
  const headers = signedHeaders({ id: event.id, seconds: clock.now() / 1_000_000n, text }, [secret]);
  return takenBy(await postJson({ url, text, headers, patienceMs, mayBePrivate: !isProduction }));
}

/** All that waits becomes one letter, in one transaction: the outbox of mails has its own patience. */
async function mailTaken(tools: TellingTools, endpoint: string, to: string): Promise<void> {
  await tools.db.begin(async (tx) => {
    const events = await store.takeForLetter(tx, endpoint);
    if (events.length > 0) await tellAddress(tx, tools, { to, what: 'guard', letter: socLetter(events) });
  });
}
