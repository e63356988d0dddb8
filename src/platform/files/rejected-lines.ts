import { closeSync, lstatSync, openSync, rmSync, writeSync } from 'node:fs';
import { csvLine } from './csv-line.ts';
import { FileProblem, systemProblem } from './file-problem.ts';
import type { BadRow } from './row.ts';

const bufferCharacters = 65_536;

/**
 * The list of the lines that did not go in, for who mends the file: `line;column;valueClass;reason`. Made
 * at the first bad line, in the place of an older one, readable by its owner alone.
 */
export class RejectedLines {
  /** Where the list is, once there is one. */
  readonly path: string;
  #count = 0;
  #descriptor: number | null = null;
  #waiting = '';
  #problem: FileProblem | null = null;

  /** The path of the list itself (usually `<file>.rejected.csv`). */
  constructor(path: string) {
    this.path = path;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds a line. Throws a FileProblem when the list cannot be written: a list with holes would mislead. */
  add(bad: BadRow): void {
    if (this.#problem !== null) throw this.#problem;
    if (this.#descriptor === null) this.#create();
    this.#count += 1;
    this.#waiting += `${csvLine([String(bad.line), bad.column ?? '', bad.valueClass, bad.reason])}\n`;
    if (this.#waiting.length >= bufferCharacters) this.#flush();
  }

  /** Writes what waits and closes the list; may be called again. */
  async close(): Promise<void> {
    const descriptor = this.#descriptor;
    if (descriptor === null) return;
    try {
      if (this.#problem !== null) throw this.#problem;
      this.#flush();
    } finally {
      this.#descriptor = null;
      closeSync(descriptor);
    }
  }

  #create(): void {
    const older = lstatSync(this.path, { throwIfNoEntry: false });
    if (older !== undefined && !older.isFile() && !older.isSymbolicLink()) {
      throw new FileProblem(`${this.path}: the list of rejected lines cannot stand there; move it away.`);
    }
    try {
      // Removed and made anew: an older file keeps its mode, and a link would lead elsewhere.
      rmSync(this.path, { force: true });
      this.#descriptor = openSync(this.path, 'wx', 0o600);
    } catch (error) {
      throw systemProblem(this.path, 'the list of rejected lines cannot be made', error);
    }
    this.#waiting = `${csvLine(['line', 'column', 'valueClass', 'reason'])}\n`;
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting);
    this.#waiting = '';
    try {
      for (let from = 0; from < bytes.length; ) {
        from += writeSync(this.#descriptor ?? -1, bytes, from);
      }
    } catch (error) {
      // Lines are lost now: whoever goes on all the same is told again.
      this.#problem = systemProblem(this.path, 'the list of rejected lines cannot be written', error);
      throw this.#problem;
    }
  }
}
