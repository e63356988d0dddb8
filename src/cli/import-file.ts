import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AccountTools } from '../modules/access/index.ts';
import {
  type ImportCounts,
  type ImportKind,
  type Insurer,
  keepImport,
  noCounts,
  peopleLock,
} from '../modules/rights/index.ts';
import { refreshKeys } from '../modules/vault/index.ts';
import type { Config } from '../platform/config.ts';
import { holdLocks } from '../platform/database/locks.ts';
import {
  type BadRow,
  isBadRow,
  openRows,
  RejectedLines,
  type Row,
  type RowFile,
  valueClass,
} from '../platform/files/index.ts';
import { besideServer } from './beside-server.ts';
import type { Io } from './command.ts';
import { endLine, ImportProgress } from './import-progress.ts';
import { explainImportTrouble } from './import-trouble.ts';

/** What a run of any import works with. */
export type ImportTools = AccountTools & {
  readonly config: Config;
  /** Its number in rights.import; 0 for a dry run, which leaves no trace. */
  readonly number: number;
  readonly insurer: Insurer | undefined;
  /** Say what would change, change nothing. */
  readonly dryRun: boolean;
  /** The run adds to these as it goes; lines and rejected are counted for it. */
  readonly counts: ImportCounts;
  /** A row that cannot go in: its value is told by its class only. */
  reject(row: { line: number; column: string | null; value: string; reason: string }): void;
  /** For rows that the file itself spoiled. */
  rejectBad(bad: BadRow): void;
  /** Throws when the import must stop: it was interrupted, or another process may hold its locks now. */
  check(): void;
};

/** How a run ended: remarks for the summary, and whether something that was asked was not done. */
export type ImportEnd = { readonly remarks: readonly string[]; readonly isIncomplete?: boolean };

/** One kind of import: which columns, and what becomes of the rows. */
export type FileImport = {
  readonly kind: ImportKind;
  readonly columns: {
    readonly required: readonly string[];
    readonly optional?: readonly string[];
    readonly delimiters?: readonly string[];
  };
  /** The insurer whose file it is: two files of one insurer are not read at once, those of two are. */
  insurer?(tools: AccountTools): Promise<Insurer>;
  run(file: RowFile, tools: ImportTools): Promise<ImportEnd>;
};

/** What was asked on the command line. */
export type ImportAsked = {
  readonly path: string;
  readonly dryRun: boolean;
  readonly complete?: boolean;
  readonly json: boolean;
};

/** Stops an import between two batches; what it wrote before stays, and running it again goes on. */
class Interrupted extends Error {}

/**
 * Imports one file beside the server: progress on stderr, bad lines beside the file, a trace in
 * rights.import, a summary on stdout. Gives the exit code: 0 only if every line was good.
 */
export async function importFile(io: Io, asked: ImportAsked, work: FileImport): Promise<number> {
  const working = besideServer(io, async (beside, config) => {
    const insurer = await work.insurer?.(beside);
    const name = insurer === undefined ? `vigie import ${work.kind}` : peopleLock(insurer.id);
    const locks = [{ name }, { name: 'vigie keys', shared: true }];
    const held = await holdLocks(beside.db, locks);
    if (held === null) {
      io.err('Another import of the same kind, or a rotation of keys, is running: wait until it has ended.');
      return 1;
    }
    try {
      // From here on no key changes; one may have, since they were opened.
      await refreshKeys(beside.db, beside.keys);
      return await importHeld(io, asked, { work, beside, config, insurer, isLost: held.isLost });
    } finally {
      await held.release();
    }
  });
  return working.catch((error: unknown) => {
    throw explainImportTrouble(error);
  });
}

type Under = {
  readonly work: FileImport;
  readonly beside: AccountTools;
  readonly config: Config;
  readonly insurer: Insurer | undefined;
  readonly isLost: () => boolean;
};

async function importHeld(io: Io, asked: ImportAsked, under: Under): Promise<number> {
  const { work, beside, insurer } = under;
  const { path, dryRun, complete = false } = asked;
  const file = await openRows(path, work.columns);
  const fileName = path === '-' ? 'standard input' : basename(path);
  const start = { kind: work.kind, insurer: insurer?.id, complete, dryRun, fileName };
  const rejectedPath = path === '-' ? `${work.kind}.rejected.csv` : `${path}.rejected.csv`;
  // What an earlier run left there would be taken for the bad lines of this one.
  await rm(rejectedPath, { force: true });
  const kept = dryRun ? null : await keepImport(beside.db, start);
  const rejected = new RejectedLines(rejectedPath);
  const counts = noCounts();
  const stopping = watchForStop();
  const progress = new ImportProgress(io, file, { counts, kept });
  const tools = importTools(under, { dryRun, counts, rejected, stopping, number: Number(kept?.id ?? 0) });
  try {
    const { remarks, isIncomplete = false } = await work.run(file, tools);
    await kept?.end('done', counts, isIncomplete ? remarks.join(' ') : undefined);
    const end = { kind: work.kind, dryRun, counts, remarks, file, rejectedPath };
    if (asked.json) io.out(JSON.stringify({ kind: work.kind, dryRun, ...counts, remarks }));
    else io.out(endLine(end, progress.seconds()));
    return counts.rejected === 0 && !isIncomplete ? 0 : 1;
  } catch (error) {
    const wasStopped = error instanceof Interrupted;
    const message = wasStopped ? error.message : 'It failed; the command said why.';
    await kept?.end(wasStopped ? 'interrupted' : 'failed', counts, message).catch(() => {});
    throw error;
  } finally {
    stopping.end();
    progress.end();
    await rejected.close();
  }
}

function importTools(
  { beside, isLost, config, insurer }: Under,
  use: {
    dryRun: boolean;
    counts: ImportCounts;
    rejected: RejectedLines;
    stopping: Stopping;
    number: number;
  },
): ImportTools {
  const { dryRun, counts, rejected, stopping, number } = use;
  const rejectBad = (bad: BadRow) => {
    counts.rejected += 1;
    rejected.add(bad);
  };
  return {
    ...beside,
    config,
    number,
    insurer,
    dryRun,
    counts,
    rejectBad,
    reject: ({ line, column, value, reason }) =>
      rejectBad({ line, column, valueClass: valueClass(value), reason }),
    check() {
      if (stopping.asked()) throw new Interrupted('Stopped. What went in stays: import the file again.');
      if (isLost()) {
        throw new Interrupted('The database let go of the import’s lock: import the file again.');
      }
    },
  };
}

/** The good rows of a file, a batch at a time; bad ones are rejected, lines counted, stops obeyed. */
export async function* goodRows(file: RowFile, tools: ImportTools): AsyncGenerator<readonly Row[]> {
  for await (const batch of file.batches()) {
    tools.check();
    tools.counts.lines += batch.length;
    const good: Row[] = [];
    for (const row of batch) {
      if (isBadRow(row)) tools.rejectBad(row);
      else good.push(row);
    }
    if (good.length > 0) yield good;
  }
}

type Stopping = { asked(): boolean; end(): void };

/** The first Ctrl-C stops between two batches; the second ends the process. */
function watchForStop(): Stopping {
  let isAsked = false;
  const stop = () => {
    isAsked = true;
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    asked: () => isAsked,
    end() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
