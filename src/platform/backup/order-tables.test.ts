import { expect, test } from 'vitest';
import { orderTables } from './order-tables.ts';

const table = (name: string) => ({ schema: 's', name });
const refers = (from: string, to: string) => ({ from: table(from), to: table(to) });

test('a table comes after those it refers to', () => {
  const references = [refers('a', 'b'), refers('b', 'c'), refers('a', 'c')];
  const names = orderTables(['a', 'b', 'c', 'd'].map(table), references).map(({ name }) => name);
  expect(names).toEqual(['c', 'b', 'a', 'd']);
});

test('tables that refer to each other are named, not looped over', () => {
  expect(() => orderTables(['a', 'b'].map(table), [refers('a', 'b'), refers('b', 'a')])).toThrow('a, b');
});
