import { expect, test } from 'vitest';
import { professions } from '../../rights/index.ts';
import { detectors } from '../detectors/detectors.ts';
import { trackOf } from '../fold/tracks.ts';
import { type MeasuredRate, measuredRates, type Verdict } from './measured-rates.ts';
import type { Seen } from './rate-counts.ts';

/** So many accounts of which the same was seen: events of a hundred observations, and of as many left out. */
type Group = { readonly accounts: number; readonly events?: number; readonly leftOut?: number };

function seenIn(groups: readonly Group[]): Seen[] {
  return groups.flatMap(({ accounts, events, leftOut }) =>
    Array.from({ length: accounts }, () => ({
      ...{ observations: events === undefined ? 0 : 100, events: events ?? 0 },
      ...{ leftOut: leftOut === undefined ? 0 : 100, leftOutEvents: leftOut ?? 0 },
    })),
  );
}

/** Of pharmacists who meet somebody new, whose table says 0.2, and 0.26 at most. */
function ofPharmacists(groups: readonly Group[]): MeasuredRate | undefined {
  const seen = seenIn(groups);
  return measuredRates((rate, profession) =>
    rate === trackOf.neverSeen && profession === 'pharmacist' ? seen : [],
  )[0];
}

const table: readonly { says: string; groups: readonly Group[]; verdict: Verdict }[] = [
  { says: 'two hundred accounts at 0.2', groups: [{ accounts: 200, events: 20 }], verdict: 'holds' },
  { says: 'five accounts at 0.2', groups: [{ accounts: 5, events: 20 }], verdict: 'too-few' },
  { says: 'five accounts at 0.3', groups: [{ accounts: 5, events: 30 }], verdict: 'too-few' },
  { says: 'two hundred accounts at 0.3', groups: [{ accounts: 200, events: 30 }], verdict: 'above' },
  {
    says: 'two hundred at 0.2, of whom as much was left out that was no more often',
    groups: [{ accounts: 200, events: 20, leftOut: 15 }],
    verdict: 'holds',
  },
  {
    says: 'two hundred at 0.2, of whom as much was left out that was far more often',
    groups: [{ accounts: 200, events: 20, leftOut: 60 }],
    verdict: 'left-out',
  },
  {
    says: 'two hundred at 0.2, and thirty who were left out whole, with nobody but strangers',
    groups: [
      { accounts: 200, events: 20 },
      { accounts: 30, leftOut: 100 },
    ],
    verdict: 'left-out',
  },
  {
    says: 'two hundred at 0.2, and thirty who were left out whole, with fewer strangers than they',
    groups: [
      { accounts: 200, events: 20 },
      { accounts: 30, leftOut: 5 },
    ],
    verdict: 'holds',
  },
  { says: 'nobody who was not left out', groups: [{ accounts: 200, leftOut: 40 }], verdict: 'left-out' },
];

for (const { says, groups, verdict } of table)
  test(`${verdict}: ${says}`, () => {
    const found = ofPharmacists(groups);
    expect(found?.verdict).toBe(verdict);
    expect(found?.upperAtMost).toBeGreaterThanOrEqual(found?.upper ?? 1);
  });

test('every rate of every detector that has an input is measured, for every profession', () => {
  const rows = measuredRates(() => seenIn([{ accounts: 1, events: 1 }]));
  const working = detectors.filter(({ waiting }) => waiting !== true);
  const names = working.flatMap(({ name, sideRates = [] }) => [name, ...sideRates.map((side) => side.name)]);
  expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(names));
  expect(rows.length).toBe(names.length * (professions.length + 1));
});
