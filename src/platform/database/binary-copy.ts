import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PendingQuery, Row, TransactionSql } from 'postgres';

const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const pageLength = 256 * 1024;

/** A transaction that rows are copied in. */
export type Transaction = TransactionSql;

/** Writes rows in PostgreSQL's binary COPY format, into pages that are sent as they are. */
export class RowWriter {
  readonly #pages: Buffer[] = [];
  #page = Buffer.allocUnsafe(pageLength);
  #used = signature.copy(this.#page);

  /** Begins a row of so many columns. */
  begin(columns: number): this {
    this.#reserve(2);
    this.#used = this.#page.writeInt16BE(columns, this.#used);
    return this;
  }

  /** A bytea, uuid or text column, as its bytes. */
  bytes(value: Uint8Array): this {
    this.#reserve(4 + value.length);
    this.#used = this.#page.writeInt32BE(value.length, this.#used);
    this.#page.set(value, this.#used);
    this.#used += value.length;
    return this;
  }

  /** An integer column. */
  integer(value: number): this {
    this.#reserve(8);
    this.#used = this.#page.writeInt32BE(4, this.#used);
    this.#used = this.#page.writeInt32BE(value, this.#used);
    return this;
  }

  /** A smallint column. */
  small(value: number): this {
    this.#reserve(6);
    this.#used = this.#page.writeInt32BE(2, this.#used);
    this.#used = this.#page.writeInt16BE(value, this.#used);
    return this;
  }

  /** Ends the rows and gives the pages to send. */
  end(): readonly Buffer[] {
    this.#reserve(2);
    this.#used = this.#page.writeInt16BE(-1, this.#used);
    return [...this.#pages, this.#page.subarray(0, this.#used)];
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#page.length) return;
    this.#pages.push(this.#page.subarray(0, this.#used));
    this.#page = Buffer.allocUnsafe(Math.max(pageLength, length));
    this.#used = 0;
  }
}

/** Copies rows into a table within a transaction; returns once PostgreSQL has accepted all of them. */
export async function copyRows(
  tx: Transaction,
  copy: PendingQuery<Row[]>,
  write: (rows: RowWriter) => void,
): Promise<void> {
  const writer = new RowWriter();
  write(writer);
  // The driver never ends a stream whose last row was refused: the next statement tells that the transaction
  // has failed. It is queued behind the end of the copy.
  await copyPieces(copy, writer.end(), () => tx`select 1`);
}

/**
 * Sends the pieces of a COPY, then does what comes next in its transaction, which alone tells whether all of
 * it was accepted. Throws why PostgreSQL refused it.
 */
export async function copyPieces(
  copy: PendingQuery<Row[]>,
  pieces: Iterable<Buffer> | AsyncIterable<Buffer>,
  next: () => PromiseLike<unknown>,
): Promise<void> {
  // Once the stream is open the driver has nobody to tell of a refusal: it is heard here, to be told below.
  let refusal: unknown;
  const heard = copy as unknown as { reject(error: unknown): void };
  const reject = heard.reject;
  heard.reject = (error) => {
    refusal = error;
    reject(error);
  };
  const stream = await copy.writable();
  stream.on('error', (error) => {
    refusal ??= error;
  });
  try {
    for await (const piece of pieces) await send(stream, piece);
    stream.end();
    await nextTurn();
    await next();
  } catch (error) {
    await nextTurn();
    throw refusal ?? error;
  }
}

function send(stream: NodeJS.WritableStream, piece: Buffer): Promise<void> {
  return new Promise((done, failed) => {
    stream.write(piece, (error) => (error ? failed(error) : done()));
  });
}
