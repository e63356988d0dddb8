import { type FileHandle, open } from 'node:fs/promises';

const size = 1 << 20;
/** Room that a text always finds: nothing that is written at once is longer. */
const room = 1 << 17;

/**
 * A file that grows by rows, written in large pieces while the next ones are made: memory stays the same
 * whatever its length, as long as whoever writes waits now and then.
 */
export class FileSink {
  readonly #file: FileHandle;
  #buffer = Buffer.allocUnsafe(size);
  readonly #spare: Buffer<ArrayBuffer>[] = [];
  #filled = 0;
  #bytes = 0;
  #written: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Fails when the file exists: nothing is overwritten. */
  static async create(path: string): Promise<FileSink> {
    return new FileSink(await open(path, 'wx'));
  }

  /** A text, made of bytes: see `asBytes`. */
  write(text: string): void {
    if (this.#filled + room > size) this.#flush();
    this.#filled += this.#buffer.write(text, this.#filled, 'latin1');
  }

  /** Rows that begin alike and end each in its own way. */
  writeRows(front: string, ends: readonly Uint8Array[]): void {
    if (this.#filled + room > size) this.#flush();
    const buffer = this.#buffer;
    const first = this.#filled;
    const length = buffer.write(front, first, 'latin1');
    let at = first;
    for (const end of ends) {
      // Copied from the first row: a third of the time that writing the text again takes.
      if (at !== first) buffer.copyWithin(at, first, first + length);
      at += length;
      for (let index = 0; index < end.length; index += 1) buffer[at + index] = end[index] as number;
      at += end.length;
    }
    this.#filled = at;
  }

  /** Until what was handed over is written. */
  async settle(): Promise<void> {
    await this.#written;
  }

  async close(): Promise<void> {
    this.#flush();
    try {
      await this.#written;
    } finally {
      await this.#file.close();
    }
  }

  #flush(): void {
    const piece = this.#buffer.subarray(0, this.#filled);
    const position = this.#bytes;
    this.#bytes += piece.length;
    const full = this.#buffer;
    this.#buffer = this.#spare.pop() ?? Buffer.allocUnsafe(size);
    this.#filled = 0;
    this.#written = this.#written
      .then(() => writeAll(this.#file, piece, position))
      .then(() => void this.#spare.push(full));
    // A full disk is heard when somebody waits.
    this.#written.catch(() => {});
  }
}

/** A text of which each character is a byte of its UTF-8: it is copied as it is, which is faster. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

async function writeAll(file: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < piece.length) {
    const { bytesWritten } = await file.write(piece, written, piece.length - written, position + written);
    written += bytesWritten;
  }
}
