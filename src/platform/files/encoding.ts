import { isAscii, isUtf8 } from 'node:buffer';
import type { FileFormat } from './row.ts';

/** A whole number of lines as text, or one line that cannot be text. */
export type Piece = string | { readonly reason: 'encoding' | 'line-too-long'; readonly valueClass: string };

type Encoding = FileFormat['encoding'];
const newline = 0x0a;

/** What the bytes 0x80 to 0x9F mean in Windows-1252; U+FFFD where they mean nothing. */
const windowsHigh =
  '\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD' +
  '\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178';
const high = /[\u0080-\u009F]/g;
const meaningless = /[\u0081\u008D\u008F\u0090\u009D]/;

/**
 * The encoding that the lines of this block speak for; null when it is all ASCII, which speaks for none.
 * UTF-8, unless most of the lines that are not ASCII are not valid UTF-8: one damaged line changes nothing.
 */
export function detectEncoding(block: Buffer): Encoding | null {
  if (isAscii(block)) return null;
  if (isUtf8(block)) return 'utf-8';
  let [valid, invalid] = [0, 0];
  for (const line of linesOf(block)) {
    if (isAscii(line)) continue;
    if (isUtf8(line)) valid += 1;
    else invalid += 1;
  }
  return invalid > valid ? 'windows-1252' : 'utf-8';
}

/** The text of a block of whole lines; a line that is not text in this encoding stands apart. */
export function* decodeBlock(block: Buffer, encoding: Encoding): Generator<Piece> {
  // Bytes of ASCII are the same in both, and latin1 is the cheapest way to a string.
  if (isAscii(block)) yield block.toString('latin1');
  else if (isText(block, encoding)) yield decode(block, encoding);
  else yield* decodeByLine(block, encoding);
}

function* decodeByLine(block: Buffer, encoding: Encoding): Generator<Piece> {
  let [goodFrom, at] = [0, 0];
  for (const line of linesOf(block)) {
    const next = at + line.length;
    if (!isText(line, encoding)) {
      if (at > goodFrom) yield decode(block.subarray(goodFrom, at), encoding);
      yield { reason: 'encoding', valueClass: `${line.length} bytes` };
      goodFrom = next;
    }
    at = next;
  }
  if (at > goodFrom) yield decode(block.subarray(goodFrom, at), encoding);
}

function isText(bytes: Buffer, encoding: Encoding): boolean {
  return encoding === 'utf-8' ? isUtf8(bytes) : !meaningless.test(bytes.toString('latin1'));
}

function decode(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'utf-8') return bytes.toString('utf8');
  return bytes.toString('latin1').replace(high, (byte) => windowsHigh.charAt(byte.charCodeAt(0) - 0x80));
}

/** Each line with its line break. */
function* linesOf(block: Buffer): Generator<Buffer> {
  for (let from = 0; from < block.length; ) {
    const at = block.indexOf(newline, from);
    const next = at === -1 ? block.length : at + 1;
    yield block.subarray(from, next);
    from = next;
  }
}
