import { expect, test } from 'vitest';
import { sortRows } from './SortableTable.tsx';

const rows = [
  { name: 'Été', count: 10, at: 1 },
  { name: 'abricot', count: 9, at: 2 },
  { name: 'Abricot', count: 100, at: 3 },
  { name: 'lane 10', count: 9, at: 4 },
  { name: 'lane 9', count: 9, at: 5 },
];
const columns = [
  { key: 'name', sortBy: ({ name }: (typeof rows)[number]) => name },
  { key: 'count', sortBy: ({ count }: (typeof rows)[number]) => count },
  { key: 'by-server', sortBy: 'server' as const },
  { key: 'never' },
];
const order = (by: string) => sortRows(rows, columns, by).map(({ at }) => at);

test.each([
  ['as it came', '', [1, 2, 3, 4, 5]],
  ['words as people order them, numbers in them too', 'name', [2, 3, 1, 5, 4]],
  ['numbers as numbers, equal ones as they came', 'count', [2, 4, 5, 1, 3]],
  ['turned around, equal ones as they came', '-count', [3, 1, 2, 4, 5]],
  ['what the server ordered stays', 'by-server', [1, 2, 3, 4, 5]],
  ['a column that orders nothing', 'never', [1, 2, 3, 4, 5]],
  ['no such column', 'evil', [1, 2, 3, 4, 5]],
])('%s', (_what, by, ats) => {
  expect(order(by)).toEqual(ats);
});
