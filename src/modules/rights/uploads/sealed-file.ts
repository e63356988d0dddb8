import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** How much of a file is sealed at a time; each piece is read and checked alone. */
export const pieceBytes = 64 * 1024;
const tagBytes = 16;
const about = Buffer.from('vigie upload 1');

/**
 * Seals what comes, piece by piece, into an open file: AES-256-GCM under a key that serves for this one file,
 * the nonce being the piece's place. The last piece is marked: a file that was cut short does not open.
 */
export async function sealInto(file: FileHandle, key: Buffer, source: AsyncIterable<Buffer>): Promise<void> {
  let piece = Buffer.allocUnsafe(pieceBytes);
  let filled = 0;
  let place = 0;
  for await (const part of source) {
    for (let from = 0; from < part.length; ) {
      if (filled === pieceBytes) {
        await file.writeFile(sealPiece(key, piece, nonceOf(place, false)));
        place += 1;
        filled = 0;
      }
      const taken = part.copy(piece, filled, from);
      filled += taken;
      from += taken;
    }
  }
  piece = piece.subarray(0, filled);
  await file.writeFile(sealPiece(key, piece, nonceOf(place, true)));
}

/** Opens a sealed file piece by piece; a changed, moved or missing byte throws before its piece is given. */
export async function* openPieces(file: FileHandle, key: Buffer): AsyncGenerator<Buffer> {
  const { size } = await file.stat();
  const sealed = Buffer.allocUnsafe(pieceBytes + tagBytes);
  for (let at = 0, place = 0; at < size; place += 1) {
    const wanted = Math.min(sealed.length, size - at);
    const { bytesRead } = await file.read(sealed, 0, wanted, at);
    if (bytesRead !== wanted || wanted < tagBytes) throw new Error('a sealed file was cut short');
    at += wanted;
    yield openPiece(key, sealed.subarray(0, wanted), nonceOf(place, at === size));
  }
}

function sealPiece(key: Buffer, plain: Buffer, nonce: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(about);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openPiece(key: Buffer, sealed: Buffer, nonce: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(about);
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  decipher.final();
  return plain;
}

/** Never the same twice under one key: the piece's place, and whether it is the last. */
function nonceOf(place: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce[0] = isLast ? 1 : 0;
  nonce.writeBigUInt64BE(BigInt(place), 4);
  return nonce;
}
