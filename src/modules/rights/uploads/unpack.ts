import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The bytes of a file, unpacked if they are gzip; `problem` says why they stopped before their end. */
export type Unpacked = { readonly bytes: Readable; problem(): string | null };

class TooLong extends Error {}

/** Unpacks a file as read. A small one can become endless; it is given up at the size files may have. */
export function unpack(source: Readable, bytesMax: number): Unpacked {
  let problem: string | null = null;
  const bytes = Readable.from(limited(source, bytesMax, (found) => (problem = found)));
  return { bytes, problem: () => problem };
}

async function* limited(
  source: Readable,
  bytesMax: number,
  tell: (problem: string) => void,
): AsyncGenerator<Buffer> {
  let total = 0;
  try {
    for await (const part of await plainBytes(source)) {
      total += part.length;
      if (total > bytesMax) throw new TooLong();
      yield part;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof TooLong) {
      tell(`Unpacked, the file has more than ${bytesMax} bytes: split it, or ask for a higher limit.`);
    } else if (code === 'Z_BUF_ERROR') {
      tell('The gzip data ends too early: make the file again and send it whole.');
    } else if (/^Z_/.test(code)) {
      tell('The gzip data is damaged: make the file again and send it.');
    }
    throw error;
  } finally {
    source.destroy();
  }
}

async function plainBytes(source: Readable): Promise<AsyncIterable<Buffer>> {
  const pieces = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { value: first } = await pieces.next();
  const all = prepend(first as Buffer | undefined, pieces);
  if (first?.[0] !== 0x1f || first[1] !== 0x8b) return all;
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  pipeline(Readable.from(all), gunzip, () => {});
  return gunzip;
}

async function* prepend(first: Buffer | undefined, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first !== undefined) yield first;
  for (;;) {
    const { done, value } = await rest.next();
    if (done) return;
    yield value;
  }
}
