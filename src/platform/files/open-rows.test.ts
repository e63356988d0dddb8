import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { type Asked, type BadRow, FileProblem, isBadRow, openRows, type Row } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const asked = { required: ['nir', 'name'], optional: ['day'] };

/** All that a source holds, and the format it was found to have. */
async function read(source: string | Buffer | Readable, wanted: Asked = asked) {
  const file = await openRows(source instanceof Readable ? source : Readable.from([source]), wanted);
  const rows: (Row | BadRow)[] = [];
  for await (const batch of file.batches()) rows.push(...batch);
  const good = rows.filter((row): row is Row => !isBadRow(row));
  const bad = rows.filter(isBadRow);
  return { file, format: file.format(), rows, good, bad, values: good.map((row) => row.values) };
}

/** How opening, or reading on, fails. */
async function problemOf(source: string | Buffer, wanted: Asked = asked): Promise<string> {
  const error = await read(source, wanted).then(
    () => null,
    (problem: unknown) => problem,
  );
  expect(error).toBeInstanceOf(FileProblem);
  return (error as FileProblem).message;
}

const bytes = (text: string) => Buffer.from(text, 'latin1');
const utf8 = { kind: 'csv', delimiter: ';', encoding: 'utf-8', bom: false, gzip: false };
const zoe = [['1', 'Zoé', undefined]];

test.each([
  ['semicolons', 'nir;name\n1;Zoé\n', {}],
  ['commas', 'nir,name\n1,Zoé\n', { delimiter: ',' }],
  ['tabs', 'nir\tname\n1\tZoé\n', { delimiter: '\t' }],
  ['CRLF', 'nir;name\r\n1;Zoé\r\n', {}],
  ['no last line break', 'nir;name\n1;Zoé', {}],
  ['empty lines', '\n\nnir;name\n\n1;Zoé\n   \n\r\n', {}],
  ['a byte order mark', '\uFEFFnir;name\n1;Zoé\n', { bom: true }],
  ['a quoted header', '"nir";"name"\n"1";"Zoé"\n', {}],
  ['names in another case, with spaces', ' NIR ; Name\n1;Zoé\n', {}],
  ['columns in another order', 'name;nir\nZoé;1\n', {}],
  ['columns that nobody asked for', 'other;name;more;nir\nx;Zoé;y;1\n', {}],
  ['Windows-1252', bytes('nir;name\n1;Zo\xe9\n'), { encoding: 'windows-1252' }],
  ['gzip', gzipSync('nir;name\n1;Zoé\n'), { gzip: true }],
  ['gzip in two members', Buffer.concat([gzipSync('nir;na'), gzipSync('me\n1;Zoé\n')]), { gzip: true }],
  ['NDJSON', '{"nir":"1","name":"Zoé"}\n', { kind: 'ndjson', delimiter: null }],
  ['NDJSON, other case', '\uFEFF{"NIR":1,"NAME":"Zoé"}\n', { kind: 'ndjson', delimiter: null, bom: true }],
])('%s are read and stated', async (_, source, format) => {
  const found = await read(source);
  expect(found.values).toEqual(zoe);
  expect(found.bad).toEqual([]);
  expect(found.format).toEqual({ ...utf8, ...format });
});

test('the national directory has bars between its columns, one at the end, and no quoting', async () => {
  const source = 'Nom|Prénom|\n"LE" BIHAN|"Zoé|\n';
  const found = await read(source, { required: ['prénom', 'nom'], delimiters: ['|'] });
  expect(found.values).toEqual([['"Zoé', '"LE" BIHAN']]);
  expect(found.format.delimiter).toBe('|');
});

test('an optional column is read when it is there, and what nobody asked for is stated', async () => {
  const { file, values } = await read('day;x;nir;name;y\n2026-01-31;a;1;Zoé;b\n');
  expect(values).toEqual([['1', 'Zoé', '2026-01-31']]);
  expect([file.columns, file.ignored]).toEqual([
    ['nir', 'name', 'day'],
    ['x', 'y'],
  ]);
});

