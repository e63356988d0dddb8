import { expect, test } from 'vitest';
import { progressLine } from './import-progress.ts';

test('progress tells lines, share, rate and time left, in numbers only', () => {
  const counts = { lines: 1_200_000, rejected: 0 };
  const file = { bytesRead: () => 250, bytesTotal: 1000 };
  expect(progressLine(counts, file, 60)).toBe(
    '1,200,000 lines, 25 % of the file, 20,000 lines/s, 3 min 0 s left',
  );
});

test('of standard input neither the share nor the time left is known', () => {
  const file = { bytesRead: () => 250, bytesTotal: null };
  expect(progressLine({ lines: 10, rejected: 3 }, file, 2)).toBe('10 lines, 5 lines/s, 3 rejected');
});

test('before anything was read nothing is divided by nothing', () => {
  const file = { bytesRead: () => 0, bytesTotal: 0 };
  expect(progressLine({ lines: 0, rejected: 0 }, file, 0)).toBe('0 lines, 0 % of the file, 0 lines/s');
});
