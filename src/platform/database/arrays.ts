import { assert } from '../errors.ts';

/**
 * Arrays travel as PostgreSQL text literals (`${intArray(ids)}::text::int[]`), one parameter for a whole
 * batch: measured faster than the driver's arrays, and the driver then needs no type query.
 */
type Nullable<T> = readonly (T | null)[];

/** A literal for int[], bigint[] or smallint[]. */
export function intArray(values: Nullable<number | bigint>): string {
  return literal(values, String);
}

/** A literal for bytea[]. */
export function byteaArray(values: Nullable<Uint8Array>): string {
  return literal(values, (bytes) => `"\\\\x${asBuffer(bytes).toString('hex')}"`);
}

/** A literal for uuid[]. */
export function uuidArray(values: Nullable<string>): string {
  return literal(values, (uuid) => uuid);
}

/** A literal for boolean[]. */
export function boolArray(values: Nullable<boolean>): string {
  return literal(values, (value) => (value ? 't' : 'f'));
}

/** A literal for text[], any text. */
export function textArray(values: Nullable<string>): string {
  return literal(values, (text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`);
}

/** The numbers of an int[] read as text; a null element fails, since nothing asked for one. */
export function splitInts(text: string | null): number[] {
  return split(text).map(wholeNumber);
}

/** The bigints of a bigint[] read as text. */
export function splitBigints(text: string | null): bigint[] {
  return split(text).map(BigInt);
}

/** The numbers of an int[] read as text, where elements may be null. */
export function splitNullableInts(text: string | null): (number | null)[] {
  return split(text).map((item) => (item === 'NULL' ? null : Number(item)));
}

/** The bigints of a bigint[] read as text, where elements may be null. */
export function splitNullableBigints(text: string | null): (bigint | null)[] {
  return split(text).map((item) => (item === 'NULL' ? null : BigInt(item)));
}

/** The booleans of a boolean[] read as text. */
export function splitBools(text: string | null): boolean[] {
  return split(text).map((item) => item === 't');
}

function wholeNumber(item: string): number {
  const value = Number(item);
  assert(!Number.isNaN(value), 'an array of numbers holds only numbers');
  return value;
}

function literal<T>(values: Nullable<T>, write: (value: T) => string): string {
  return `{${values.map((value) => (value === null ? 'NULL' : write(value))).join(',')}}`;
}

function split(text: string | null): string[] {
  return text === null || text === '{}' ? [] : text.slice(1, -1).split(',');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
