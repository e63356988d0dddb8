import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BadRow, csvLine, FileProblem, isBadRow, openRows, type Row } from './index.ts';

const asked = { required: ['nir', 'name'], optional: ['day'], delimiters: [';', ',', '\t', '|'] };

/** Everything there is to know of what was read: rows, format, and the problem that ended it if any. */
async function readAll(chunks: readonly Buffer[]) {
  const rows: (Row | BadRow)[] = [];
  try {
    const file = await openRows(Readable.from(chunks), asked);
    for await (const batch of file.batches()) rows.push(...batch);
    return { rows, format: file.format(), ignored: file.ignored, problem: null };
  } catch (error) {
    // Anything else is a crash.
    if (!(error instanceof FileProblem)) throw error;
    return { rows, format: null, ignored: null, problem: error.message };
  }
}

/** The same bytes, cut at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

const headers = ['nir;name;day\n', 'name,day,x,nir\r\n', '\uFEFFday\tNIR\tname\n', 'name|nir|\n', ''];
const fragments = [
  ...['\n', '\r\n', '\r', ';', ',', '|', '\t', '"', '""', '";"', '\u0000', ' ', '1;a;b\n', '1;a;c\n'],
  ...['1,a,b,c\n', '"1";"a";"b"\n', '1;"a;b\n', 'Zoé', '€', '😀', '{"nir":1,"name":"x"}\n', '{"nir":', '[{'],
].map((text) => Buffer.from(text));
const oddBytes = [[0xe9], [0xff, 0xfe], [0x1f, 0x8b], [0x81], [0xef, 0xbb, 0xbf], [0xed, 0xa0, 0x80]];
const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...fragments) },
  { weight: 1, arbitrary: fc.constantFrom(...oddBytes.map((bytes) => Buffer.from(bytes))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)) },
);
/** Bytes that look like a file of rows often enough to get past the header. */
const files = fc
  .tuple(fc.constantFrom(...headers), fc.array(pieces, { maxLength: 60 }))
  .map(([header, parts]) => Buffer.concat([Buffer.from(header), ...parts]));

test('arbitrary bytes never crash nor hang the reader, and every line is told once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (bytes) => {
      const { rows, format } = await readAll([bytes]);
      const lines = rows.map(({ line }) => line);
      const count = bytes.toString('latin1').split('\n').length;
      expect(lines.every((line, at) => line > (lines[at - 1] ?? 0) && line <= count)).toBe(true);
      const good = rows.filter((row): row is Row => !isBadRow(row));
      expect(good.every(({ values }) => values.length === 3)).toBe(true);
      const hasBreak = ({ values }: Row) => values.some((value) => value?.includes('\n'));
      expect(format?.kind !== 'ndjson' && good.some(hasBreak)).toBe(false);
    }),
    { numRuns: 700 },
  );
}, 30_000);

test('same is what a comparison with the row before gives, whatever the order of the columns', async () => {
  const value = fc.constantFrom('', 'a', 'b', '"q""r"', '"a"');
  const rows = fc.array(fc.array(value, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 30 });
  const header = fc.shuffledSubarray(['nir', 'name', 'day', 'x'], { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(header, rows, async (names, cells) => {
      const text = [names, ...cells].map((row) => `${row.join(';')}\n`).join('');
      const read = await readAll([Buffer.from(text)]);
      let before: Row | null = null;
      // A row whose fields are all empty but for the delimiters is a row like another.
      expect(read.rows.length).toBe(cells.length);
      for (const row of read.rows) {
        if (isBadRow(row)) throw new Error('every row is good');
        const previous: Row | null = before;
        const differs = row.values.findIndex((text, at) => text !== previous?.values[at]);
        expect(row.same).toBe(previous === null ? 0 : differs === -1 ? 3 : differs);
        before = row;
      }
    }),
    { numRuns: 200 },
  );
}, 30_000);

test('the same bytes in other chunks, or gzipped, give the same rows', async () => {
  const places = fc.array(fc.nat(), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(files, places, async (bytes, cuts) => {
      // Where damaged gzip is noticed does depend on how it arrives.
      if (bytes[0] === 0x1f) return;
      const whole = await readAll([bytes]);
      expect(await readAll(cut(bytes, cuts))).toEqual(whole);
      const packed = await readAll(cut(gzipSync(bytes), cuts));
      expect(packed.rows).toEqual(whole.rows);
      expect(packed.problem).toEqual(whole.problem);
    }),
    { numRuns: 300 },
  );
}, 30_000);

test('large files too, whose blocks are cut inside lines, characters and quotes', async () => {
  const lines = Array.from({ length: 20_000 }, (_, line) => {
    if (line % 997 === 0) return `${line};"open;x\n`;
    if (line % 4001 === 0) return `${line};${'long é '.repeat((line % 12_000) * 4)};x\n`;
    return `${Math.floor(line / 8)};"é;€ 😀";${'é'.repeat(line % 40)}\r\n`;
  });
  const bytes = Buffer.from(`nir;name;day\n${lines.join('')}`);
  const whole = await readAll([bytes]);
  expect(whole.rows.length).toBe(20_000);
  expect(whole.rows.filter(isBadRow).length).toBeGreaterThan(21);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 30 }), async (cuts) => {
      const other = await readAll(cut(bytes, cuts));
      expect(other.problem).toBe(null);
      expect(JSON.stringify(other.rows) === JSON.stringify(whole.rows)).toBe(true);
    }),
    { numRuns: 5 },
  );
}, 30_000);

test('damaged gzip never crashes nor hangs', async () => {
  const packed = gzipSync(`nir;name\n${'1;Zoé\n2;"x\n'.repeat(3000)}`);
  await fc.assert(
    fc.asyncProperty(fc.nat(packed.length - 1), fc.uint8Array({ maxLength: 8 }), async (at, noise) => {
      const bytes = Buffer.from(packed);
      bytes.set(noise.subarray(0, bytes.length - at), at);
      await readAll([bytes]);
      const { problem } = await readAll([packed.subarray(0, Math.max(at, 2))]);
      expect(problem).not.toBe(null);
    }),
    { numRuns: 100 },
  );
}, 30_000);

test('what csvLine writes is read back, but for line breaks and neutralised formulas', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'";,\t=\n a|') }),
  );
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(';', ',', '\t'), async (cells, delimiter) => {
      const lines = [
        ['nir', 'name', 'day'],
        ...cells.map((row) => row.map((text) => Buffer.from(text).toString())),
      ];
      const bytes = Buffer.from(lines.map((row) => `${csvLine(row, delimiter)}\n`).join(''));
      const read = await readAll([bytes]);
      const values = read.rows.map((row) => (isBadRow(row) ? row : row.values));
      const isFormula = /^([\t\r\n]|\s*[=+\-@＝＋－＠])/;
      const expected = cells.map((row) =>
        row.map((text) => {
          const safe = isFormula.test(text) ? `'${text}` : text;
          return Buffer.from(safe)
            .toString()
            .replace(/[\r\n\0]+/g, ' ');
        }),
      );
      expect(values).toEqual(expected);
    }),
    { numRuns: 300 },
  );
}, 30_000);
