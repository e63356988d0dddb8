import { type Clock, parisDay } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { FileProblem, openRows } from '../../../platform/files/index.ts';
import type { Keys } from '../../vault/index.ts';
import { type ImportCounts, noCounts } from '../imports/keep-import.ts';
import { updateImport } from '../imports/store.ts';
import { importPeople } from '../people/import-people.ts';
import { peopleColumns, peopleColumnsBesides } from '../people/people-file.ts';
import { readListedPeople } from '../people/read-listed.ts';
import type { Insurer } from '../store.ts';
import { aboutSpoolKey } from './receive-import.ts';
import { RejectedChunks, rejectedLinesMost } from './rejected-chunks.ts';
import type { Spool } from './spool.ts';
import type { WaitingUpload } from './store.ts';
import { unpack } from './unpack.ts';

/** What files of insurers are read with. */
export type RunTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Pick<Clock, 'now'>;
  readonly spool: Spool;
  readonly bytesMax: number;
  readonly lenient: boolean;
};

/** An upload that is to be read now, under its locks. */
export type Run = {
  readonly upload: WaitingUpload;
  readonly insurer: Insurer;
  /** Whether it must stop: the server does, or somebody else may hold its locks. */
  readonly isStopping: () => boolean;
};

/** How reading a file ended: for good, or to be tried again. */
export type RunOutcome =
  | { readonly ended: 'done' | 'failed'; readonly counts: ImportCounts; readonly message: string }
  | { readonly again: 'interrupted' | 'trouble'; readonly cause?: unknown };

/** Stops an import between two batches. */
class Interrupted extends Error {}

const heartbeatMs = 2_000;

/** Reads one file from its beginning: what an earlier try took in is found again and left as it is. */
export async function runImport(tools: RunTools, run: Run): Promise<RunOutcome> {
  const { db, keys, spool } = tools;
  const { upload } = run;
  const counts = noCounts();
  const rejected = new RejectedChunks(db, upload.id);
  const key = keys.open('staff', upload.spoolKey, aboutSpoolKey(upload.spool));
  const source = await spool.read(upload.spool, key);
  const unpacked = unpack(source, tools.bytesMax);
  const heartbeat = setInterval(() => {
    updateImport(db, { id: upload.id, counts, ended: null }).catch(() => {});
  }, heartbeatMs);
  try {
    const remarks = await readAll(tools, run, { bytes: unpacked.bytes, counts, rejected });
    await rejected.close();
    return { ended: 'done', counts, message: doneMessage(run, counts, remarks) };
  } catch (error) {
    if (error instanceof Interrupted) return { again: 'interrupted' };
    const problem = unpacked.problem() ?? (error instanceof FileProblem ? error.message : null);
    if (problem === null) return { again: 'trouble', cause: error };
    await rejected.close();
    return { ended: 'failed', counts, message: `${problem} ${keptBefore(counts)}`.trim() };
  } finally {
    clearInterval(heartbeat);
    unpacked.bytes.destroy();
    source.destroy();
    key.fill(0);
  }
}

async function readAll(
  tools: RunTools,
  { upload, insurer, isStopping }: Run,
  use: { bytes: NodeJS.ReadableStream; counts: ImportCounts; rejected: RejectedChunks },
): Promise<readonly string[]> {
  const { db, keys, clock, lenient } = tools;
  const { counts, rejected } = use;
  const bytes = use.bytes as Parameters<typeof openRows>[0];
  const file = await openRows(bytes, { required: peopleColumns, optional: peopleColumnsBesides });
  const rules = { today: parisDay(clock.now()), lenient, amcCode: insurer.amcCode };
  const people = readListedPeople(file, rules, {
    reject(bad) {
      counts.rejected += 1;
      rejected.add(bad);
    },
    onLines(lines) {
      counts.lines += lines;
    },
  });
  const { remarks } = await importPeople({ db, keys, clock }, people, {
    insurer,
    number: upload.dryRun ? 0 : Number(upload.id),
    complete: upload.complete,
    confirmClosures: upload.confirmClosures,
    dryRun: upload.dryRun,
    counts,
    check() {
      if (isStopping()) throw new Interrupted();
    },
  });
  return remarks;
}

function doneMessage({ upload }: Run, { rejected, lines }: ImportCounts, remarks: readonly string[]): string {
  const told: string[] = [];
  if (upload.dryRun) told.push('A trial: nothing was changed.');
  if (rejected === 0) told.push('Every line was good.');
  else {
    told.push(`${rejected} of ${lines} lines did not go in; /v1/imports/${upload.id}/rejected says why.`);
    told.push('Correct them and send the file again.');
  }
  if (rejected > rejectedLinesMost) told.push(`Only the first ${rejectedLinesMost} are listed.`);
  // The importer speaks to the command line; here the same is asked for in the query.
  return [
    ...told,
    ...remarks.map((each) => each.replaceAll('--confirm-closures', 'confirmClosures=true')),
  ].join(' ');
}

function keptBefore({ added, changed }: ImportCounts): string {
  return added + changed === 0 ? '' : 'What was read before that went in, and stays.';
}
