import { expect, test } from 'vitest';
import { writeCsv } from './write-csv.ts';

test('a field is quoted, and none is a formula', () => {
  const rows = [
    { holder: '=HYPERLINK("x")', seen: null },
    { holder: 'Dupré, "J."', seen: 3 },
  ];
  expect(writeCsv(rows)).toBe('"holder","seen"\r\n"\'=HYPERLINK(""x"")",""\r\n"Dupré, ""J.""","3"\r\n');
});
