import { hasNoRoom, isPassing } from '../../platform/database/trouble.ts';
import type { Log } from '../../platform/log.ts';
import { repeat } from '../../platform/threads/repeat.ts';
import type { Ledger } from '../ledger/index.ts';
import { type DecideTools, decideClaims } from './adjudicating/decide-claims.ts';
import { listWaiting, postpone } from './adjudicating/store.ts';
import { explainClaims } from './explaining/explain-claims.ts';

/** Decides claims and tells the ledger of them, in the background of a server. */
export type ClaimRunner = {
  /** There may be something to decide. */
  wake(): void;
  stop(): Promise<void>;
};

export type RunTools = DecideTools & { readonly ledger: Pick<Ledger, 'explainClaims'>; readonly log: Log };

/** Claims of one transaction. */
export const decidedAtOnce = 200;
/** While the database reads for one batch and writes another, a third is judged. */
export const deciders = 3;
const lookEveryMs = 1_000;
const explainEveryMs = 1_000;
/** Under load, claims that arrive one by one are decided and told together: half the work each. */
const decidePauseMs = 100;
const explainPauseMs = 250;
const tryAgainSeconds = 60;

/** Starts deciding what waits, now and from then on. */
export function startClaims(tools: RunTools): ClaimRunner {
  const { log } = tools;
  const explaining = repeat(() => explainClaims(tools), {
    everyMs: explainEveryMs,
    pauseMs: explainPauseMs,
    onError: (error) => log.warn({ err: error }, 'the ledger could not be told of claims'),
  });
  const decide = async () => {
    const found = await decideClaims(tools, { most: decidedAtOnce }).catch((error: unknown) =>
      decideOneByOne(tools, error),
    );
    if (found > 0) explaining.wake();
    return found === decidedAtOnce;
  };
  const onError = (error: unknown) => log.warn({ err: error }, 'claims could not be decided');
  const rhythm = { everyMs: lookEveryMs, pauseMs: decidePauseMs, onError };
  const deciding = Array.from({ length: deciders }, () => repeat(decide, rhythm));
  return {
    wake() {
      for (const one of deciding) one.wake();
    },
    async stop() {
      await Promise.all(deciding.map((one) => one.stop()));
      await explaining.stop();
    },
  };
}

/** One claim that cannot be decided must not keep the others waiting: it alone is put off, and told of. */
async function decideOneByOne(tools: RunTools, trouble: unknown): Promise<number> {
  if (isNobodysFault(trouble)) throw trouble;
  const waiting = await listWaiting(tools.db, decidedAtOnce);
  tools.log.warn({ err: trouble, claims: waiting.length }, 'claims are decided one by one');
  for (const only of waiting) {
    try {
      await decideClaims(tools, { most: 1, only });
    } catch (error) {
      if (isNobodysFault(error)) throw error;
      tools.log.error({ err: error, claim: only }, 'a claim could not be decided; it is tried again');
      await postpone(tools.db, [{ id: only, seconds: tryAgainSeconds }]);
    }
  }
  return 0;
}

/**
 * A database that is away, busy or full says nothing of a claim: all of them wait for it, and none is put
 * off.
 */
function isNobodysFault(error: unknown): boolean {
  return isPassing(error) || hasNoRoom(error);
}
