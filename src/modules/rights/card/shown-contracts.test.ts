import { describe, expect, test } from 'vitest';
import type { Fact } from '../../vault/index.ts';
import { field } from '../fields.ts';
import { assembleCard, cardDaysMax, decideCards } from './shown-contracts.ts';

const day = '2026-11-24';
const name = { insurer: 1, contract: 1 };
const PHAR = 16;
const OPTI = 31;

/** One contract with a pharmacy at 100 %, and what a case changes. */
function factsWith(change: Readonly<Record<number, string>>): Fact[] {
  const usual = {
    [field.memberNumber]: '7',
    [field.convention]: 'V1',
    [field.lastName]: 'Secret',
    [field.responsibleContract]: 'R',
    [field.onlineStart]: '2026-01-01',
    [PHAR]: '=100 %',
  };
  const values = Object.entries({ ...usual, ...change });
  return values.map(([number, value]) => ({ ...name, field: Number(number), value }));
}

const right = (more: object) =>
  JSON.stringify({
    ...{ level: 'PEC', conventions: [], start: null, printedEnd: null, onlineEnd: null },
    ...more,
  });

describe.each([
  ['the printed end, when rights go on online', { 7: '2027-12-31', 8: '2026-12-31' }, '2026-12-31'],
  ['the online end, when the contract was ended', { 7: '2026-11-30', 8: '2026-12-31' }, '2026-11-30'],
  ['the longest a card may, when no end is known', {}, '2027-11-25'],
  ['its last day, today', { 7: day }, day],
])('a card holds until %s', (_why, change, to) => {
  test(to, () => {
    expect(decideCards(factsWith(change), { day }).contracts).toEqual([name]);
    expect(assembleCard(factsWith(change), name, { day, insurer: undefined })?.to).toBe(to);
  });
});

test.each([
  ['ended online yesterday', { 7: '2026-11-23', 8: '2026-12-31' }],
  ['was printed until yesterday', { 7: '2027-12-31', 8: '2026-11-23' }],
  ['has a date that cannot be read', { 7: 'soon' }],
  ['has no level for anything', { [PHAR]: '=' }],
  ['has a right that cannot be read', { [PHAR]: '{' }],
])('there is no card, and nothing to tell, for a contract that %s', (_why, change) => {
  expect(decideCards(factsWith(change), { day })).toEqual({ contracts: [], insurers: [], fields: [] });
});

test('what is recorded is what a card tells: never a name, nor what cards do not carry', () => {
  const { fields } = decideCards(factsWith({ [OPTI]: right({ onlineEnd: '2026-01-31' }) }), { day });
  expect(fields).toEqual([0, 1, 2, 3, 6, PHAR]);
});

test('a domain keeps its own days within those of the card, and its own convention', () => {
  const own = right({ start: '2027-01-01', onlineEnd: '2030-01-01', conventions: ['IT', 'IS'] });
  const card = assembleCard(factsWith({ 7: '2027-06-30', [OPTI]: own }), name, { day, insurer: undefined });
  expect(card?.domains).toEqual([
    { domain: 'PHAR', level: '100 %', conventions: ['V1'], from: '2026-01-01', to: '2027-06-30' },
    { domain: 'OPTI', level: 'PEC', conventions: ['IT', 'IS'], from: '2027-01-01', to: '2027-06-30' },
  ]);
});

test('the longest life is a year and a day, so that a year’s card is never cut', () => {
  expect(cardDaysMax).toBe(366);
});
