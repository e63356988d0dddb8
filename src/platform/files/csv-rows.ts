import type { Layout } from './header.ts';
import { lineCharactersMax, tooLong } from './read-pieces.ts';
import type { BadRow, LineReason, Row } from './row.ts';
import { valueClass } from './value-class.ts';

/** Turns whole lines of text into rows. */
export type LineParser = {
  /** The row of text[start, end); null when the line is blank. */
  row(text: string, start: number, end: number, line: number): Row | BadRow | null;
  /** Another text follows; the positions of the one before mean nothing there. */
  startText(): void;
  /** A line was lost: what follows cannot be compared with it. */
  forget(): void;
};

/** Why a line is refused: at which column of the file, and what stood there. */
type Fault = { readonly reason: LineReason; readonly place: number; readonly valueClass: string };

/**
 * Rows of CSV, one line each. In files of people the rows of one person share all but their last columns:
 * the text of the leading fields that the last two rows had in common is compared as a whole, and only what
 * follows it is split. The national directory (`|`) has no quoting: there a quote mark is a letter.
 */
export class CsvRows implements LineParser {
  readonly #layout: Layout;
  readonly #delimiter: string;
  readonly #isQuoting: boolean;
  /** The columns of the file are those asked for, in their order; optional ones may be absent at the end. */
  readonly #isIdentity: boolean;
  readonly #absent: number;
  /** The row before: its fields in the file's order, and where each ended, from the start of its line. */
  #fields: readonly string[] | null = null;
  #values: Row['values'] = [];
  readonly #ends: Int32Array;
  /** The text of the first #depth fields with the delimiter after them, expected again. */
  #prefix = '';
  #depth = 0;
  // The next delimiter, quote mark and NUL at or after a place already searched: no text is searched twice.
  #delimiterAt = -1;
  #quoteAt = -1;
  #nulAt = -1;

  constructor(layout: Layout, delimiter: string) {
    this.#layout = layout;
    this.#delimiter = delimiter;
    this.#isQuoting = delimiter !== '|';
    this.#ends = new Int32Array(layout.width);
    this.#isIdentity =
      layout.places.length >= layout.width &&
      layout.places.every((place, at) => place === (at < layout.width ? at : -1));
    this.#absent = layout.places.length - layout.width;
  }

  startText(): void {
    this.#delimiterAt = -1;
    this.#quoteAt = -1;
    this.#nulAt = -1;
  }

  forget(): void {
    this.#fields = null;
    this.#prefix = '';
    this.#depth = 0;
  }

  row(text: string, start: number, end: number, line: number): Row | BadRow | null {
    const before = this.#fields;
    const isShared = this.#depth > 0 && text.startsWith(this.#prefix, start);
    const from = isShared ? this.#depth : 0;
    const at = isShared ? start + this.#prefix.length : start;
    const fields = before === null ? [] : before.slice(0, from);
    const fault = this.#split(fields, { text, start, at, end });
    if (fault !== null) {
      this.forget();
      if (isBlank(text, start, end)) return null;
      const place = fault.place < 0 ? -1 : this.#layout.places.indexOf(fault.place);
      return {
        line,
        column: this.#layout.columns[place] ?? null,
        valueClass: fault.valueClass,
        reason: fault.reason,
      };
    }
    let shared = from;
    const width = this.#layout.width;
    if (before !== null) while (shared < width && fields[shared] === before[shared]) shared += 1;
    this.#expect(text, start, shared, isShared);
    return this.#project(fields, before, shared, line);
  }

  /** What this row shared with the one before is what the next one is expected to share. */
  #expect(text: string, start: number, shared: number, isShared: boolean): void {
    const depth = shared > 0 && shared < this.#layout.width ? shared : this.#depth;
    if (isShared && depth === this.#depth) return;
    this.#depth = depth;
    if (depth > 0) this.#prefix = text.slice(start, start + (this.#ends[depth - 1] ?? 0) + 1);
  }

