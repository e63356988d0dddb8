import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { connect } from '../../../platform/database/connect.ts';
import { assert } from '../../../platform/errors.ts';
import { describeError } from '../../../platform/log.ts';
import { threadStart } from '../../../platform/threads/begin-thread.ts';
import { Keys } from '../../vault/index.ts';
import type { ThreadStart } from './import-thread.ts';
import { type RunOutcome, runImport } from './run-import.ts';
import { Spool } from './spool.ts';

// The thread in which one file of an insurer is read.
/** A third of what a lookup gets when both want a core; less, and a busy machine would never end a file. */
const niceness = 5;

const port = parentPort;
assert(port !== null, 'this file is a thread of the server');
let mustStop = false;
port.on('message', () => {
  mustStop = true;
});
lowerPriority();
port.postMessage(await read(threadStart<ThreadStart>()));
port.close();

// Keys and day are those of the beginning: the lock of the one who began us lets no key change meanwhile.
async function read({ upload, insurer, now, ring, ...start }: ThreadStart): Promise<RunOutcome> {
  const { databaseUrl, spoolFolder, bytesMax, lenient } = start;
  const db = connect(databaseUrl, { max: 2, applicationName: 'vigie import' });
  const tools = { db, keys: new Keys(ring), spool: new Spool(spoolFolder), bytesMax, lenient };
  // Bytes lose their class on the way to another thread.
  const spoolKey = Buffer.from(upload.spoolKey);
  try {
    const run = { upload: { ...upload, spoolKey }, insurer, isStopping: () => mustStop };
    return told(await runImport({ ...tools, clock: { now: () => now } }, run));
  } catch (error) {
    return told({ again: 'trouble', cause: error });
  } finally {
    await db.end({ timeout: 2 });
  }
}

/** On Linux a thread has a priority of its own; elsewhere it would be the whole server's. */
function lowerPriority(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, niceness);
  } catch {
    // A sandbox may forbid it. Slower lookups are better than files that are never read.
  }
}

/** An error as the log may have it: its words may quote a person. */
function told(outcome: RunOutcome): RunOutcome {
  return 'again' in outcome && 'cause' in outcome
    ? { again: outcome.again, cause: describeError(outcome.cause) }
    : outcome;
}
