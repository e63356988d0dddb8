import { createHmac } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { postJson } from '../../../platform/outgoing/post-json.ts';
import { readWebhook } from '../../access/index.ts';
import type { Keys } from '../../vault/index.ts';
import { readUploads, settleNotice, takeNotice } from './store.ts';
import { countsOf } from './upload-answer.ts';

const patienceMs = 5_000;

/** What webhooks are told with. */
export type TellTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly isProduction: boolean;
};

/** Tells one webhook that a file was read, if one is due; false when none is. */
export async function tellNext(tools: TellTools): Promise<boolean> {
  const { db, clock } = tools;
  const notice = await takeNotice(db);
  if (notice === undefined) return false;
  const { id, account } = notice;
  const [upload] = await readUploads(db, { account, id, most: 1 });
  const webhook = await readWebhook(tools, account);
  if (webhook === undefined || upload === undefined) {
    await settleNotice(db, { id, outcome: 'no-webhook', isTold: true });
    return true;
  }
  const text = JSON.stringify({ import: Number(id), state: upload.state, counts: countsOf(upload) });
  const seconds = clock.now() / 1_000_000n;
  const outcome = await postJson({
    url: webhook.url,
    text,
    headers: { 'vigie-signature': signature(webhook.secret, seconds, text) },
    patienceMs,
    mayBePrivate: !tools.isProduction,
  });
  const isTold = 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
  const said = 'status' in outcome ? String(outcome.status) : outcome.trouble;
  await settleNotice(db, { id, outcome: said, isTold });
  return true;
}

/** The time is signed too: an old message cannot be sent again as a new one. */
export function signature(secret: string, seconds: bigint, text: string): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${text}`, 'utf8').digest('hex');
  return `t=${seconds},v1=${mac}`;
}
