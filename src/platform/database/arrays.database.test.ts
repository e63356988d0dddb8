import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import * as arrays from './arrays.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

test('every kind of array arrives as it left, nulls and odd text included', async () => {
  const texts = ['a', '', 'NULL', 'with "quotes"', 'back\\slash', '{,}', 'é\nline', null];
  const [row] = await database.server`select
    ${arrays.intArray([1, -2, null])}::text::int[]::text as ints,
    ${arrays.intArray([9007199254740993n, null])}::text::bigint[]::text as bigints,
    ${arrays.boolArray([true, false])}::text::boolean[]::text as bools,
    encode((${arrays.byteaArray([Buffer.from('deadbeef', 'hex'), null])}::text::bytea[])[1], 'hex') as bytes,
    (${arrays.uuidArray(['00000000-0000-4000-8000-000000000001'])}::text::uuid[])[1] as uuid,
    to_json(${arrays.textArray(texts)}::text::text[]) as texts`;
  expect(arrays.splitNullableInts(row?.ints)).toEqual([1, -2, null]);
  expect(arrays.splitNullableBigints(row?.bigints)).toEqual([9007199254740993n, null]);
  expect(arrays.splitBools(row?.bools)).toEqual([true, false]);
  expect(row?.bytes).toBe('deadbeef');
  expect(row?.uuid).toBe('00000000-0000-4000-8000-000000000001');
  expect(row?.texts).toEqual(texts);
});

test('an empty array and no array are both nothing', () => {
  expect(arrays.intArray([])).toBe('{}');
  expect(arrays.splitInts('{}')).toEqual([]);
  expect(arrays.splitBigints(null)).toEqual([]);
});

test('a null among plain numbers is a fault', () => {
  expect(() => arrays.splitInts('{1,NULL}')).toThrow(/only numbers/);
});
