import { expect, test } from 'vitest';
import { csvLine, readCsvLine } from './index.ts';

test.each([
  ['plain', 'Zoé', 'Zoé'],
  ['empty', '', ''],
  ['digits with zeros first', '007', '007'],
  ['equals', '=1+1', "'=1+1"],
  ['plus', '+33 1', "'+33 1"],
  ['minus', '-5', "'-5"],
  ['at', '@SUM(A1)', "'@SUM(A1)"],
  ['tab first', '\tx', `"'\tx"`],
  ['CR first', '\r=1', "' =1"],
  ['LF first', '\nx', "' x"],
  ['spaces before', '  =1', "'  =1"],
  ['a wide equals', '\uFF1D1', "'\uFF1D1"],
  ['minus inside', 'Anne-Marie', 'Anne-Marie'],
  ['a delimiter', 'a;b', '"a;b"'],
  ['another one', 'a,=1', '"a,=1"'],
  ['quote marks', 'the "x"', '"the ""x"""'],
  ['an apostrophe', "O'NEILL", "O'NEILL"],
  ['a formula with quotes', '=HYPERLINK("x";"y")', `"'=HYPERLINK(""x"";""y"")"`],
  ['line breaks', 'a\r\nb\u0000c', 'a b c'],
])('%s', (_, cell, written) => {
  expect(csvLine([cell])).toBe(written);
  expect(csvLine(['x', cell, 'y'])).toBe(`x;${written};y`);
});

test('other delimiters; bars have no quoting', () => {
  expect(csvLine(['a', 'b;c', '=1'], ',')).toBe(`a,"b;c",'=1`);
  expect(csvLine(['a', 'b|c', '"x"', '-1'], '|')).toBe(`a|b c|"x"|'-1`);
});

test.each([
  [['7', 'nir', 'digits and letters, 13', 'not-a-nir']],
  [['', '', 'a "b"; c', '']],
  [['1', '', '', '']],
])('a line that was written is read: %j', (cells) => {
  expect(readCsvLine(csvLine(cells))).toEqual(cells);
});
