import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowCounter } from './row-counter.ts';

test('rows are counted whatever the pieces they come in', () => {
  const rows = fc.array(fc.array(fc.option(fc.uint8Array({ maxLength: 20 })), { maxLength: 4 }));
  fc.assert(
    fc.property(rows, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (given, sizes) => {
      const bytes = copyOf(given);
      const counter = new RowCounter();
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        expect(counter.isWhole).toBe(false);
        counter.add(bytes.subarray(at, at + size));
        at += size;
      }
      expect([counter.rows, counter.isWhole]).toEqual([given.length, true]);
    }),
  );
});

test('rows that are cut off are not whole', () => {
  const counter = new RowCounter();
  counter.add(copyOf([[Buffer.from('abc')]]).subarray(0, -3));
  expect(counter.isWhole).toBe(false);
});

/** PostgreSQL's binary COPY format: https://www.postgresql.org/docs/current/sql-copy.html */
function copyOf(rows: readonly (readonly (Uint8Array | null)[])[]): Buffer {
  const parts = [Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')];
  const number = (value: number, bytes: 2 | 4) => {
    const written = Buffer.alloc(bytes);
    written.writeIntBE(value, 0, bytes);
    parts.push(written);
  };
  for (const row of rows) {
    number(row.length, 2);
    for (const field of row) {
      number(field === null ? -1 : field.length, 4);
      if (field !== null) parts.push(Buffer.from(field));
    }
  }
  number(-1, 2);
  return Buffer.concat(parts);
}
