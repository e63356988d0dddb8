import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { FileProblem, RejectedLines, valueClass } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-rejected-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bad = { line: 7, column: 'nir', valueClass: '12 digits', reason: 'nir-key' };

test('made at the first bad line, for its owner alone, in the place of an older one', async () => {
  const path = join(folder, 'people.csv.rejected.csv');
  const none = new RejectedLines(path);
  await none.close();
  expect(existsSync(path)).toBe(false);

  writeFileSync(path, 'older');
  chmodSync(path, 0o644);
  const rejected = new RejectedLines(path);
  rejected.add(bad);
  rejected.add({ line: 9, column: null, valueClass: 'empty', reason: '=cmd;"x"' });
  expect(rejected.count).toBe(2);
  await rejected.close();
  await rejected.close();
  expect(readFileSync(path, 'utf8')).toBe(
    `line;column;valueClass;reason\n7;nir;12 digits;nir-key\n9;;empty;"'=cmd;""x"""\n`,
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a link in its place is removed, not followed; a folder is left alone', async () => {
  const other = join(folder, 'other.txt');
  const path = join(folder, 'link.rejected.csv');
  writeFileSync(other, 'untouched');
  symlinkSync(other, path);
  const rejected = new RejectedLines(path);
  rejected.add(bad);
  await rejected.close();
  expect(readFileSync(other, 'utf8')).toBe('untouched');
  expect(readFileSync(path, 'utf8')).toContain('nir-key');

  mkdirSync(join(folder, 'here'));
  expect(() => new RejectedLines(join(folder, 'here')).add(bad)).toThrow('cannot stand there');
  const nowhere = new RejectedLines(join(folder, 'nowhere', 'x.csv'));
  expect(() => nowhere.add(bad)).toThrow(FileProblem);
  // Asked again it refuses again: no bad line is lost in silence.
  expect(() => nowhere.add(bad)).toThrow('there is no such file or folder');
  expect(nowhere.count).toBe(0);
});

test('a million bad lines are written in constant memory', async () => {
  const path = join(folder, 'many.rejected.csv');
  const rejected = new RejectedLines(path);
  const before = process.memoryUsage().heapUsed;
  for (let line = 1; line <= 1_000_000; line += 1) rejected.add({ ...bad, line });
  const grown = process.memoryUsage().heapUsed - before;
  await rejected.close();
  const lines = readFileSync(path, 'utf8').split('\n');
  expect([lines.length, lines[1_000_000]]).toEqual([1_000_002, '1000000;nir;12 digits;nir-key']);
  expect(grown).toBeLessThan(100_000_000);
});

test('a file that may not grow further says what to do, as a full disk does', () => {
  const path = join(folder, 'full.rejected.csv');
  const script = `
    import { RejectedLines } from ${JSON.stringify(fileURLToPath(new URL('./index.ts', import.meta.url)))};
    const rejected = new RejectedLines(${JSON.stringify(path)});
    let [failures, message] = [0, ''];
    for (let line = 1; line <= 20000; line += 1) {
      try { rejected.add({ line, column: 'nir', valueClass: 'x', reason: 'y' }); }
      catch (error) { failures += 1; message = error.name + ' ' + error.message; }
    }
    await rejected.close().catch(() => { failures += 1; });
    console.log(failures > 5000, message);`;
  const run = spawnSync(
    'bash',
    [
      '-c',
      'trap "" XFSZ; ulimit -f 100; exec "$0" --import tsx --input-type=module -e "$1"',
      process.execPath,
      script,
    ],
    { encoding: 'utf8' },
  );
  expect(run.stdout.trim()).toBe(
    `true FileProblem ${path}: the list of rejected lines cannot be written: ` +
      'the file may not grow further; raise the limit on the size of files and run the same command again.',
  );
});

test.each([
  ['', 'empty'],
  [' \t', 'blank'],
  ['7', '1 digit'],
  ['185017511623456', '15 digits'],
  ['2A5017511623456', 'digits and letters, 15'],
  ['1985-01-31', 'day as YYYY-MM-DD'],
  ['31/01/1985', 'day as DD/MM/YYYY'],
  ['Jean DUPONT', 'text of 11'],
])('%j is told as %s', (text, says) => expect(valueClass(text)).toBe(says));
