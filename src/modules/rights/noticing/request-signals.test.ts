import { expect, test } from 'vitest';
import { departementOf, signalBits } from '../../ledger/index.ts';
import { birthDepartements, placeOfBirth } from './departements.ts';
import { orderOfNumber, RequestSignals } from './request-signals.ts';

const { sameRun, ascending, hasPrevious } = signalBits;
const bitsOf = (signals: number) => signals & 0xff;

/** The signals of numbers that one account asks for, one after the other. */
function asked(...numbers: readonly string[]): number[] {
  const signals = new RequestSignals();
  return numbers.map((number) => bitsOf(signals.of(1, number)));
}

test('a neighbour in the run of a number asked before is noticed, three orders away at most', () => {
  const up = sameRun | hasPrevious | ascending;
  expect(asked('1840588321025', '1840588321026')).toEqual([0, up]);
  expect(asked('1840588321025', '1840588321028')).toEqual([0, up]);
  expect(asked('1840588321025', '1840588321022')).toEqual([0, sameRun | hasPrevious]);
  expect(asked('1840588321025', '1840588321029')).toEqual([0, hasPrevious | ascending]);
  // Other sex, month or commune.
  for (const other of ['2840588321026', '1840688321026', '1840588322026'])
    expect(asked('1840588321025', other)).toEqual([0, hasPrevious | ascending]);
});

test('one’s own patients asked again are no walk', () => {
  const [, , again] = asked('1840588321025', '1840588321026', '1840588321025');
  expect(again).toBe(hasPrevious);
  expect(asked('1840588321025', '1840588321025')).toEqual([0, 0]);
});

test('a run is remembered over the account’s last fifty numbers, and of no other account', () => {
  const others = (count: number) => Array.from({ length: count }, (_, index) => `2${10 + index}0113055011`);
  const last = (count: number) => asked('1840588321025', ...others(count), '1840588321026').at(-1) ?? 0;
  expect(last(49) & sameRun).toBe(sameRun);
  expect(last(50) & sameRun).toBe(0);
  const signals = new RequestSignals();
  signals.of(1, '1840588321025');
  expect(bitsOf(signals.of(2, '1840588321026'))).toBe(0);
});

test('the accounts that asked longest ago are forgotten, and no more are kept than twenty thousand', () => {
  const signals = new RequestSignals();
  for (const account of [1, 2]) signals.of(account, '1840588321025');
  for (let account = 10; account < 10 + 19_998; account += 1) signals.of(account, '1840588321025');
  signals.of(1, '1840588321025');
  signals.of(99_999, '1840588321025');
  expect(bitsOf(signals.of(1, '1840588321026')) & sameRun).toBe(sameRun);
  expect(bitsOf(signals.of(2, '1840588321026'))).toBe(0);
});

test('numbers are in their order, Corsica’s between 20 and 21', () => {
  const rising = ['1840520004001', '184052A004001', '184052B004001', '1840521004001', '184052A004002'];
  const [first, second, third, fourth, corsican] = rising.map(orderOfNumber);
  expect([first, second, third, fourth].map(Number)).toEqual(
    [first, second, third, fourth].map(Number).sort((one, other) => one - other),
  );
  expect(new Set(rising.map(orderOfNumber)).size).toBe(5);
  expect(Number(corsican) > Number(second)).toBe(true);
  expect(asked('184052A004001', '184052A004002')[1]).toBe(sameRun | hasPrevious | ascending);
  expect(asked('184052B004001', '184052A004001')[1]).toBe(hasPrevious);
});

test('the département is that of the number, in a list that fits its seven bits', () => {
  expect(birthDepartements.length).toBeLessThan(128);
  expect(new Set(birthDepartements).size).toBe(birthDepartements.length);
  const named = (nir13: string) => birthDepartements[placeOfBirth(nir13) - 1];
  expect(named('1840575056900')).toBe('75');
  expect(named('184052A004001')).toBe('2A');
  expect(named('1840597411001')).toBe('974');
  expect(named('1840599139001')).toBe('99');
  expect(named('7100000000001')).toBeUndefined();
  expect(departementOf(new RequestSignals().of(1, '1840575056900'))).toBe(placeOfBirth('1840575056900'));
});
