import type { Readable } from 'node:stream';
import { assert } from '../errors.ts';
import { CsvRows, type LineParser, readField } from './csv-rows.ts';
import type { Piece } from './encoding.ts';
import { FileProblem } from './file-problem.ts';
import { type Asked, countKnown, type Layout, layoutOf } from './header.ts';
import { JsonRows, parseObject } from './json-rows.ts';
import { type ByteSource, openBytes } from './read-bytes.ts';
import { lineCharactersMax, readPieces, type TextState } from './read-pieces.ts';
import type { BadRow, FileFormat, Row } from './row.ts';

/** A file whose header was read and understood. */
export type RowFile = {
  /** The asked columns: required, then optional. */
  readonly columns: readonly string[];
  /** Columns of the file that nobody asked for; nothing of them is read. */
  readonly ignored: readonly string[];
  /** Final once the file is read. */
  format(): FileFormat;
  /** Of the file as it stands, compressed if it is. */
  bytesRead(): number;
  readonly bytesTotal: number | null;
  /** Good and bad rows in the order of the file, an array at a time, in constant memory; to be read once. */
  batches(): AsyncGenerator<readonly (Row | BadRow)[]>;
};

type Shape = Pick<FileFormat, 'kind' | 'delimiter'> & {
  readonly layout: Layout;
  readonly parser: LineParser;
};
/** The first text with something in it, and the line and place where that stands. */
type Opening = { readonly text: string; readonly start: number; readonly line: number };

const usualDelimiters = [';', ',', '\t'];
const batchRows = 1024;

/**
 * Opens a file of rows (CSV or NDJSON, gzipped or not; `-` is standard input) and reads its header. Throws
 * a FileProblem that says what to do when a required column is missing or the file is not text at all.
 */
export async function openRows(source: string | Readable, asked: Asked): Promise<RowFile> {
  const bytes = await openBytes(source);
  const text: TextState = { encoding: null, bom: false };
  const pieces = readPieces(bytes, text);
  try {
    const opening = await readOpening(pieces, bytes.name);
    const { shape, rest } = shapeOf(opening, asked, bytes.name);
    let isTaken = false;
    return {
      columns: shape.layout.columns,
      ignored: shape.layout.ignored,
      format: () => ({
        kind: shape.kind,
        delimiter: shape.delimiter,
        encoding: text.encoding ?? 'utf-8',
        bom: text.bom,
        gzip: bytes.gzip(),
      }),
      bytesRead: bytes.bytesRead,
      bytesTotal: bytes.bytesTotal,
      batches: () => {
        assert(!isTaken, 'the rows of a file are read once');
        isTaken = true;
        return readBatches(rest, pieces, shape.parser, bytes);
      },
    };
  } catch (error) {
    bytes.close();
    throw error;
  }
}

async function readOpening(pieces: AsyncGenerator<Piece>, name: string): Promise<Opening> {
  let line = 1;
  for (;;) {
    const { done, value } = await pieces.next();
    if (done) throw new FileProblem(`${name}: the file is empty; it must begin with a header.`);
    if (typeof value !== 'string') {
      throw new FileProblem(`${name}: the first line is not text; save the file as UTF-8 and try again.`);
    }
    const start = value.search(/\S/);
    if (start !== -1) {
      const lineStart = value.lastIndexOf('\n', start) + 1;
      return { text: value, start: lineStart, line: line + countLines(value.slice(0, lineStart)) };
    }
    line += countLines(value);
  }
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

/** What the first line says of the file, and where its rows start. */
function shapeOf(opening: Opening, asked: Asked, name: string): { shape: Shape; rest: Opening } {
  const { text, start, line } = opening;
  const found = text.indexOf('\n', start);
  const end = found === -1 ? text.length : found;
  const header = text.slice(start, end).replace(/\r$/, '');
  const sign = header.trim()[0];
  if (sign === '{') return { shape: jsonShape(text.slice(start), asked, name), rest: opening };
  if (sign === '[') {
    throw new FileProblem(`${name}: it is one JSON list; write one object per line (jq -c '.[]' does).`);
  }
  if (header.includes('\r')) {
    throw new FileProblem(`${name}: its lines end with CR alone; save it with LF or CRLF line breaks.`);
  }
  const shape = csvShape(header, asked, name);
  return { shape, rest: { text, start: found === -1 ? end : end + 1, line: line + 1 } };
}

function csvShape(header: string, asked: Asked, name: string): Shape {
  const delimiters = asked.delimiters ?? usualDelimiters;
  const read = delimiters.map((delimiter) => ({ delimiter, names: splitHeader(header, delimiter) }));
  const count = (names: readonly string[]) => countKnown(names, asked) * 10_000 + names.length;
  const best = read.reduce((one, other) => (count(other.names) > count(one.names) ? other : one));
  const layout = layoutOf(best.names, asked, name);
  const delimiter = best.delimiter as FileFormat['delimiter'];
  return { kind: 'csv', delimiter, layout, parser: new CsvRows(layout, best.delimiter) };
}

function splitHeader(header: string, delimiter: string): string[] {
  if (delimiter === '|') return header.split(delimiter);
  const names: string[] = [];
  for (let at = 0; ; ) {
    const field = readField(header, at, delimiter);
    // With another delimiter the quote marks may make sense; if with none, no name is recognised.
    if (field === null) return header.split(delimiter);
    names.push(field.value);
    if (field.end >= header.length) return names;
    at = field.end + 1;
  }
}

/** The first object that can be read stands for the header: a bad first line is a bad line like another. */
function jsonShape(text: string, asked: Asked, name: string): Shape {
  const first = firstObject(text);
  if (first === null) {
    throw new FileProblem(`${name}: no line is a JSON object; write one object per line, or CSV.`);
  }
  const layout = layoutOf(Object.keys(first), asked, name);
  return { kind: 'ndjson', delimiter: null, layout, parser: new JsonRows(layout, asked.required.length) };
}

function firstObject(text: string): Readonly<Record<string, unknown>> | null {
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found;
    const object = end - at > lineCharactersMax ? null : parseObject(text.slice(at, end));
    if (object !== null) return object;
    at = end + 1;
  }
  return null;
}

async function* readBatches(
  opening: Opening,
  pieces: AsyncGenerator<Piece>,
  parser: LineParser,
  bytes: ByteSource,
): AsyncGenerator<readonly (Row | BadRow)[]> {
  const state = { line: opening.line, parser };
  try {
    yield* rowsOf(opening.text, opening.start, state);
    for await (const piece of pieces) {
      if (typeof piece === 'string') yield* rowsOf(piece, 0, state);
      else {
        parser.forget();
        yield [{ line: state.line, column: null, ...piece }];
        state.line += 1;
      }
    }
  } catch (error) {
    // The rows before it went out: how far that was is what whoever repairs the file needs to know.
    const before = `${state.line - 1} lines were read before that`;
    if (!(error instanceof FileProblem)) throw error;
    throw new FileProblem(`${error.message} (${before})`, { cause: error });
  } finally {
    bytes.close();
  }
}

function* rowsOf(
  text: string,
  from: number,
  state: { line: number; readonly parser: LineParser },
): Generator<readonly (Row | BadRow)[]> {
  const { parser } = state;
  let batch: (Row | BadRow)[] = [];
  parser.startText();
  for (let start = from; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const next = found === -1 ? text.length : found + 1;
    let end = found === -1 ? text.length : found;
    if (end > start && text.charCodeAt(end - 1) === 13) end -= 1;
    const row = end > start ? parser.row(text, start, end, state.line) : null;
    if (row !== null) batch.push(row);
    state.line += 1;
    start = next;
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
