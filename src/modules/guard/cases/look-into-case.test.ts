import { describe, expect, test } from 'vitest';
import { type PastLookup, signalBits, withDepartement } from '../../ledger/index.ts';
import { birthDepartements } from '../../rights/index.ts';
import { AccountState, shortAt, wordAt } from '../fold/account-state.ts';
import { lookupsAt } from './look-into-case.ts';
import { signsOf } from './lookup-signs.ts';
import type { PointRow } from './store.ts';
import { usualPlacesOf } from './usual-places.ts';

const at = new Date('2026-11-27T09:12:00Z');
const told: PastLookup = {
  ...{
    seq: '8',
    at,
    action: 1,
    outcome: 1,
    present: false,
    signals: signalBits.neverSeen,
    isExplained: false,
  },
  ...{ before: '7', sinceSeconds: 60, isOtherNetwork: false, isOtherClient: false },
};
const place = (code: string) => birthDepartements.indexOf(code) + 1;
const paris = withDepartement(signalBits.neverSeen, place('75'));
const { neverSeen, sameRun, ascending, hasPrevious, honey } = signalBits;

describe('what is said of a lookup', () => {
  const isUsual = (departement: number) => (departement === 0 ? null : departement !== place('75'));
  const unknown = { outcome: 3, isExplained: null };
  test.each<[string, Partial<PastLookup>, string[]]>([
    ['a new person for whom nothing followed', {}, ['new', 'unexplained']],
    ['a new person with a claim', { isExplained: true }, ['new', 'explained']],
    ['somebody known', { signals: 0, isExplained: true }, ['explained']],
    ['somebody who is there', { present: true, isExplained: true }, ['present', 'explained']],
    ['a claim for a new person', { action: 13 }, ['new', 'by-claim', 'unexplained']],
    ['from elsewhere', { signals: paris }, ['new', 'elsewhere', 'unexplained']],
    ['known, from elsewhere', { signals: paris & ~neverSeen, isExplained: true }, ['explained']],
    ['refused', { outcome: 2 }, ['new', 'refused']],
    [
      'a walk',
      { signals: neverSeen | sameRun | ascending | hasPrevious },
      ['new', 'neighbour', 'rising', 'unexplained'],
    ],
    ['the first of a list', { signals: neverSeen | ascending }, ['new', 'unexplained']],
    ['nobody', { ...unknown, signals: neverSeen }, ['unknown']],
    ['a honey person', { ...unknown, signals: honey | sameRun }, ['honey', 'neighbour']],
    [
      'other places',
      { isOtherNetwork: true, isOtherClient: true },
      ['new', 'unexplained', 'other-network', 'other-client'],
    ],
    ['a risky sign-in', { signals: signalBits.riskySignIn }, ['unexplained', 'risky-sign-in']],
    ['a journey too far', { signals: signalBits.impossibleTravel }, ['unexplained', 'impossible-travel']],
  ])('%s', (_, some, signs) => {
    expect(signsOf({ ...told, ...some }, isUsual)).toEqual(signs);
  });
});

describe('what each detector added', () => {
  const point = (seq: string, own: number[]): PointRow => ({ lane: 0, seq, at, bits: own[0] ?? 0, own });
  const points = [point('5', [2, 1]), point('7', [3, 1]), point('8', [6, 0.5]), point('12', [9, 9])];
  const lookups = [
    { ...told, seq: '5', before: null },
    { ...told, seq: '7', before: '5' },
    { ...told, seq: '8', before: '7' },
    { ...told, seq: '10', before: '8' },
    { ...told, seq: '12', before: '10' },
  ];
  test('is what it gained since the lookup before; unknown after one that is not kept', () => {
    const found = lookupsAt(points, lookups, usualPlacesOf(undefined));
    expect(found.map(({ entry, added }) => [entry, added])).toEqual([
      ['0/5', null],
      ['0/7', [1, 0]],
      ['0/8', [3, -0.5]],
      ['0/12', null],
    ]);
  });
});

describe('usual places', () => {
  const state = (people: number) => {
    const made = new AccountState();
    made.shorts[shortAt.departements + place('59')] = people;
    made.words[wordAt.departementTotal] = people;
    return made.bytes;
  };
  test('are those of detector 2, once it knows twenty people', () => {
    const usual = usualPlacesOf(state(40));
    expect([usual.isKnown, usual.people, usual.countAt(place('59'))]).toEqual([true, 40, 40]);
    expect([usual.isUsual(place('59')), usual.isUsual(place('75')), usual.isUsual(0)]).toEqual([
      true,
      false,
      null,
    ]);
    expect(usualPlacesOf(state(19)).isUsual(place('75'))).toBeNull();
  });
});
