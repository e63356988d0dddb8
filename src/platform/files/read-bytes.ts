import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FileProblem, systemProblem } from './file-problem.ts';

/** Bytes on their way. When they stop early, `problem` says why; what came before it is good. */
export type ByteSource = {
  readonly name: string;
  /** Of the source itself, compressed if it is. */
  readonly bytesTotal: number | null;
  bytesRead(): number;
  gzip(): boolean;
  problem(): FileProblem | null;
  chunks(): AsyncGenerator<Buffer>;
  close(): void;
};

// A piece of gzip can become a thousand times longer: small pieces bound what stands in memory.
const gzipPieceBytes = 16_384;
const readBytes = 262_144;

/** Opens a path, standard input (`-`) or a stream; gzip is recognised by its first bytes. */
export async function openBytes(source: string | Readable): Promise<ByteSource> {
  const name = typeof source !== 'string' ? 'the file' : source === '-' ? 'standard input' : source;
  const isPath = typeof source === 'string' && source !== '-';
  const bytesTotal = isPath ? await sizeOf(source) : null;
  const stream = typeof source !== 'string' ? source : isPath ? openPath(source) : process.stdin;
  const state = { read: 0, gzip: false, problem: null as FileProblem | null };
  return {
    name,
    bytesTotal,
    bytesRead: () => state.read,
    gzip: () => state.gzip,
    problem: () => state.problem,
    chunks: () => readChunks(stream, name, state),
    close: () => void stream.destroy(),
  };
}

type State = { read: number; gzip: boolean; problem: FileProblem | null };

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch((error: unknown) => {
    throw systemProblem(path, 'cannot be opened', error);
  });
  if (found.isDirectory()) throw systemProblem(path, 'cannot be read', { code: 'EISDIR' });
  return found.isFile() ? found.size : null;
}

function openPath(path: string): Readable {
  return createReadStream(path, { highWaterMark: readBytes });
}

async function* readChunks(stream: Readable, name: string, state: State): AsyncGenerator<Buffer> {
  const raw = countedChunks(stream, name, state);
  try {
    // Two bytes decide; a stream may hand them out one at a time.
    let first: Buffer = Buffer.alloc(0);
    while (first.length < 2) {
      const { done, value } = await raw.next();
      if (done) break;
      first = first.length === 0 ? value : Buffer.concat([first, value]);
    }
    state.gzip = first[0] === 0x1f && first[1] === 0x8b;
    if (state.gzip) yield* gunzipped(first, raw, name, state);
    else {
      if (first.length > 0) yield first;
      yield* raw;
    }
  } finally {
    stream.destroy();
  }
}

async function* countedChunks(stream: Readable, name: string, state: State): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer | string>) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      state.read += bytes.length;
      yield bytes;
    }
  } catch (error) {
    state.problem ??= systemProblem(name, `reading stopped after ${state.read} bytes`, error);
  }
}

/**
 * Unpacks piece by piece, and waits for all that a piece gives before the next one: piped streams lose what
 * they still hold when the compressed data turns out to be cut short or damaged.
 */
async function* gunzipped(
  first: Buffer,
  raw: AsyncGenerator<Buffer>,
  name: string,
  state: State,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 65_536 });
  let ready: Buffer[] = [];
  let failed: NodeJS.ErrnoException | null = null;
  gunzip.on('data', (chunk: Buffer) => ready.push(chunk));
  gunzip.on('error', (error: NodeJS.ErrnoException) => {
    failed = error;
  });
  // A write in progress when the data turns out to be damaged is never called back: the stream just closes.
  const closed = new Promise<void>((resolve) => gunzip.once('close', () => resolve()));
  const take = () => {
    const taken = ready;
    ready = [];
    return taken;
  };
  try {
    for (let chunk: Buffer | undefined = first; chunk !== undefined; chunk = (await raw.next()).value) {
      for (let from = 0; from < chunk.length && failed === null; from += gzipPieceBytes) {
        const piece = chunk.subarray(from, from + gzipPieceBytes);
        const written = new Promise<void>((resolve) => gunzip.write(piece, () => resolve()));
        await Promise.race([written, closed]);
        yield* take();
      }
      if (failed !== null) break;
    }
    gunzip.end();
    await closed;
    yield* take();
    if (failed !== null) state.problem ??= gzipProblem(failed, name, state.read);
  } finally {
    gunzip.destroy();
  }
}

function gzipProblem(error: NodeJS.ErrnoException, name: string, bytes: number): FileProblem {
  const what = error.code === 'Z_BUF_ERROR' ? 'the gzip data ends too early' : 'the gzip data is damaged';
  return new FileProblem(`${name}: ${what}, near byte ${bytes}; copy or make the file again.`, {
    cause: error,
  });
}
