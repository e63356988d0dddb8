import type { Worker } from 'node:worker_threads';
import { beginThread } from '../../../platform/threads/begin-thread.ts';
import { type Keys, liveRing, type Ring } from '../../vault/index.ts';
import type { Insurer } from '../store.ts';
import type { RunOutcome } from './run-import.ts';
import type { WaitingUpload } from './store.ts';

/** What a thread reads files with. */
export type ThreadTools = {
  readonly databaseUrl: string;
  readonly keys: Keys;
  readonly spoolFolder: string;
  readonly bytesMax: number;
  readonly lenient: boolean;
};

/** One file to read, and the moment by which its days are told. */
export type ThreadJob = {
  readonly upload: WaitingUpload;
  readonly insurer: Insurer;
  readonly now: bigint;
};

/** What a thread is begun with: keys as key objects, which do not print. */
export type ThreadStart = Omit<ThreadTools, 'keys'> & ThreadJob & { readonly ring: Ring };

export type ThreadLimits = { readonly memoryMegabytes?: number; readonly patienceMs?: number };

const askEveryMs = 100;

/**
 * Reads one file in a thread of its own, at a lower priority: reading and sealing a batch takes tens of
 * milliseconds, which every lookup of that moment would otherwise wait. The thread ends with its file. One
 * that takes too much memory, or does not stop when it must, is ended: the server goes on, and so does the
 * file, at its next try.
 */
export async function runInThread(
  tools: ThreadTools,
  job: ThreadJob,
  isStopping: () => boolean,
  { memoryMegabytes = 512, patienceMs = 6_000 }: ThreadLimits = {},
): Promise<RunOutcome> {
  const { databaseUrl, spoolFolder, bytesMax, lenient } = tools;
  const start: ThreadStart = {
    databaseUrl,
    spoolFolder,
    bytesMax,
    lenient,
    ...job,
    ring: liveRing(tools.keys),
  };
  const worker = beginThread(new URL('import-worker.ts', import.meta.url), start, {
    name: 'vigie import',
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  let askedAt: number | undefined;
  const asking = setInterval(() => {
    if (askedAt === undefined && isStopping()) {
      askedAt = performance.now();
      worker.postMessage('stop');
    }
    if (askedAt !== undefined && performance.now() - askedAt > patienceMs) void worker.terminate();
  }, askEveryMs);
  try {
    const outcome = await outcomeOf(worker);
    return 'again' in outcome && isStopping() ? { again: 'interrupted' } : outcome;
  } finally {
    clearInterval(asking);
    await worker.terminate();
  }
}

function outcomeOf(worker: Worker): Promise<RunOutcome> {
  return new Promise((resolve) => {
    const died = (type: string, code?: string) => resolve({ again: 'trouble', cause: { type, code } });
    worker.once('message', resolve);
    // Its words may quote a person.
    worker.on('error', ({ name, code }: NodeJS.ErrnoException) => died(name, code));
    worker.once('exit', () => died('the thread ended'));
  });
}
