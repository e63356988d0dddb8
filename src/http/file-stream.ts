import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import type { StreamBody } from '../modules/access/index.ts';
import { Failure } from '../platform/errors.ts';

/** A file on its way in. */
export type FileStream = { readonly bytes: Readable; close(): void };

/** What a file may be: so large, and never slower than `bytesPerPaceMin` in each `paceMs`. */
export type FileLimits = { readonly bytesMax: number; readonly paceMs: number };

/** Slower than a line of 1995: whoever sends so little holds a connection and means nothing else. */
const bytesPerPaceMin = 16 * 1024;
/** How long a refused sender may go on before the connection is cut: time to read why it was refused. */
const lingerMs = 5_000;

const patient = new WeakSet<object>();

/** Refuses a file by its headers, before a byte of it was read. */
export function refuseByHeaders(declared: StreamBody, headers: IncomingHttpHeaders): void {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!declared.media.includes(type)) {
    throw new Failure('unsupported-media-type', {
      detail: `Send the file as its bytes, as one of ${declared.media.join(', ')}.`,
    });
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Failure('unsupported-media-type', {
      detail: 'Content-Encoding is not accepted: send a gzipped file as application/gzip.',
    });
  }
  if (Number(headers['content-length'] ?? 0) > declared.bytesMax) throw tooLarge(declared.bytesMax);
}

/** Hands a body on as it arrives: a sender that is too long, too slow or gone is a failure of the stream. */
export function openFileStream(request: IncomingMessage, limits: FileLimits): FileStream {
  const bytes = new PassThrough({ highWaterMark: 256 * 1024 });
  let received = 0;
  let receivedBefore = 0;
  // The limit on how long a whole request may take is for small ones: this one has a pace instead.
  patient.add(request.socket);
  const fail = (failure: Failure) => {
    request.unpipe(bytes);
    bytes.destroy(failure);
  };
  request.on('data', (part: Buffer) => {
    received += part.length;
    if (received > limits.bytesMax) fail(tooLarge(limits.bytesMax));
  });
  const gone = () => {
    if (!request.complete)
      fail(new Failure('malformed-request', { detail: 'The file did not arrive whole.' }));
  };
  request.once('aborted', gone).once('error', gone).once('close', gone);
  const pace = setInterval(() => {
    const isWaiting = !bytes.writableNeedDrain && !request.complete;
    if (isWaiting && received - receivedBefore < bytesPerPaceMin) fail(new Failure('request-timeout'));
    receivedBefore = received;
  }, limits.paceMs);
  request.pipe(bytes);
  // A failure that nobody is listening for yet must not end the process: whoever reads is told it.
  bytes.on('error', () => {});
  const close = () => {
    clearInterval(pace);
    patient.delete(request.socket);
    request.unpipe(bytes);
    letGo(request);
  };
  return { bytes, close };
}

/** Whether a connection brings a file, and may take longer than other requests. */
export function isPatient(socket: object): boolean {
  return patient.has(socket);
}

/** What still comes of a refused file is thrown away for a moment, then the connection is cut. */
export function letGo(request: IncomingMessage): void {
  if (request.complete) return;
  request.resume();
  const cut = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, lingerMs);
  request.once('close', () => clearTimeout(cut));
}

function tooLarge(bytesMax: number): Failure {
  return new Failure('body-too-large', { detail: `A file may have ${bytesMax} bytes at most.` });
}
