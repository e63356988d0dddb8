import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type BadRow, isBadRow, openRows, type Row } from './index.ts';

const megabyte = 1_000_000;
const header = 'nir;name;day\n';

/** Pieces of so many bytes in all, made as they are asked for; one of them may be another. */
function* pieces(piece: Buffer, bytes: number, odd?: Buffer): Generator<Buffer> {
  yield Buffer.from(header);
  const count = Math.ceil(bytes / piece.length);
  for (let at = 0; at < count; at += 1) {
    yield piece;
    if (odd !== undefined && at === Math.floor(count / 2)) yield odd;
  }
}

/** Reads to the end and keeps nothing but the counts, the bad rows, and the most memory that was used. */
async function count(source: Iterable<Buffer>) {
  const file = await openRows(Readable.from(source), { required: ['nir', 'name', 'day'] });
  const bad: BadRow[] = [];
  const used = () => process.memoryUsage().rss;
  let [good, first, most] = [0, used(), 0];
  let last: Row | null = null;
  for await (const batch of file.batches()) {
    for (const row of batch) {
      if (!isBadRow(row)) [good, last] = [good + 1, row];
      else if (bad.length < 10) bad.push(row);
    }
    most = Math.max(most, used());
    // What the first fifth takes is the engine warming up.
    if (file.bytesRead() < 10 * megabyte) first = most;
  }
  return { good, bad, last, grown: most - first };
}

test('150 megabytes with one bad quote in the middle: one bad line, in flat memory', async () => {
  const lines = Array.from({ length: 500 }, (_, at) => `1850175116${at};DUPONT${at >> 3};2026-01-31\n`);
  const piece = Buffer.from(lines.join(''));
  const read = await count(pieces(piece, 150 * megabyte, Buffer.from('7;"open;2026-01-31\n')));
  const half = Math.floor(Math.ceil((150 * megabyte) / piece.length) / 2) + 1;
  const bad = { line: half * 500 + 2, column: 'name', valueClass: 'text of 16', reason: 'quote' };
  expect(read.bad).toEqual([bad]);
  expect(read.good).toBe(Math.ceil((150 * megabyte) / piece.length) * 500);
  expect(read.last?.line).toBe(read.good + 2);
  expect(read.grown).toBeLessThan(60 * megabyte);
}, 30_000);

test('a line of sixty megabytes is one bad line, skipped without being kept', async () => {
  const odd = Buffer.from('\n1;a;b\n');
  const read = await count(pieces(Buffer.alloc(100_000, 'x'), 60 * megabyte, odd));
  expect(read.bad.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'line-too-long'],
    [4, 'line-too-long'],
  ]);
  expect([read.good, read.last?.line]).toEqual([1, 3]);
  expect(read.grown).toBeLessThan(30 * megabyte);
}, 30_000);

// Where a search begins again at every line and runs to the end of its block, 2 GB of these take hours.
test.each([
  ['a quote mark and no delimiter', 'a"\n'],
  ['an open quote', '"a\n'],
  ['nothing but quote marks', '"""""""\n'],
  ['delimiters', ';;\n'],
  ['one letter', 'a\n'],
  ['bytes that are no text', '\xff\n'],
  ['line breaks', '\n'],
])(
  'megabytes of lines with %s take seconds',
  async (_, line) => {
    const piece = Buffer.from(line.repeat(10_000), 'latin1');
    const read = await count(pieces(piece, 4 * megabyte));
    const isGood = line === ';;\n' || line === '\n';
    expect(read.bad.length).toBe(isGood ? 0 : 10);
  },
  10_000,
);

test('a gzip that unpacks to a thousand times its size stays in flat memory', async () => {
  const packed = gzipSync(Buffer.concat([Buffer.from(header), Buffer.alloc(100 * megabyte, '1;a;b\n')]));
  expect(packed.length).toBeLessThan(megabyte);
  const file = await openRows(Readable.from([packed]), { required: ['nir', 'name', 'day'] });
  const before = process.memoryUsage().rss;
  let [rows, most] = [0, 0];
  for await (const batch of file.batches()) {
    rows += batch.length;
    most = Math.max(most, process.memoryUsage().rss - before);
  }
  expect(rows).toBe(Math.ceil((100 * megabyte) / 6));
  expect(most).toBeLessThan(80 * megabyte);
}, 30_000);
