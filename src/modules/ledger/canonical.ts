import { createHash } from 'node:crypto';

/** Everything an entry says, in the units of its canonical bytes. Sets are numbers in any order. */
export type CanonicalEntry = {
  readonly lane: number;
  readonly seq: bigint;
  readonly account: number;
  readonly by: number;
  readonly kind: number;
  readonly actorSeq: bigint;
  /** Microseconds since 1970, UTC. */
  readonly at: bigint;
  readonly session: bigint;
  readonly organisation: number;
  readonly client: number;
  readonly network: number;
  readonly action: number;
  readonly purpose: number;
  /** 16 bytes as a uuid, or null when nobody matched. */
  readonly subject: string | null;
  readonly insurers: readonly number[];
  readonly fieldsVersion: number;
  readonly fields: readonly number[];
  readonly outcome: number;
  readonly reason: number;
  readonly present: boolean;
  readonly signalsVersion: number;
  readonly signals: readonly number[];
  readonly count: number;
  readonly batch: string;
};

/**
 * The canonical bytes of an entry, version 1; the order is fixed by docs/decisions/0007.
 * Integers are big-endian: ids and counts 4 bytes; session, seq, actor_seq and at 8; codes, versions and
 * set sizes 2; present 1.
 */
export function canonicalBytes(entry: CanonicalEntry): Buffer {
  return Buffer.concat([
    Buffer.of(1),
    u16(entry.lane),
    u64(entry.seq),
    u32(entry.account),
    u32(entry.by),
    u16(entry.kind),
    u64(entry.actorSeq),
    u64(entry.at),
    u64(entry.session),
    u32(entry.organisation),
    u32(entry.client),
    u32(entry.network),
    u16(entry.action),
    u16(entry.purpose),
    uuidBytes(entry.subject),
    set(entry.insurers, u32),
    u16(entry.fieldsVersion),
    set(entry.fields, u16),
    u16(entry.outcome),
    u16(entry.reason),
    Buffer.of(entry.present ? 1 : 0),
    u16(entry.signalsVersion),
    set(entry.signals, u16),
    u32(entry.count),
    uuidBytes(entry.batch),
  ]);
}

/**
 * The data of the entry's leaf: SHA-256(salt ‖ canonical bytes). Without the salt it says nothing about
 * the entry.
 */
export function leafData(salt: Buffer, entry: CanonicalEntry): Buffer {
  if (salt.length !== 16) throw new RangeError('a salt has 16 bytes');
  return createHash('sha256').update(salt).update(canonicalBytes(entry)).digest();
}

/** The numbers of the bits set in a bit set, lowest first. */
export function bitNumbers(bits: bigint): number[] {
  const numbers: number[] = [];
  for (let bit = 0; bit < 63; bit += 1) if ((bits >> BigInt(bit)) & 1n) numbers.push(bit);
  return numbers;
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

function uuidBytes(uuid: string | null): Buffer {
  if (uuid === null) return Buffer.alloc(16);
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new RangeError('a uuid has 16 bytes');
  return bytes;
}

function set(items: readonly number[], write: (item: number) => Buffer): Buffer {
  const sorted = [...items].sort((a, b) => a - b);
  return Buffer.concat([u16(sorted.length), ...sorted.map(write)]);
}
