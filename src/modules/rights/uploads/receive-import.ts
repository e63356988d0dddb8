import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Database } from '../../../platform/database/connect.ts';
import { assert, Failure } from '../../../platform/errors.ts';
import type { Caller } from '../../access/index.ts';
import { isOpen } from '../../ledger/index.ts';
import type { Keys } from '../../vault/index.ts';
import { orUnavailable } from './or-unavailable.ts';
import type { Spool } from './spool.ts';
import { countUnfinished, findRepeated, insertUpload } from './store.ts';

/** A file on its way in, and how it is to be taken. */
export type UploadAsked = {
  readonly caller: Caller;
  readonly stream: Readable;
  readonly complete: boolean;
  readonly dryRun: boolean;
  readonly confirmClosures: boolean;
  readonly headers: Readonly<Record<string, string>>;
};

/** Takes a file in: it is there whole and noted when this returns. */
export type ReceiveImport = (asked: UploadAsked) => Promise<{ id: string; state: string }>;

const arrivingMost = 2;
const unfinishedMost = 10;

/** What a waiting file's key is bound to. */
export function aboutSpoolKey(spool: string): string {
  return `staff|upload|${spool}`;
}

/** Makes the one way in for files of insurers. */
export function createReceiveImport(use: {
  readonly db: Database;
  readonly keys: Keys;
  readonly spool: Spool;
  readonly onQueued: () => void;
}): ReceiveImport {
  const { db, keys, spool } = use;
  const arriving = new Map<number, number>();
  const take = async (asked: UploadAsked, insurer: number): Promise<{ id: string; state: string }> => {
    const { account } = asked.caller;
    const idempotency = readIdempotency(keys, asked);
    const digest = readDigest(asked.headers);
    if (idempotency !== null) {
      const earlier = await orUnavailable(findRepeated(db, account, idempotency));
      if (earlier !== undefined) return earlier;
    }
    const unfinished = await orUnavailable(countUnfinished(db, account));
    if (unfinished >= unfinishedMost) throw tooMany();
    const hashed = digest === null ? asked.stream : hashing(asked.stream, digest);
    const { name, key, bytes } = await spool.receive(hashed);
    try {
      // A file may take hours to arrive: whoever was contained meanwhile sent nothing.
      if (!(await orUnavailable(isOpen(db, account)))) throw new Failure('account-suspended');
      if (bytes === 0) throw new Failure('malformed-request', { detail: 'The file is empty.' });
      const spoolKey = keys.seal('staff', key, aboutSpoolKey(name));
      const { complete, dryRun, confirmClosures } = asked;
      const upload = { account, insurer, complete, dryRun, confirmClosures, spool: name, spoolKey, bytes };
      const { isNew, ...noted } = await orUnavailable(insertUpload(db, { ...upload, idempotency }));
      if (isNew) use.onQueued();
      else await spool.remove(name);
      return noted;
    } catch (error) {
      await spool.remove(name);
      throw error;
    } finally {
      key.fill(0);
    }
  };
  return async (asked) => {
    const { account, insurer } = asked.caller;
    assert(insurer !== null, 'only accounts of insurers send files');
    const now = arriving.get(account) ?? 0;
    if (now >= arrivingMost) throw tooMany();
    arriving.set(account, now + 1);
    try {
      return await take(asked, insurer);
    } finally {
      const left = (arriving.get(account) ?? 1) - 1;
      if (left === 0) arriving.delete(account);
      else arriving.set(account, left);
    }
  };
}

/** What the sender calls this upload, as a keyed hash: nothing of it is kept in the clear. */
function readIdempotency(keys: Keys, asked: UploadAsked): Buffer | null {
  const { caller, headers, complete, dryRun, confirmClosures } = asked;
  const name = headers['idempotency-key'];
  if (name === undefined) return null;
  if (!/^[\x21-\x7e]{8,200}$/.test(name)) {
    throw malformed('Idempotency-Key must be 8 to 200 visible characters.');
  }
  // A trial and the real thing are two uploads, whatever they are called.
  const how = [complete, dryRun, confirmClosures].map(Number).join('');
  return keys.mac('staff-index', `upload|${caller.account}|${how}|${name}`);
}

/** The digest that the sender computed: RFC 9530, or RFC 3230 before it. */
function readDigest(headers: Readonly<Record<string, string>>): Buffer | null {
  const newer = headers['repr-digest'] ?? headers['content-digest'];
  const text = newer ?? headers.digest;
  if (text === undefined) return null;
  const shape = newer === undefined ? /(?:^|,)\s*sha-256=([^\s,]+)/i : /(?:^|,)\s*sha-256=:([^:]+):/i;
  const digest = Buffer.from(shape.exec(text)?.[1] ?? '', 'base64');
  if (digest.length !== 32) throw malformed('The digest must be sha-256, in base64.');
  return digest;
}

async function* hashing(source: AsyncIterable<Buffer>, wanted: Buffer): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const part of source) {
    hash.update(part);
    yield part;
  }
  if (!hash.digest().equals(wanted)) throw new Failure('digest-mismatch');
}

function tooMany(): Failure {
  return new Failure('too-many-imports', { headers: { 'retry-after': '60' } });
}

function malformed(detail: string): Failure {
  return new Failure('malformed-request', { detail });
}