test('what a line does not have is not said to be empty: a column of CSV, a name of NDJSON', async () => {
  expect((await read('nir;name\n1;Zoé\n')).values).toEqual([['1', 'Zoé', undefined]]);
  expect((await read('name;nir\nZoé;1\n')).values).toEqual([['1', 'Zoé', undefined]]);
  expect((await read('nir;name;day\n1;Zoé;\n')).values).toEqual([['1', 'Zoé', '']]);
  const lines = ['"name":"a"', '"name":"a","day":null', '"name":"a","day":""', '"name":"a","day":"b"'];
  const { good } = await read(lines.map((line) => `{"nir":1,${line}}\n`).join(''));
  expect(good.map(({ values, same }) => [values[2], same])).toEqual([
    [undefined, 0],
    ['', 2],
    ['', 3],
    ['b', 2],
  ]);
});

test('a file of one column', async () => {
  const found = await read('nir\n1\n2\n2;3\n', { required: ['nir'] });
  expect(found.values).toEqual([['1'], ['2']]);
  expect(found.bad.map(({ reason }) => reason)).toEqual(['columns']);
});

test('quotes: doubled, around delimiters, empty, and in the middle of a text', async () => {
  const { values } = await read('nir;name;day\n"1";"a;""b""";""\n2;5" tube;"x"\r\n');
  expect(values).toEqual([
    ['1', 'a;"b"', ''],
    ['2', '5" tube', 'x'],
  ]);
});

test('a bad line costs itself alone, and every line keeps its number', async () => {
  const lines: readonly (string | Buffer)[] = [
    'nir;name;day',
    '1;goodé;',
    '2;"DUPONT;',
    '3;"DUPONT" x;',
    '4;one less',
    '',
    '5;one;more;x',
    '6;a\u0000b;',
    bytes('7;Zo\xe9;'),
    `8;${'x'.repeat(65_536)};`,
    `9;${'x'.repeat(600_000)};`,
    '10;Zoé;',
    '11;Zoé;"',
  ];
  const source = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
  const { rows } = await read(source);
  const bad = (line: number, column: string | null, valueClass: string, reason: string) => {
    return { line, column, valueClass, reason };
  };
  expect(rows).toEqual([
    { line: 2, values: ['1', 'goodé', ''], same: 0 },
    bad(3, 'name', 'text of 8', 'quote'),
    bad(4, 'name', 'text of 11', 'quote'),
    bad(5, null, '2 columns instead of 3', 'columns'),
    bad(7, null, '4 columns instead of 3', 'columns'),
    bad(8, null, 'text of 6', 'nul-byte'),
    bad(9, null, '7 bytes', 'encoding'),
    bad(10, null, 'text of over 65536', 'line-too-long'),
    bad(11, null, 'text of over 65536', 'line-too-long'),
    { line: 12, values: ['10', 'Zoé', ''], same: 0 },
    bad(13, 'day', 'text of 1', 'quote'),
  ]);
  expect(JSON.stringify(rows)).not.toContain('DUPONT');
});

test('NDJSON: texts, numbers, booleans and null; what cannot be read exactly is refused', async () => {
  const lines = [
    '{"nir": 185017511623456, "name": true, "day": null, "more": [1]}',
    'half a line',
    '["nir"]',
    '{"nir": 12345678901234567890, "name": "x"}',
    '{"nir": "1", "name": {"first": "x"}}',
    '{"nir": "1"}',
    '{"nir": "1", "NIR": "2", "name": "x"}',
    '{"nir": "1", "name": "\\u0000"}',
    '{"nir": "1", "name": "\\ud800"}',
    '',
    `{"nir": "1", "name": "${'x'.repeat(70_000)}"}`,
    '{"nir": 1.5, "name": "\\u00e9\\n", "__proto__": 1}',
  ];
  const { good, bad } = await read(lines.join('\n'));
  expect(good).toEqual([
    { line: 1, values: ['185017511623456', 'true', ''], same: 0 },
    { line: 12, values: ['1.5', 'é\n', undefined], same: 0 },
  ]);
  expect(bad.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [2, null, 'not-json'],
    [3, null, 'not-json'],
    [4, 'nir', 'json-number'],
    [5, 'name', 'json-value'],
    [6, 'name', 'json-missing'],
    [7, 'nir', 'json-twice'],
    [8, 'name', 'nul-byte'],
    [9, 'name', 'encoding'],
    [11, null, 'line-too-long'],
  ]);
});

