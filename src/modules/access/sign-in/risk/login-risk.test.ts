import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Feature, riskBits, type Seen, unusualBits } from './login-risk.ts';

const country: Omit<Seen, 'times'> = { of: 5000, kinds: 3000 };
const feature = (own: Seen, times = 3): Feature => ({ own, everybody: { ...country, times } });
const office = feature({ of: 100, times: 95, kinds: 2 });
const elsewhere = feature({ of: 100, times: 0, kinds: 2 }, 0);

test.each([
  ['an account that never signed in', [feature({ of: 0, times: 0, kinds: 0 })], 0, 0],
  ['the usual office and browser', [office, office], -25, -5],
  ['the usual browser from a new network', [elsewhere, office], -8, 0],
  ['a new network and a new browser', [elsewhere, elsewhere], unusualBits, 12],
  ['both new after five sign-ins', Array(2).fill(feature({ of: 5, times: 0, kinds: 1 }, 0)), 2, unusualBits],
  ['a locum who moves every week, at one more place', [feature({ of: 50, times: 0, kinds: 40 }, 0)], 0, 2],
])('%s', (_what, features, least, most) => {
  const bits = riskBits(features as Feature[]);
  expect(bits).toBeGreaterThanOrEqual(least);
  expect(bits).toBeLessThanOrEqual(most);
});

const seen = fc
  .record({ of: fc.integer({ min: 1, max: 500 }), kinds: fc.integer({ min: 1, max: 500 }) })
  .map(({ of, kinds }) => ({ of, kinds: Math.min(of, kinds), times: 0 }));

test('what is new is more unusual the longer an account was regular, and never speaks for it', () => {
  fc.assert(
    fc.property(seen, seen, (own, everybody) => {
      const bits = riskBits([{ own, everybody }]);
      const longer = riskBits([{ own: { ...own, of: own.of + 1 }, everybody }]);
      expect(bits).toBeGreaterThanOrEqual(0);
      expect(longer).toBeGreaterThan(bits);
    }),
  );
});
