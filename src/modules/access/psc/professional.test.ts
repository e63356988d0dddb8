import { expect, test } from 'vitest';
import { readNumber } from './professional.ts';

const rpps = '10003456789';

test.each([
  ['the national identifier', [{ SubjectNameID: `8${rpps}` }], { rpps }],
  ['the number alone', [{ preferred_username: rpps }], { rpps }],
  ['the same one everywhere', [{ preferred_username: `8${rpps}` }, { SubjectNameID: rpps }], { rpps }],
  ['two numbers', [{ SubjectNameID: `8${rpps}` }, { SubjectNameID: '810003456780' }], { problem: 'differ' }],
  ['a number and a name', [{ SubjectNameID: rpps, preferred_username: 'jeanne' }], { problem: 'differ' }],
  ['another kind of number', [{ SubjectNameID: '0750012345' }], { problem: 'none' }],
  ['a list', [{ SubjectNameID: [rpps, rpps] }], { problem: 'none' }],
  ['nothing', [{}, { sub: `f:x:8${rpps}` }], { problem: 'none' }],
])('%s', (_what, told, read) => {
  expect(readNumber(told)).toEqual(read);
});
