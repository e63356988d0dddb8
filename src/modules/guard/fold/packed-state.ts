import { byteAt, isStateOfLayout, numberAt, stateBytes, stateVersion } from './account-state.ts';

/** Kept as they are, so that version and evidence are read without unpacking. */
const headBytes = 8 * (numberAt.bits + 1);
const wordBytes = 4;
const wordCount = (stateBytes - headBytes) / wordBytes;
const mapBytes = Math.ceil(wordCount / 8);

/**
 * An account's state without its zeros, some two thirds of it: the head, a bit for each word of the rest
 * that is not zero, and these words. What is kept costs by the byte.
 */
export function packState(bytes: Uint8Array): Buffer {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + headBytes, wordCount);
  const packed = Buffer.alloc(headBytes + mapBytes + wordBytes * wordCount);
  packed.set(bytes.subarray(0, headBytes));
  let end = headBytes + mapBytes;
  for (let place = 0; place < wordCount; place += 1) {
    const word = words[place] as number;
    if (word === 0) continue;
    const at = headBytes + (place >> 3);
    packed[at] = (packed[at] as number) | (1 << (place & 7));
    end = packed.writeUInt32LE(word, end);
  }
  return packed.subarray(0, end);
}

/** The state that was packed; fails on what is not of this layout. */
export function unpackState(packed: Buffer): Uint8Array {
  const bytes = new Uint8Array(stateBytes);
  const words = new Uint32Array(bytes.buffer, headBytes, wordCount);
  bytes.set(packed.subarray(0, headBytes));
  let from = headBytes + mapBytes;
  for (let place = 0; place < wordCount; place += 1) {
    if (((packed[headBytes + (place >> 3)] as number) & (1 << (place & 7))) === 0) continue;
    words[place] = packed.readUInt32LE(from);
    from += wordBytes;
  }
  if (from !== packed.length || !isStateOfLayout(bytes))
    throw new Error('a packed state is not of this layout');
  return bytes;
}

/** Whether a packed state is of this layout, by its version. */
export function isPackedOfLayout(packed: Uint8Array): boolean {
  return packed[byteAt.version] === stateVersion;
}
