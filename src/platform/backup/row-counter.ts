import { assert } from '../errors.ts';

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Signature, flags and the length of an extension, which PostgreSQL leaves empty. */
const headBytes = signature.length + 8;

/**
 * Counts the rows of PostgreSQL's binary COPY format as it passes, in pieces of any size, and sees that it
 * ends where it should: the driver tells neither.
 */
export class RowCounter {
  #rows = 0;
  /** What of the signature was not seen yet. */
  #head = headBytes;
  #fields = 0;
  #skip = 0;
  #isEnded = false;
  #partial: Buffer = Buffer.alloc(0);

  get rows(): number {
    return this.#rows;
  }

  /** Whether the mark of the end was seen, with nothing after it. */
  get isWhole(): boolean {
    return this.#isEnded && this.#partial.length === 0;
  }

  add(piece: Buffer): void {
    const bytes = this.#partial.length === 0 ? piece : Buffer.concat([this.#partial, piece]);
    let at = 0;
    while (at < bytes.length) {
      const skipped = Math.min(this.#head + this.#skip, bytes.length - at);
      if (skipped > 0) {
        at += skipped;
        const ofHead = Math.min(this.#head, skipped);
        this.#head -= ofHead;
        this.#skip -= skipped - ofHead;
        continue;
      }
      const next = this.#step(bytes, at);
      if (next === at) break;
      at = next;
    }
    this.#partial = Buffer.from(bytes.subarray(at));
  }

  /** Reads one number, of a row or of a field; the same place when it is not whole yet. */
  #step(bytes: Buffer, at: number): number {
    assert(!this.#isEnded, 'nothing follows the end of the rows');
    if (this.#fields > 0) {
      if (bytes.length - at < 4) return at;
      this.#fields -= 1;
      this.#skip = Math.max(0, bytes.readInt32BE(at));
      return at + 4;
    }
    if (bytes.length - at < 2) return at;
    const fields = bytes.readInt16BE(at);
    if (fields === -1) this.#isEnded = true;
    else this.#rows += 1;
    this.#fields = Math.max(0, fields);
    return at + 2;
  }
}
