import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Linked, layOut } from './link-layout.ts';

const size = { ring: 100, spot: 40 };
const link = (one: number, other: number, weight = 10): Linked => ({ one, other, weight });
const rounded = (accounts: number[], links: Linked[]) =>
  [...layOut(accounts, links, size).spots.values()].map(({ account, x, y }) => [
    account,
    Math.round(x) + 0,
    Math.round(y) + 0,
  ]);

describe('accounts of a campaign', () => {
  test('two stand side by side', () => {
    expect(rounded([7, 9], [link(7, 9)])).toEqual([
      [7, 0, 0],
      [9, -100, 0],
    ]);
  });
  test('of whom all are alike, all are around the first', () => {
    const { holding, others } = layOut(
      [1, 2, 3, 4],
      [link(1, 2), link(1, 3), link(1, 4), link(2, 3), link(3, 4)],
      size,
    );
    expect(holding.map(({ one, other }) => [one, other])).toEqual([
      [1, 2],
      [1, 3],
      [1, 4],
    ]);
    expect(others).toHaveLength(2);
  });
  test('the strongest link holds, and not one that goes around it', () => {
    const { holding } = layOut([1, 2, 3], [link(1, 2, 20), link(1, 3, 5), link(2, 3, 30)], size);
    expect(holding.map(({ weight }) => weight)).toEqual([20, 30]);
  });
  test('whom no link reaches has a place too', () => {
    expect(layOut([1, 2, 3], [link(1, 2)], size).spots.size).toBe(3);
  });
});

test('every account has a place, far enough from every other, whatever links them', () => {
  const campaign = fc.integer({ min: 2, max: 60 }).chain((count) =>
    fc.record({
      accounts: fc.constant(Array.from({ length: count }, (_, place) => place + 1)),
      links: fc.array(
        fc.record({
          one: fc.integer({ min: 1, max: count }),
          other: fc.integer({ min: 1, max: count }),
          weight: fc.integer({ min: 1, max: 40 }),
        }),
        { maxLength: 200 },
      ),
    }),
  );
  fc.assert(
    fc.property(campaign, ({ accounts, links }) => {
      const { spots, holding } = layOut(accounts, links, size);
      const placed = [...spots.values()];
      expect(placed.map(({ account }) => account).sort((a, b) => a - b)).toEqual(accounts);
      expect(holding.length).toBeLessThan(accounts.length);
      const gaps = placed.flatMap((a, order) =>
        placed.slice(order + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)),
      );
      expect(Math.min(...gaps)).toBeGreaterThan(size.spot * 0.9);
    }),
    { numRuns: 100 },
  );
});
