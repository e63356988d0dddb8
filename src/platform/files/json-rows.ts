import type { LineParser } from './csv-rows.ts';
import { type Layout, plainName } from './header.ts';
import { lineCharactersMax, tooLong } from './read-pieces.ts';
import type { BadRow, LineReason, Row } from './row.ts';
import { valueClass } from './value-class.ts';

type Fault = Omit<BadRow, 'line'> & { readonly reason: LineReason };

/** The object of a line, or null when it is not one. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Rows of NDJSON: each line is an object with the asked names; null is empty, unknown names are ignored. */
export class JsonRows implements LineParser {
  readonly #columns: readonly string[];
  readonly #requiredCount: number;
  /** From the names as they are written to the asked columns; -1 for the others. */
  readonly #places = new Map<string, number>();
  readonly #plain: readonly string[];
  #before: Row['values'] | null = null;

  constructor(layout: Pick<Layout, 'columns'>, requiredCount: number) {
    this.#columns = layout.columns;
    this.#plain = layout.columns.map(plainName);
    this.#requiredCount = requiredCount;
  }

  startText(): void {}

  forget(): void {
    this.#before = null;
  }

  row(text: string, start: number, end: number, line: number): Row | BadRow | null {
    if (end - start > lineCharactersMax) return this.#refuse(line, { ...tooLong, column: null });
    const written = text.slice(start, end);
    const found = parseObject(written);
    if (found === null) {
      if (written.trim() === '') return null;
      const reason = written.includes('\u0000') ? 'nul-byte' : 'not-json';
      return this.#refuse(line, { reason, column: null, valueClass: valueClass(written) });
    }
    const values = this.#values(found);
    if (!Array.isArray(values)) return this.#refuse(line, values as Fault);
    const before = this.#before;
    let same = 0;
    if (before !== null) while (same < values.length && values[same] === before[same]) same += 1;
    this.#before = values;
    return { line, values, same };
  }

  #refuse(line: number, fault: Fault): BadRow {
    this.forget();
    return { line, ...fault };
  }

  #values(found: Readonly<Record<string, unknown>>): (string | undefined)[] | Fault {
    const values: (string | undefined)[] = this.#columns.map(() => undefined);
    for (const name of Object.keys(found)) {
      const place = this.#placeOf(name);
      if (place === -1) continue;
      const column = this.#columns[place] ?? null;
      if (values[place] !== undefined) return { reason: 'json-twice', column, valueClass: 'two values' };
      const read = readValue(found[name]);
      if (typeof read !== 'string') return { ...read, column };
      values[place] = read;
    }
    for (let place = 0; place < this.#requiredCount; place += 1) {
      if (values[place] !== undefined) continue;
      const column = this.#columns[place] ?? null;
      return { reason: 'json-missing', column, valueClass: 'absent' };
    }
    return values;
  }

  #placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.#plain.indexOf(plainName(name));
    // Names of a hostile file may differ on every line: only so many are worth keeping.
    if (this.#places.size < 1000) this.#places.set(name, place);
    return place;
  }
}

function readValue(value: unknown): string | Pick<Fault, 'reason' | 'valueClass'> {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) return { reason: 'nul-byte', valueClass: valueClass(value) };
    // Half of a character, escaped: it could not be stored as it stands.
    if (/\p{Surrogate}/u.test(value)) return { reason: 'encoding', valueClass: valueClass(value) };
    return value;
  }
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value !== 'number') {
    return { reason: 'json-value', valueClass: Array.isArray(value) ? 'list' : 'object' };
  }
  const isExact = Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  return isExact ? String(value) : { reason: 'json-number', valueClass: 'number' };
}