test('same counts the leading values that the row before had too', async () => {
  const source = 'nir;name;day\n1;a;b\n1;a;c\n1;a;c\n1;b;c\n2;b;c\n2;b\n2;b;c\n2;"b";d\n"2";"b";e\n';
  const counts = async (text: string, wanted: Asked) =>
    (await read(text, wanted)).good.map(({ same }) => same);
  expect(await counts(source, asked)).toEqual([0, 2, 3, 1, 0, 0, 2, 2]);
  const turned = { required: ['day', 'name', 'nir', 'none'].slice(0, 3), optional: ['none'] };
  expect(await counts(source, turned)).toEqual([0, 0, 4, 1, 2, 0, 0, 0]);
  const json = '{"nir":1,"name":"a"}\n{"nir":1,"name":"b"}\n{"nir":1,"name":"b"}\n{\n{"nir":1,"name":"b"}\n';
  expect(await counts(json, asked)).toEqual([0, 1, 3, 0]);
});

test('a text that begins like the one before is not taken for it, quoted or not', async () => {
  const rows = ['1;a;c', '1;b;c', '1;"b";d', '1;"bb";d', '1;"b";e', '1;b;e', '1;bb;e', '11;bb;e'];
  const { values } = await read(`nir;name;day\n${rows.join('\n')}\n`);
  expect(values).toEqual(rows.map((row) => row.replaceAll('"', '').split(';')));
});

test('a NUL, a quote mark and a bad byte are seen however far they stand', async () => {
  const far = 'nir;name\n'.concat('1;Zoé\n'.repeat(100_000));
  const odd = Buffer.concat([Buffer.from('2;a\u0000\n2;"\n'), bytes('2;\xe9\n'), Buffer.from('2;"q"\n')]);
  const { bad, good } = await read(Buffer.concat([Buffer.from(far), odd]));
  expect(bad.map(({ line, reason }) => [line, reason])).toEqual([
    [100_002, 'nul-byte'],
    [100_003, 'quote'],
    [100_004, 'encoding'],
  ]);
  expect(good.at(-1)).toEqual({ line: 100_005, values: ['2', 'q', undefined], same: 0 });
});

test('UTF-8 unless most lines with accents are not: a damaged line changes nothing', async () => {
  const good = Buffer.from('1;Zoé\n2;Noël\n');
  const damaged = bytes('3;Zo\xe9\n');
  const first = await read(Buffer.concat([Buffer.from('nir;name\n'), damaged, good]));
  expect([first.format.encoding, first.bad.map(({ line }) => line)]).toEqual(['utf-8', [2]]);
  const second = await read(Buffer.concat([Buffer.from('nir;name\n'), damaged, damaged, damaged, good]));
  expect([second.format.encoding, second.bad]).toEqual(['windows-1252', []]);
  expect(second.values[0]).toEqual(['3', 'Zoé', undefined]);
  expect(second.values[3]).toEqual(['1', 'ZoÃ©', undefined]);
});

test('Windows-1252 has its own signs between 0x80 and 0x9F, and five bytes that mean nothing', async () => {
  const { values, bad } = await read(bytes('nir;name\n1;\x80 \x8cuvre \x9f\xff\n2;\x81\n'));
  expect(values).toEqual([['1', '€ Œuvre Ÿÿ', undefined]]);
  expect(bad).toEqual([{ line: 3, column: null, valueClass: '4 bytes', reason: 'encoding' }]);
});

test('the encoding is decided where the first accent stands, however far', async () => {
  const ascii = 'nir;name\n'.concat('1;abcdefghij\n'.repeat(60_000));
  const { format, bad, good } = await read(bytes(`${ascii}2;Zo\xe9\n`));
  expect([format.encoding, bad.length, good.at(-1)?.values[1]]).toEqual(['windows-1252', 0, 'Zoé']);
});

