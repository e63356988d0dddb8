import { forgetPlaces, forgetUsedProofs } from './modules/access/index.ts';
import { type ClaimModule, forgetOldDeliveries, startClaimWebhooks } from './modules/claims/index.ts';
import {
  forgetOldEvents,
  type SocSettings,
  startGuard,
  startTelling,
  watchGuard,
} from './modules/guard/index.ts';
import type { Ledger } from './modules/ledger/index.ts';
import { forgetOldMessages, startMessages } from './modules/messages/index.ts';
import type { Uploads } from './modules/rights/index.ts';
import type { Keys } from './modules/vault/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database/connect.ts';
import type { Log } from './platform/log.ts';
import type { SendMail } from './platform/mail/send-mail.ts';

const tidyEveryMs = 60_000;

/** What goes on beside the requests needs. */
export type BackgroundTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly uploads: Uploads;
  readonly claims: ClaimModule;
  /** The address that holders type. */
  readonly site: string;
  readonly send: SendMail | undefined;
  readonly isProduction: boolean;
  /** Whether this server takes its turn at the guard. */
  readonly guard: boolean;
  /** Where a security operations centre hears what the guard does. */
  readonly soc: SocSettings;
  readonly version: string;
};

/** Starts what a server does beside answering: reading files, deciding claims, telling, tidying. */
export function startBackground(tools: BackgroundTools): { stop(): Promise<void> } {
  const { uploads, claims, log } = tools;
  const tidying = tidyEveryMinute(tools);
  uploads.start();
  const deciding = claims.start(log);
  const messages = startMessages(tools);
  const webhooks = startClaimWebhooks(tools);
  const telling = startTelling(tools);
  const watching = watchGuard(tools);
  const guard = tools.guard ? startGuard(tools) : undefined;
  return {
    async stop() {
      clearInterval(tidying);
      const others = [messages.stop(), webhooks.stop(), telling.stop(), watching.stop(), guard?.stop()];
      await Promise.all([uploads.stop(), deciding.stop(), ...others]);
    },
  };
}

function tidyEveryMinute({ db, ledger, log }: BackgroundTools): NodeJS.Timeout {
  const works = [
    { what: 'the ledger', tidy: () => ledger.tidy() },
    { what: 'the list of used proofs', tidy: () => forgetUsedProofs(db) },
    { what: 'where sessions were', tidy: () => forgetPlaces(db) },
    { what: 'the list of old messages', tidy: () => forgetOldMessages(db) },
    { what: 'the list of events told', tidy: () => forgetOldDeliveries(db) },
    { what: 'the list of what the guard told', tidy: () => forgetOldEvents(db) },
  ];
  return setInterval(() => {
    for (const { what, tidy } of works) {
      tidy().catch((error: unknown) => log.warn({ err: error }, `${what} could not be tidied`));
    }
  }, tidyEveryMs).unref();
}
