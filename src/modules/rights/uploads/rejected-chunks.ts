import type { Database } from '../../../platform/database/connect.ts';
import { type BadRow, csvLine, readCsvLine } from '../../../platform/files/index.ts';
import { addRejected, readRejectedChunk } from './store.ts';

/** Lines of a chunk: of each but the last. */
const chunkLines = 1_000;
/** A list nobody could read: more of it would only fill the database. The count goes on. */
export const rejectedLinesMost = 50_000;

/** The first line of a list of rejected lines. */
export const rejectedHeader = `${csvLine(['line', 'column', 'valueClass', 'reason'])}\n`;

/** Keeps the lines of an upload that did not go in: their places and reasons, never what they held. */
export class RejectedChunks {
  readonly #db: Database;
  readonly #id: string;
  #waiting: string[] = [];
  #place = 0;
  #kept = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(db: Database, id: string) {
    this.#db = db;
    this.#id = id;
  }

  add({ line, column, valueClass, reason }: BadRow): void {
    if (this.#kept >= rejectedLinesMost) return;
    this.#kept += 1;
    this.#waiting.push(`${csvLine([String(line), column ?? '', valueClass, reason])}\n`);
    if (this.#waiting.length >= chunkLines) this.#write();
  }

  /** Returns once every line is kept; fails if one could not be. */
  async close(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  #write(): void {
    const lines = this.#waiting.join('');
    this.#waiting = [];
    if (lines === '') return;
    const chunk = { id: this.#id, place: this.#place, lines };
    this.#place += 1;
    this.#writing = this.#writing.then(() => addRejected(this.#db, chunk));
    // Heard when it is awaited at the end, not as a stray rejection before.
    this.#writing.catch(() => {});
  }
}

/** A line that did not go in: where it stood, what kind of text was there, and why; never the text. */
export type RejectedLine = {
  readonly line: number;
  readonly column: string | null;
  readonly valueClass: string;
  readonly reason: string;
};

/** So many of an upload's rejected lines, from after a number of them on; a page stays within a chunk. */
export async function readRejectedPage(
  db: Database,
  { id, after, most }: { readonly id: string; readonly after: number; readonly most: number },
): Promise<readonly RejectedLine[]> {
  const chunk = await readRejectedChunk(db, { id, place: Math.floor(after / chunkLines) });
  const from = after % chunkLines;
  const lines = chunk?.split('\n').slice(from, Math.min(from + most, chunkLines)) ?? [];
  return lines
    .filter((text) => text !== '')
    .map((text) => {
      const [line = '', column = '', valueClass = '', reason = ''] = readCsvLine(text);
      return { line: Number(line), column: column || null, valueClass, reason };
    });
}
