import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { openPieces, pieceBytes, sealInto } from './sealed-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-sealed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = randomBytes(32);
const path = join(folder, 'file');
const sealedPiece = pieceBytes + 16;

async function seal(plain: Buffer, partBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let at = 0; at < plain.length; at += partBytes) parts.push(plain.subarray(at, at + partBytes));
  const file = await open(path, 'w');
  await sealInto(file, key, Readable.from(parts)).finally(() => file.close());
  return readFileSync(path);
}

async function unseal(sealed: Buffer, under = key): Promise<Buffer> {
  writeFileSync(path, sealed);
  const file = await open(path, 'r');
  const parts: Buffer[] = [];
  try {
    for await (const part of openPieces(file, under)) parts.push(Buffer.from(part));
  } finally {
    await file.close();
  }
  return Buffer.concat(parts);
}

test.each([0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes, 1_000_003])(
  '%i bytes come back as they were, however they arrived',
  async (size) => {
    const plain = randomBytes(size);
    for (const partBytes of [1_000, pieceBytes, 300_000]) {
      const sealed = await seal(plain, partBytes);
      expect(sealed.length).toBe(size + 16 * Math.max(1, Math.ceil(size / pieceBytes)));
      expect((await unseal(sealed)).equals(plain)).toBe(true);
    }
  },
);

test('what was cut short, changed, moved, lengthened or sealed otherwise does not open', async () => {
  const sealed = await seal(randomBytes(3 * pieceBytes + 10), 100_000);
  const changed = Buffer.from(sealed);
  changed[sealedPiece + 5] = (changed[sealedPiece + 5] ?? 0) ^ 1;
  const piece = (place: number) => sealed.subarray(place * sealedPiece, (place + 1) * sealedPiece);
  const spoiled = {
    'a byte less': sealed.subarray(0, -1),
    'a piece less': sealed.subarray(0, 3 * sealedPiece),
    'a changed bit': changed,
    'two pieces the other way round': Buffer.concat([piece(1), piece(0), piece(2), piece(3)]),
    'a piece twice': Buffer.concat([piece(0), piece(0), piece(1), piece(2), piece(3)]),
    'more behind it': Buffer.concat([sealed, Buffer.alloc(40)]),
  };
  for (const [what, bytes] of Object.entries(spoiled)) {
    await expect(unseal(bytes), what).rejects.toThrow();
  }
  await expect(unseal(sealed, randomBytes(32))).rejects.toThrow();
});

test('pieces that are alike are not alike once sealed', async () => {
  const plain = Buffer.alloc(2 * pieceBytes, 'a');
  const sealed = await seal(plain, 100_000);
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  expect(digest(sealed.subarray(0, pieceBytes))).not.toBe(
    digest(sealed.subarray(sealedPiece, sealedPiece + pieceBytes)),
  );
});
