import { decodeBlock, detectEncoding, type Piece } from './encoding.ts';
import { FileProblem } from './file-problem.ts';
import type { ByteSource } from './read-bytes.ts';
import type { FileFormat } from './row.ts';

/** What is learnt about the text while it is read. */
export type TextState = { encoding: FileFormat['encoding'] | null; bom: boolean };

// Blocks are cut at the same places of the bytes however these arrive: the same file gives the same rows.
// Four times the longest line: a line that is longer than a block is too long in any encoding.
const blockBytes = 262_144;
const newline = 0x0a;
/** A longer line is one bad line, skipped without being kept. */
export const lineCharactersMax = 65_536;
/** What stands in the place of such a line. */
export const tooLong = { reason: 'line-too-long', valueClass: `text of over ${lineCharactersMax}` } as const;
const zip = Buffer.from('PK\u0003\u0004', 'latin1');

/** The text of the bytes, many whole lines at a time, in constant memory. */
export async function* readPieces(source: ByteSource, state: TextState): AsyncGenerator<Piece> {
  const block = Buffer.allocUnsafe(blockBytes);
  let [held, isSkipping, isFirst] = [0, false, true];
  const pieces = (end: number) => {
    const bytes = isFirst ? startOf(block.subarray(0, end), source.name, state) : block.subarray(0, end);
    isFirst = false;
    state.encoding ??= detectEncoding(bytes);
    return decodeBlock(bytes, state.encoding ?? 'utf-8');
  };
  for await (const chunk of source.chunks()) {
    for (let from = 0; from < chunk.length; ) {
      if (isSkipping) {
        const at = chunk.indexOf(newline, from);
        if (at === -1) break;
        from = at + 1;
        isSkipping = false;
        yield tooLong;
        continue;
      }
      const copied = chunk.copy(block, held, from);
      held += copied;
      from += copied;
      if (held < blockBytes) continue;
      const end = block.lastIndexOf(newline) + 1;
      if (end > 0) yield* pieces(end);
      else if (isFirst) yield* pieces(held);
      else isSkipping = true;
      block.copyWithin(0, end, held);
      held = end > 0 ? held - end : 0;
    }
  }
  const problem = source.problem();
  // The last line may be half a line when the bytes stopped early.
  if (problem !== null) held = block.subarray(0, held).lastIndexOf(newline) + 1;
  else if (isSkipping) yield tooLong;
  if (held > 0) yield* pieces(held);
  if (problem !== null) throw problem;
}

/** Strips the byte order mark, and refuses what is plainly not text. */
function startOf(bytes: Buffer, name: string, state: TextState): Buffer {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new FileProblem(`${name}: the text is UTF-16; save it as UTF-8 (“CSV UTF-8” in a spreadsheet).`);
  }
  if (bytes.subarray(0, 4).equals(zip)) {
    throw new FileProblem(`${name}: it is a workbook or a zip archive; save it as CSV, or unzip it first.`);
  }
  const end = bytes.indexOf(newline);
  const firstLine = bytes.subarray(0, end === -1 ? bytes.length : end);
  if (firstLine.length > lineCharactersMax) {
    throw new FileProblem(`${name}: the first line has no end; it is not a CSV or NDJSON file.`);
  }
  if (firstLine.includes(0)) {
    throw new FileProblem(`${name}: it is not text; give a CSV or NDJSON file, gzipped or not.`);
  }
  state.bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (state.bom) state.encoding = 'utf-8';
  return state.bom ? bytes.subarray(3) : bytes;
}