  #project(fields: string[], before: readonly string[] | null, shared: number, line: number): Row {
    this.#fields = fields;
    if (this.#isIdentity) {
      const values: (string | undefined)[] = fields;
      for (let absent = 0; absent < this.#absent; absent += 1) values.push(undefined);
      return { line, values, same: shared };
    }
    const values = this.#layout.places.map((place) => fields[place]);
    let same = 0;
    if (before !== null) while (same < values.length && values[same] === this.#values[same]) same += 1;
    this.#values = values;
    return { line, values, same };
  }

  /** Adds the fields of text[at, end) to those that are known. */
  #split(fields: string[], span: { text: string; start: number; at: number; end: number }): Fault | null {
    const { text, start, end } = span;
    let { at } = span;
    if (end - start > lineCharactersMax) return { ...tooLong, place: -1 };
    if (this.#nulAt < at) this.#nulAt = next(text, '\u0000', at);
    if (this.#nulAt < end) return { reason: 'nul-byte', place: -1, valueClass: `text of ${end - start}` };
    const isQuoting = this.#isQuoting;
    if (isQuoting && this.#quoteAt < at) this.#quoteAt = next(text, '"', at);
    if (isQuoting && this.#quoteAt < end) return this.#splitQuoted(fields, span);
    const width = this.#layout.width;
    for (let place = fields.length; ; place += 1) {
      if (this.#delimiterAt < at) this.#delimiterAt = next(text, this.#delimiter, at);
      const isLast = this.#delimiterAt >= end;
      if (isLast !== (place === width - 1)) return this.#countColumns(text, start, end);
      const fieldEnd = isLast ? end : this.#delimiterAt;
      fields.push(text.slice(at, fieldEnd));
      this.#ends[place] = fieldEnd - start;
      if (isLast) return null;
      at = fieldEnd + 1;
    }
  }

  #countColumns(text: string, start: number, end: number): Fault {
    const count = text.slice(start, end).split(this.#delimiter).length;
    return { reason: 'columns', place: -1, valueClass: `${count} columns instead of ${this.#layout.width}` };
  }

  #splitQuoted(
    fields: string[],
    span: { text: string; start: number; at: number; end: number },
  ): Fault | null {
    // Cut out first: a search for a closing quote mark must not run over the lines that follow.
    const rest = span.text.slice(span.at, span.end);
    const offset = span.at - span.start;
    const width = this.#layout.width;
    for (let place = fields.length, at = 0; ; place += 1) {
      const field = readField(rest, at, this.#delimiter);
      if (field === null) return { reason: 'quote', place, valueClass: valueClass(rest.slice(at)) };
      fields.push(field.value);
      if (place < width) this.#ends[place] = offset + field.end;
      if (field.end >= rest.length) {
        if (place === width - 1) return null;
        return { reason: 'columns', place: -1, valueClass: `${place + 1} columns instead of ${width}` };
      }
      at = field.end + 1;
    }
  }
}

/** One field of a line, quoted or not, and where it ends; null when its quote marks make no sense. */
export function readField(
  line: string,
  at: number,
  delimiter: string,
): { readonly value: string; readonly end: number } | null {
  if (line[at] !== '"') {
    const found = line.indexOf(delimiter, at);
    const end = found === -1 ? line.length : found;
    return { value: line.slice(at, end), end };
  }
  for (let from = at + 1, isDoubled = false; ; ) {
    const quote = line.indexOf('"', from);
    if (quote === -1) return null;
    const end = quote + 1;
    if (line[end] === '"') {
      isDoubled = true;
      from = end + 1;
      continue;
    }
    if (end < line.length && line[end] !== delimiter) return null;
    const value = line.slice(at + 1, quote);
    return { value: isDoubled ? value.replaceAll('""', '"') : value, end };
  }
}

function next(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at === -1 ? Number.MAX_SAFE_INTEGER : at;
}

function isBlank(text: string, start: number, end: number): boolean {
  return end - start <= lineCharactersMax && text.slice(start, end).trim() === '';
}
