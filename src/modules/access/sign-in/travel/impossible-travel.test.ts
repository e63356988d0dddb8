import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  distanceKm,
  errorKm,
  judgeTravel,
  kmPerHour,
  type Place,
  type Travel,
  tellsHours,
  type Whereabouts,
} from './impossible-travel.ts';

const paris = { latitude: 49, longitude: 2 };
const marseille = { latitude: 43, longitude: 5 };
const lille = { latitude: 51, longitude: 3 };
const reunion = { latitude: -21, longitude: 55 };
const fiji = { latitude: -18, longitude: 178 };
const samoa = { latitude: -14, longitude: -172 };
const isImpossible = (...asked: Parameters<typeof judgeTravel>) => judgeTravel(...asked) !== 'possible';
const minutes = (count: number) => count * 60;
const hours = (count: number) => count * 3600;

const seenAt = (place: Place, seenSecondsAgo: number, more: Partial<Whereabouts> = {}): Whereabouts => ({
  ...{ ...place, seenSecondsAgo, begunSecondsAgo: seenSecondsAgo + hours(1), isImpossible: false },
  ...more,
});

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
])('%s', (_, then, now, secondsAgo, expected) => {
  expect(isImpossible(now, [seenAt(then, secondsAgo)])).toBe(expected);
});

const desk = seenAt(paris, minutes(2));
const far = { isImpossible: true, begunSecondsAgo: minutes(31) };
const justNow = { isImpossible: true, begunSecondsAgo: 1 };

test.each<[string, Place, Whereabouts[], Travel]>([
  ['nothing is known of any other session', reunion, [], 'possible'],
  ['one of several sessions is too far', paris, [desk, seenAt(reunion, hours(1))], 'impossible'],
  ['none of several is', paris, [desk, seenAt(lille, 0), seenAt(reunion, hours(10))], 'possible'],
  ['signed in twice in a second', reunion, [seenAt(paris, 31), seenAt(reunion, 1, justNow)], 'still'],
  [
    'asked again in the place that was told of, and the desk not used since',
    reunion,
    [seenAt(paris, minutes(32)), seenAt(reunion, 0, far)],
    'still',
  ],
  [
    'a square beside the place that was told of, as carriers move one',
    { latitude: -20, longitude: 55 },
    [seenAt(paris, minutes(32)), seenAt(reunion, 0, far)],
    'still',
  ],
  ['asked again there, while the desk goes on', reunion, [desk, seenAt(reunion, 0, far)], 'still'],
  [
    'there the next morning, when one can be',
    reunion,
    [seenAt(paris, hours(12)), seenAt(reunion, 0, far)],
    'possible',
  ],
  ['back at the desk', paris, [seenAt(paris, minutes(32)), seenAt(reunion, 0, far)], 'possible'],
  [
    'back at the desk, after the passkey was shown again far away',
    paris,
    [seenAt(paris, minutes(60)), seenAt(reunion, minutes(29), far), seenAt(reunion, 0, justNow)],
    'possible',
  ],
  ['back at a desk that was never used today', paris, [seenAt(reunion, 0, far)], 'possible'],
  [
    'away, back at the desk, and away again',
    reunion,
    [seenAt(paris, 0, { begunSecondsAgo: minutes(9) }), seenAt(reunion, minutes(10), far)],
    'still',
  ],
  [
    'where the account came before, and the other place was not used since',
    paris,
    [seenAt(paris, minutes(5)), seenAt(reunion, hours(2))],
    'possible',
  ],
  [
    'where the account came before, and the other place was',
    paris,
    [seenAt(paris, minutes(5)), seenAt(reunion, minutes(1))],
    'impossible',
  ],
])('%s', (_, here, others, travel) => {
  expect(judgeTravel(here, others)).toBe(travel);
  expect(judgeTravel(here, [...others].reverse())).toBe(travel);
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
      if (isImpossible(a, [seenAt(b, secondsAgo)]))
        expect(isImpossible(a, [seenAt(b, secondsAgo / 2)])).toBe(true);
      else expect(isImpossible(a, [seenAt(b, secondsAgo * 2 + 60)])).toBe(false);
    }),
  );
});
