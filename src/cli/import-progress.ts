import type { ImportCounts, ImportKind, KeptImport } from '../modules/rights/index.ts';
import type { RowFile } from '../platform/files/index.ts';
import type { Io } from './command.ts';

const everyMs = 2000;
const dryWords = '; nothing was changed, it would be';

/** Tells how far an import is every two seconds: on stderr, and in rights.import for whoever asks. */
export class ImportProgress {
  readonly #started = performance.now();
  readonly #timer: NodeJS.Timeout;

  constructor(
    io: Io,
    file: RowFile,
    told: { readonly counts: ImportCounts; readonly kept: KeptImport | null },
  ) {
    this.#timer = setInterval(() => {
      io.err(progressLine(told.counts, file, this.seconds()));
      // The trace may be late, the import must not stop for it.
      told.kept?.update(told.counts).catch(() => {});
    }, everyMs);
    this.#timer.unref();
  }

  seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

/** One line of progress: lines, share of the file, rate, time left. Numbers only. */
export function progressLine(
  counts: Pick<ImportCounts, 'lines' | 'rejected'>,
  file: Pick<RowFile, 'bytesRead' | 'bytesTotal'>,
  seconds: number,
): string {
  const rate = Math.round(counts.lines / Math.max(seconds, 0.001));
  const share = file.bytesTotal === null ? null : file.bytesRead() / Math.max(1, file.bytesTotal);
  const left = share === null || share <= 0 ? null : (seconds / share) * (1 - share);
  return [
    `${grouped(counts.lines)} lines`,
    ...(share === null ? [] : [`${Math.floor(Math.min(1, share) * 100)} % of the file`]),
    `${grouped(rate)} lines/s`,
    ...(left === null ? [] : [`${duration(left)} left`]),
    ...(counts.rejected === 0 ? [] : [`${grouped(counts.rejected)} rejected`]),
  ].join(', ');
}

/** What is said at the end of an import. */
export function endLine(
  end: {
    readonly kind: ImportKind;
    readonly dryRun: boolean;
    readonly counts: ImportCounts;
    readonly remarks: readonly string[];
    readonly file: RowFile;
    readonly rejectedPath: string;
  },
  seconds: number,
): string {
  const { lines, people, added, changed, unchanged, closed, rejected } = end.counts;
  const told = [
    ['people', people],
    ['added', added],
    ['changed', changed],
    ['unchanged', unchanged],
    ['closed', closed],
    ['rejected', rejected],
  ] as const;
  const { kind, encoding, delimiter, gzip } = end.file.format();
  const format = [kind.toUpperCase(), encoding, ...(delimiter === null ? [] : [named(delimiter)])];
  const counted = told.filter(([name, count]) => name !== 'people' || count > 0);
  return [
    `Read as ${format.join(', ')}${gzip ? ', gzipped' : ''}.`,
    `${grouped(lines)} lines in ${duration(seconds)}${end.dryRun ? dryWords : ''}:`,
    ...counted.map(([name, count]) => `  ${name.padEnd(10)}${grouped(count)}`),
    ...end.remarks,
    ...(rejected === 0 ? [] : [`The rejected lines, and why, are in ${end.rejectedPath}.`]),
  ].join('\n');
}

function named(delimiter: string): string {
  return delimiter === '\t' ? 'tab' : `“${delimiter}”`;
}

function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
