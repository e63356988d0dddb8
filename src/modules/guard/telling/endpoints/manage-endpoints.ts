import { randomUUID } from 'node:crypto';
import type { Database } from '../../../../platform/database/connect.ts';
import { Failure } from '../../../../platform/errors.ts';
import { newSecret } from '../../../../platform/outgoing/deliveries/signature.ts';
import { webhookProblem } from '../../../access/index.ts';
import { type Letter, tellOfficers, type WritingTools } from '../../../messages/index.ts';
import { sealText } from '../../../vault/index.ts';
import { waitingMost } from '../store.ts';
import * as store from './store.ts';

/** How many webhooks there may be at a time. */
export const webhooksMost = 5;

/** What endpoints are kept with. */
export type EndpointTools = WritingTools & { readonly db: Database; readonly isProduction: boolean };

/** Where the secret of a webhook lies. */
export function secretPlace(endpoint: string): string {
  return `guard-webhook|${endpoint}`;
}

/**
 * Makes a webhook that hears every event from now on, a test first; its secret is told this once. Every
 * security officer is told by mail: a stolen officer's account adds no ear in silence.
 */
export async function createWebhook(
  tools: EndpointTools,
  asked: { readonly url: string; readonly by: number },
): Promise<{ readonly endpoint: string; readonly secret: string }> {
  const says = webhookProblem(asked.url, tools.isProduction);
  if (says !== null) throw new Failure('invalid-field', { fields: [{ field: 'url', says }] });
  const id = randomUUID();
  const secret = newSecret();
  const url = new URL(asked.url).href;
  const secretSealed = sealText(tools.keys, secret, secretPlace(id));
  await tools.db.begin(async (tx) => {
    const isKept = await store.insertWebhook(tx, { id, url, secretSealed, by: asked.by }, webhooksMost);
    if (!isKept) throw new Failure('too-many-endpoints');
    await tellOfficers(tx, tools, { what: 'guard', letter: changed('added', url, asked.by) });
  });
  return { endpoint: id, secret };
}

/** Ends a webhook for good; the officers are told of this as well. */
export async function removeWebhook(
  tools: EndpointTools,
  asked: { readonly endpoint: string; readonly by: number },
): Promise<void> {
  await tools.db.begin(async (tx) => {
    const url = await store.endWebhook(tx, asked.endpoint, 'officer');
    if (url === undefined) throw notLive();
    await tellOfficers(tx, tools, { what: 'guard', letter: changed('removed', url, asked.by) });
  });
}

/** Has an endpoint told again of what was since an instant, with the same numbers; how many events. */
export async function sendAgain(
  { db }: Pick<EndpointTools, 'db'>,
  asked: { readonly endpoint: string; readonly since: string },
): Promise<number> {
  const since = new Date(asked.since);
  if (Number.isNaN(since.getTime())) {
    throw new Failure('invalid-field', {
      fields: [{ field: 'since', says: 'must be an instant, ISO 8601' }],
    });
  }
  const told = await store.sendAgainSince(db, { ...asked, since: since.toISOString(), most: waitingMost });
  if (told === undefined) throw notLive();
  return told;
}

/** Endpoints, and how telling them goes. */
export async function listEndpoints({ db }: Pick<EndpointTools, 'db'>) {
  const rows = await store.listEndpointRows(db);
  return rows.map(({ createdAt, toldAt, endedAt, ...endpoint }) => ({
    ...endpoint,
    createdAt: createdAt.toISOString(),
    toldAt: toldAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }));
}

function changed(what: 'added' | 'removed', url: string, by: number): Letter {
  const { host } = new URL(url);
  const isAdded = what === 'added';
  const fr = isAdded ? 'est désormais informé de ce que fait la garde' : 'n’est plus informé de la garde';
  const en = isAdded ? 'is told of what the guard does from now on' : 'is no longer told of the guard';
  return {
    fr: {
      subject: 'Vigie : destinataire de la garde changé',
      lines: [
        `Le serveur ${host} ${fr}. Réglé par le compte ${by}.`,
        'Si cela ne vient pas de votre équipe, suspendez ce compte et remettez le réglage, dans « Garde ».',
      ],
    },
    en: {
      subject: 'receiver of the guard changed',
      lines: [
        `The server ${host} ${en}. Set by account ${by}.`,
        'If this does not come from your team, suspend that account and set it back, in "Guard".',
      ],
    },
  };
}

function notLive(): Failure {
  return new Failure('not-found', { detail: 'No live endpoint has this number.' });
}