test.each([
  ['nothing', '', 'is empty'],
  ['blank lines', '\n \r\n\n', 'is empty'],
  ['a missing column', 'nir;day\n1;x\n', 'the header lacks name; add'],
  ['a misspelt column', 'NIR;nname\n1;x\n', 'the header lacks name (is it “nname”?)'],
  ['a column twice', 'nir;name;NIR\n1;x;2\n', 'has nir more than once'],
  ['NDJSON without a name', '{"nir":1}\n', 'the header lacks name'],
  ['a broken NDJSON', '{"nir\n{\n', 'no line is a JSON object'],
  ['a JSON list', '[{"nir":1}]\n', 'one JSON list'],
  ['CR alone', 'nir;name\r1;x\r', 'CR alone'],
  ['UTF-16', Buffer.from('\uFEFFnir;name\n', 'utf16le'), 'UTF-16'],
  ['a workbook', Buffer.from('PK\u0003\u0004xl/workbook'), 'workbook or a zip'],
  ['bytes that are no text', Buffer.from([1, 0, 2, 10, 3]), 'not text'],
  ['a first line without end', 'x'.repeat(70_000), 'the first line has no end'],
  ['a much longer one', 'x'.repeat(700_000), 'the first line has no end'],
  ['a header that is no text', bytes('\xef\xbb\xbfn\xe9;name\n'), 'the first line is not text'],
])('%s: says what to do', async (_, source, says) => {
  expect(await problemOf(source)).toContain(says);
});

test('near names are suggested; a person in the place of the header is never told', async () => {
  const people = { required: ['nir', 'birthDate', 'departement'] };
  const said = await problemOf('nir;birth_date;Départment;lastname\n', people);
  expect(said).toContain('birthDate (is it “birth_date”?), departement (is it “Départment”?)');
  const told = await problemOf('185017511623456;1985-01-31;DUPONT\n', people);
  expect(told).toContain('must be a header');
  expect(told).not.toMatch(/DUPONT|1850/);
});

test('paths: what is missing or a folder is told; bytes are counted to the total', async () => {
  await expect(openRows(join(folder, 'none.csv'), asked)).rejects.toThrow('no such file');
  await expect(openRows(folder, asked)).rejects.toThrow('it is a folder');
  const path = join(folder, 'people.csv.gz');
  const packed = gzipSync('nir;name\n'.concat('1;Zoé\n'.repeat(100_000)));
  writeFileSync(path, packed);
  const file = await openRows(path, asked);
  let rows = 0;
  for await (const batch of file.batches()) rows += batch.length;
  expect([rows, file.bytesRead(), file.bytesTotal]).toEqual([100_000, packed.length, packed.length]);
  expect(() => file.batches()).toThrow('read once');
});

test.each([
  ['cut short', (whole: Buffer) => whole.subarray(0, Math.floor(whole.length * 0.7)), 'ends too early'],
  ['without its last byte', (whole: Buffer) => whole.subarray(0, -1), 'ends too early'],
  ['damaged', damage, 'is damaged'],
])(
  'a gzip file %s: the good lines come first, then how far it got',
  async (_, spoil, says) => {
    const lines = Array.from({ length: 200_000 }, (_, line) => `${line};${(line * 7919) % 100_003}\n`);
    const packed = spoil(gzipSync(`nir;name\n${lines.join('')}`));
    const file = await openRows(Readable.from([packed]), asked);
    const rows: (Row | BadRow)[] = [];
    const reading = async () => {
      for await (const batch of file.batches()) rows.push(...batch);
    };
    const problem = await reading().then(
      () => null,
      (error: unknown) => error as Error,
    );
    expect(problem).toBeInstanceOf(FileProblem);
    expect(problem?.message).toContain(says);
    expect(problem?.message).toContain(`${rows.length + 1} lines were read`);
    expect(rows.length).toBeGreaterThan(80_000);
    // The line that was cut in two is not among them.
    expect(rows.map((row) => (isBadRow(row) ? '' : `${row.values[0]};${row.values[1]}\n`)).join('')).toBe(
      lines.slice(0, rows.length).join(''),
    );
  },
  30_000,
);

function damage(whole: Buffer): Buffer {
  const copy = Buffer.from(whole);
  const middle = Math.floor(copy.length * 0.7);
  copy.fill(0xff, middle, middle + 2000);
  return copy;
}

test('a source that fails is told, after the lines that came', async () => {
  async function* failing() {
    yield Buffer.from('nir;name\n1;a\n2;b\n3;ha');
    throw Object.assign(new Error('secret text'), { code: 'EIO' });
  }
  const file = await openRows(Readable.from(failing()), asked);
  const seen: number[] = [];
  const reading = async () => {
    for await (const batch of file.batches()) seen.push(...batch.map(({ line }) => line));
  };
  await expect(reading()).rejects.toThrow(/reading stopped after \d+ bytes: the disk or the network/);
  expect(seen).toEqual([2, 3]);
});
