import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { holdLocks } from '../../../platform/database/locks.ts';
import type { Log } from '../../../platform/log.ts';
import { repeat } from '../../../platform/threads/repeat.ts';
import { isOpen } from '../../ledger/index.ts';
import { refreshKeys } from '../../vault/index.ts';
import { noCounts } from '../imports/keep-import.ts';
import { updateImport } from '../imports/store.ts';
import { readInsurers } from '../store.ts';
import { runInThread, type ThreadTools } from './import-thread.ts';
import type { RunOutcome } from './run-import.ts';
import type { Spool } from './spool.ts';
import * as store from './store.ts';
import { tellNext } from './tell-webhook.ts';

/** Reads waiting files one at a time, and tells those who sent them. */
export type ImportRunner = {
  /** Looks for something to do now. */
  wake(): void;
  /** Stops between two batches; what was being read goes on at the next start. */
  stop(): Promise<void>;
};

/** How often a file may end its server, or meet trouble of ours, before it is given up. */
const attemptsMost = 20;
const lookEveryMs = 2_000;
const tidyEveryMs = 60_000;
const busyAgainAfterMs = 3_000;
const troubleAgainAfterMs = 30_000;
const lost =
  'The server that held the file has not been seen for a day, and the file with it. Send it again.';
const tooOften =
  'Reading this file failed again and again on our side. It was noted; tell whoever runs Vigie.';

const wasContained =
  'The account that sent this file is suspended or restricted: nothing of it was read. Send it again later.';

export type RunnerTools = ThreadTools & {
  readonly db: Database;
  readonly clock: Clock;
  readonly spool: Spool;
  readonly log: Log;
  readonly isProduction: boolean;
};

/** Starts reading what waits, now and from then on. */
export function startImportRunner(tools: RunnerTools): ImportRunner {
  const { db, log, spool } = tools;
  const later = new Map<string, number>();
  let tidiedAt = Number.NEGATIVE_INFINITY;
  const warn = (what: string) => (error: unknown) => log.warn({ err: error }, what);
  const reading = repeat(
    async (isStopping) => {
      if (performance.now() - tidiedAt > tidyEveryMs) {
        tidiedAt = performance.now();
        await spool.sweep((names) => store.findWanted(db, names));
        await store.failLost(db, lost);
        await store.dropOldRejected(db);
      }
      return readNext(tools, later, isStopping);
    },
    { everyMs: lookEveryMs, onError: warn('files of insurers could not be looked for') },
  );
  const telling = repeat(() => tellNext(tools), {
    everyMs: lookEveryMs,
    onError: warn('a webhook could not be told'),
  });
  return {
    wake: () => reading.wake(),
    async stop() {
      await Promise.all([reading.stop(), telling.stop()]);
    },
  };
}

/** Takes the first waiting file that is here and that nobody else reads; false when there is none. */
async function readNext(
  tools: RunnerTools,
  later: Map<string, number>,
  isStopping: () => boolean,
): Promise<boolean> {
  const { db, spool } = tools;
  const waiting = await store.readWaiting(db);
  const here: store.WaitingUpload[] = [];
  for (const upload of waiting) if (await spool.has(upload.spool)) here.push(upload);
  if (here.length > 0)
    await store.touchWaiting(
      db,
      here.map(({ id }) => id),
    );
  for (const upload of waiting) {
    const isOver = !['queued', 'running'].includes(upload.state);
    if (isOver) {
      await putAway(tools, upload);
      continue;
    }
    if (isStopping() || !here.includes(upload) || (later.get(upload.id) ?? 0) > performance.now()) continue;
    later.delete(upload.id);
    const waitMs = await readOne(tools, upload, isStopping);
    if (waitMs === 0) return true;
    later.set(upload.id, performance.now() + waitMs);
  }
  return false;
}

/**
 * Reads one file, if nobody else does: the lock says whether whoever began lives. Gives how long to wait
 * before it is looked at again, 0 once it ended.
 */
async function readOne(
  tools: RunnerTools,
  found: store.WaitingUpload,
  isStopping: () => boolean,
): Promise<number> {
  const { db, log } = tools;
  const locks = [
    { name: `vigie upload ${found.id}` },
    { name: `vigie import people ${found.insurer}` },
    { name: 'vigie keys', shared: true },
  ];
  const held = await holdLocks(db, locks);
  if (held === null) return busyAgainAfterMs;
  try {
    const upload = await store.startUpload(db, found.id);
    if (upload === undefined) return 0;
    const { id } = upload;
    // From here on no key changes; one may have, a moment ago.
    await refreshKeys(db, tools.keys);
    log.info({ import: id, attempt: upload.attempts }, 'reading a file');
    const insurer = (await readInsurers(db)).find((each) => each.id === upload.insurer);
    const contained = !(await isOpen(db, upload.account));
    const outcome: RunOutcome = contained
      ? { ended: 'failed', counts: noCounts(), message: wasContained }
      : upload.attempts > attemptsMost || insurer === undefined
        ? { ended: 'failed', counts: noCounts(), message: tooOften }
        : await runInThread(
            tools,
            { upload, insurer, now: tools.clock.now() },
            () => isStopping() || held.isLost(),
          );
    if ('ended' in outcome) {
      const ended = { state: outcome.ended, message: outcome.message };
      await updateImport(db, { id, counts: outcome.counts, ended });
      log.info({ import: id, state: outcome.ended, counts: outcome.counts }, 'a file was read');
      await putAway(tools, upload);
      return 0;
    }
    const isTrouble = outcome.again === 'trouble';
    if (isTrouble)
      log.error({ import: id, cause: outcome.cause }, 'a file could not be read; it is tried again');
    const message = isTrouble
      ? 'Something failed on our side; reading is tried again soon.'
      : 'Goes on soon.';
    await store.queueAgain(db, { id, counts: isTrouble, message });
    return isTrouble ? troubleAgainAfterMs * upload.attempts : busyAgainAfterMs;
  } finally {
    await held.release();
  }
}

/** After the end: the sender will be told, the key is forgotten, the file goes. Twice does no harm. */
async function putAway({ db, spool }: RunnerTools, upload: store.WaitingUpload): Promise<void> {
  await store.addNotice(db, upload);
  await store.forgetFile(db, upload.id);
  await spool.remove(upload.spool);
}
