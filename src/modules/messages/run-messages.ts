import type { Database } from '../../platform/database/connect.ts';
import type { Log } from '../../platform/log.ts';
import type { SendMail } from '../../platform/mail/send-mail.ts';
import { type Repeated, repeat } from '../../platform/threads/repeat.ts';
import { followChanges, openMessage, type WritingTools } from './keep-messages.ts';
import { settleMessage, takeMessage } from './store.ts';

const lookEveryMs = 2_000;

/** What the server's own sending needs. Without `send`, messages are written and wait. */
export type MessageTools = WritingTools & {
  readonly db: Database;
  readonly log: Log;
  readonly send: SendMail | undefined;
};

/** Starts writing and sending messages, now and from then on. */
export function startMessages(tools: MessageTools): Pick<Repeated, 'stop'> {
  const { db, log, send } = tools;
  if (send === undefined) {
    log.warn('VIGIE_SMTP_URL is not set: holders are told of nothing; their messages wait (vigie messages)');
  }
  const onError = (error: unknown) => log.warn({ err: error }, 'messages could not be looked for');
  const following = repeat(() => followChanges(db, tools), { everyMs: lookEveryMs, onError });
  const sending =
    send === undefined ? undefined : repeat(() => sendNext(tools, send), { everyMs: lookEveryMs, onError });
  return {
    async stop() {
      await Promise.all([following.stop(), sending?.stop()]);
    },
  };
}

/** Sends one message, if one is due; false when none is. A crash after the server took it sends it again. */
export async function sendNext(
  { db, keys, log }: Pick<MessageTools, 'db' | 'keys' | 'log'>,
  send: SendMail,
): Promise<boolean> {
  const kept = await takeMessage(db);
  if (kept === undefined) return false;
  const { isSent, code } = await send({ id: kept.id, ...openMessage(keys, kept) });
  await settleMessage(db, { id: kept.id, outcome: code, isSent });
  if (!isSent) log.warn({ message: kept.id, account: kept.account, code }, 'a mail could not be sent');
  return true;
}
