import { describe, expect, test } from 'vitest';
import { withDepartement } from '../../ledger/index.ts';
import { writeEntries } from '../detectors/short-notation.ts';
import { honestDays } from '../fold/honest-days.ts';
import { LaneFold } from '../fold/lane-fold.ts';
import { guardLimits, inputSigns, type LaneInputs, lagSigns, throwSigns } from './alarm.ts';

const profile = { profession: 'pharmacist', dailyLookups: 150 };
const lane = (claimsMissing: boolean, placesMissing: number | null = 0, hearsDraws = true): LaneInputs => {
  return { claimsMissing, placesMissing, hearsDraws };
};
const of = (lanes: readonly LaneInputs[]) => inputSigns(lanes).map(({ is }) => is);

test.each<[string, LaneInputs[], string[]]>([
  ['no lane', [], ['between', 'between']],
  ['nothing happened', [lane(false, null, false)], ['between', 'between']],
  ['all is well', [lane(false), lane(false)], ['off', 'off']],
  ['half of the lanes are silent', [lane(true), lane(false)], ['between', 'off']],
  ['most of the lanes are silent', [lane(true), lane(true), lane(false)], ['on', 'off']],
  ['the silent ones have no accounts', [lane(true, 0, false), lane(false)], ['off', 'off']],
  ['one of four is silent still', [lane(true), lane(false), lane(false), lane(false)], ['between', 'off']],
  ['every number is of nowhere', [lane(false, 1), lane(false, 0.95)], ['off', 'on']],
  ['as many as are born abroad, and more', [lane(false, 0.4)], ['off', 'off']],
  ['a clinic of people born abroad', [lane(false, 0.8)], ['off', 'between']],
])('inputs: %s', (_, lanes, signs) => {
  expect(of(lanes)).toEqual(signs);
});

test.each<[number, number | null, string[]]>([
  [0, null, []],
  [0, 1, ['off']],
  [30, 1, ['between']],
  [61, 1, ['on']],
  [0, 61, ['on']],
  [0, 14, ['off']],
])('behind %d s, quiet for %d s', (behindSeconds, quietSeconds, signs) => {
  expect(lagSigns({ behind: 5, behindSeconds, quietSeconds }).map(({ is }) => is)).toEqual(signs);
});

test('only what threw since the last look is said to throw', () => {
  expect(throwSigns([{ detector: 4, entries: 2 }])).toMatchObject([{ is: 'on', entries: 2 }]);
  expect(throwSigns([{ detector: 4, entries: 0 }])).toMatchObject([{ is: 'off' }]);
});

describe('from entries', () => {
  const isOn = (fold: LaneFold, kind: string) =>
    inputSigns([fold.inputs]).find((sign) => sign.kind === kind)?.is;
  const work = { accounts: 6, days: 5, dailyLookups: 40, neverSeen: 0.3, claimed: 0.8 };

  test('honest days raise nothing; a feed that stops in the middle of them is found; claims clear it', () => {
    const fold = new LaneFold(() => profile);
    for (const entry of honestDays({ ...work, seed: 1 })) fold.fold(entry);
    expect(isOn(fold, 'claims-silent')).toBe('off');
    expect(isOn(fold, 'geography-missing')).toBe('off');
    let last = 0;
    for (const entry of honestDays({ ...work, days: 40, seed: 2 })) {
      last = Math.max(last, entry.at);
      if (entry.kind === 1) fold.fold(entry);
    }
    expect(isOn(fold, 'claims-silent')).toBe('on');
    const [claim] = writeEntries('e');
    if (claim === undefined) throw new Error('no claim');
    fold.fold({ ...claim, at: last + 1e6 });
    expect(isOn(fold, 'claims-silent')).toBe('off');
  });

  test('numbers that tell no département any more are found, and not those of one account', () => {
    const fold = new LaneFold(() => profile);
    const days = [...honestDays({ ...work, days: 12, seed: 3 })];
    const blind = (entry: (typeof days)[number]) => {
      return { ...entry, signals: entry.signals & ~withDepartement(0, 0x7f) };
    };
    for (const entry of days) fold.fold(entry.account === 1 ? blind(entry) : entry);
    expect(isOn(fold, 'geography-missing')).toBe('off');
    for (const entry of days) fold.fold(blind(entry));
    expect(isOn(fold, 'geography-missing')).toBe('on');
    for (const entry of days) fold.fold(entry);
    expect(isOn(fold, 'geography-missing')).toBe('off');
  });

  test('a snapshot holds what the inputs were', () => {
    const fold = new LaneFold(() => profile);
    for (const entry of honestDays({ ...work, seed: 4 })) fold.fold(entry);
    const other = new LaneFold(() => profile);
    other.restoreLane(fold.laneState());
    expect(other.inputs.placesMissing).toBe(fold.inputs.placesMissing);
    expect(other.inputs.placesMissing).toBeLessThan(guardLimits.placesMissing.cleared);
  });
});
