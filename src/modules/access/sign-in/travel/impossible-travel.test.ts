import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  distanceKm,
  errorKm,
  isImpossibleTravel,
  kmPerHour,
  type Place,
  tellsHours,
} from './impossible-travel.ts';

const paris = { latitude: 49, longitude: 2 };
const marseille = { latitude: 43, longitude: 5 };
const lille = { latitude: 51, longitude: 3 };
const reunion = { latitude: -21, longitude: 55 };
const fiji = { latitude: -18, longitude: 178 };
const samoa = { latitude: -14, longitude: -172 };
const minutes = (count: number) => count * 60;
const hours = (count: number) => count * 3600;

test.each<[string, Place, Place, number, boolean]>([
  ['the same place, at once', paris, paris, 0, false],
  ['a neighbouring square, at once', paris, lille, 0, false],
  ['Marseille a quarter of an hour after Paris', paris, marseille, minutes(15), true],
  ['Marseille an hour after Paris: by aeroplane, nearly', paris, marseille, hours(1), false],
  ['Réunion a minute after Paris', paris, reunion, minutes(1), true],
  ['Réunion nine hours after Paris', paris, reunion, hours(9), true],
  ['Réunion twelve hours after Paris: the flight', paris, reunion, hours(12), false],
  ['across the line where the day changes, two hours later', fiji, samoa, hours(2), false],
  ['a clock that stands before: at once', paris, reunion, -30, true],
  [
    'the other end of the earth, when it is reached',
    paris,
    { latitude: -49, longitude: -178 },
    hours(20),
    false,
  ],
])('%s', (_, then, now, secondsAgo, isImpossible) => {
  expect(isImpossibleTravel(now, [{ ...then, secondsAgo }])).toBe(isImpossible);
});

test('one of several sessions is enough; none says nothing', () => {
  const seen = [
    { ...reunion, secondsAgo: hours(1) },
    { ...paris, secondsAgo: minutes(5) },
  ];
  expect(isImpossibleTravel(paris, seen)).toBe(true);
  expect(isImpossibleTravel(paris, seen.slice(1))).toBe(false);
  expect(isImpossibleTravel(paris, [])).toBe(false);
});

const place = fc.record({
  latitude: fc.integer({ min: -90, max: 90 }),
  longitude: fc.integer({ min: -180, max: 180 }),
});

test('a distance is the same both ways, none to itself, and half the earth at most', () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6);
      expect(distanceKm(a, a)).toBe(0);
      expect(distanceKm(a, b)).toBeLessThan(20_016);
    }),
  );
  expect((20_016 - errorKm) / kmPerHour).toBeLessThan(tellsHours);
  // Roissy to Saint-Denis: 9,350 km by air.
  expect(distanceKm(paris, reunion)).toBeGreaterThan(9_200);
  expect(distanceKm(paris, reunion)).toBeLessThan(9_500);
});

test('what is impossible after a while was impossible before', () => {
  fc.assert(
    fc.property(place, place, fc.integer({ min: 0, max: hours(24) }), (a, b, secondsAgo) => {
      if (isImpossibleTravel(a, [{ ...b, secondsAgo }]))
        expect(isImpossibleTravel(a, [{ ...b, secondsAgo: secondsAgo / 2 }])).toBe(true);
      else expect(isImpossibleTravel(a, [{ ...b, secondsAgo: secondsAgo * 2 + 60 }])).toBe(false);
    }),
  );
});
