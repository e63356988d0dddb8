import type { Database } from '../../../platform/database/connect.ts';
import { rememberedMinutes } from './profile.ts';
import { type Admitted, admitShown, type Shown } from './store.ts';

/** As many as one statement takes well. */
const batchMax = 256;

type Waiting = {
  readonly shown: Shown;
  readonly resolve: (admitted: Admitted) => void;
  readonly reject: (error: unknown) => void;
};

/** Says whether a signed request is the first with its proof, and who acts. */
export type Admit = (shown: Shown) => Promise<Admitted>;

/**
 * What arrives while a statement is under way shares the next one: each request costs a part of one small
 * write. It must be a write, and a shared one: a proof that one server alone remembered could be shown to
 * another. The same statement reads whether client and session still hold, so that an end holds at once.
 */
export function createAdmit(db: Database): Admit {
  let waiting: Waiting[] = [];
  let isRunning = false;
  const drain = async () => {
    while (waiting.length > 0) {
      const batch = takeDistinct(waiting, batchMax);
      waiting = waiting.filter((one) => !batch.has(one));
      await admitBatch(db, [...batch]);
    }
    isRunning = false;
  };
  return (shown) =>
    new Promise((resolve, reject) => {
      waiting.push({ shown, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      queueMicrotask(() => void drain());
    });
}

/** The same proof twice at once: the second waits for the next statement, which finds the first. */
function takeDistinct(waiting: readonly Waiting[], most: number): Set<Waiting> {
  const byName = new Map<string, Waiting>();
  for (const one of waiting) {
    const name = one.shown.once.toString('base64');
    if (byName.size < most && !byName.has(name)) byName.set(name, one);
  }
  return new Set(byName.values());
}

async function admitBatch(db: Database, batch: readonly Waiting[]): Promise<void> {
  try {
    const admitted = await admitShown(
      db,
      batch.map(({ shown }) => shown),
      rememberedMinutes.proof,
    );
    batch.forEach(({ resolve, reject }, place) => {
      const one = admitted[place];
      if (one === undefined) reject(new Error('a request was not answered'));
      else resolve(one);
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
