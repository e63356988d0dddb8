import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text found where it should not be. */
export type Found = { readonly text: string; readonly path: string };

/** Every plain file under a folder. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Which of many texts, four bytes long or more, are among the bytes of a folder's files. */
export function findInFiles(folder: string, texts: readonly string[]): Found[] {
  const find = searcherOf(texts);
  return filesUnder(folder).flatMap((path) => find(readFileSync(path)).map((text) => ({ text, path })));
}

/** One pass over the bytes for all texts: thousands of searches of a hundred megabytes would take minutes. */
export function searcherOf(texts: readonly string[]): (bytes: Buffer) => string[] {
  const wanted = [...new Set(texts)].map((text) => ({ text, bytes: Buffer.from(text) }));
  if (wanted.some(({ bytes }) => bytes.length < 4))
    throw new Error('a text is too short to be told from chance');
  const byStart = new Map<number, typeof wanted>();
  const mayStart = new Uint8Array(65_536);
  for (const one of wanted) {
    const start = one.bytes.readUInt32BE(0);
    byStart.set(start, [...(byStart.get(start) ?? []), one]);
    mayStart[start >>> 16] = 1;
  }
  return (bytes) => {
    const found = new Set<string>();
    let last = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      last = ((last << 8) | (bytes[at] ?? 0)) >>> 0;
      if (at < 3 || mayStart[last >>> 16] === 0) continue;
      for (const one of byStart.get(last) ?? []) {
        if (bytes.subarray(at - 3, at - 3 + one.bytes.length).equals(one.bytes)) found.add(one.text);
      }
    }
    return [...found];
  };
}
