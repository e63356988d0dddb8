/** What the reader found out about a file; final once the file is read to its end. */
export type FileFormat = {
  readonly kind: 'csv' | 'ndjson';
  readonly delimiter: ';' | ',' | '\t' | '|' | null;
  readonly encoding: 'utf-8' | 'windows-1252';
  readonly bom: boolean;
  readonly gzip: boolean;
};

/** A good line. The values are slices of a block of the file: keep a copy of what must outlive the batch. */
export type Row = {
  /** 1-based line of the file. */
  readonly line: number;
  /** One text per asked column; undefined where the line lacks it, which does not say that it is empty. */
  readonly values: readonly (string | undefined)[];
  /** How many leading values are textually equal to those of the row before; 0 when unknown. */
  readonly same: number;
};

/** A line that cannot be used. It never holds the text that stood there, only its class. */
export type BadRow = {
  readonly line: number;
  /** The asked column, or null when the whole line is bad. */
  readonly column: string | null;
  readonly valueClass: string;
  readonly reason: string;
};

/** Why the reader itself refuses a line, and what that means for who mends the file. */
export const lineReasons = {
  encoding: 'The line holds bytes that are not text in the encoding of the file.',
  'line-too-long': 'The line is longer than 65,536 characters; a line break is missing.',
  'nul-byte': 'The line holds a NUL byte, which no text holds; that part of the file is damaged.',
  quote: 'A quote mark is opened and not closed on this line, or text follows the closing one.',
  columns: 'The line has more or fewer columns than the header.',
  'not-json': 'The line is not one JSON object.',
  'json-value': 'The value is a list or an object; only texts, numbers, booleans and null are read.',
  'json-number': 'The number is too large to be read exactly; write it as a text, between quote marks.',
  'json-missing': 'The object lacks this name; an empty value is written null.',
  'json-twice': 'The object has this name twice.',
} as const;

/** The code of one of the reader's own reasons. */
export type LineReason = keyof typeof lineReasons;

/** Tells the lines to report from the lines to use. */
export function isBadRow(row: Row | BadRow): row is BadRow {
  return 'reason' in row;
}
