import { expect, test } from 'vitest';
import { chance } from './chance.ts';
import { EvidenceCounts } from './e-bh.ts';
import { alternatives, bitsOf, meanOf, observe } from './e-detector.ts';

/**
 * The guarantee for all accounts, attacked: whenever one looks, the expected share of wrong suspensions is
 * at most 0.1 for each lookup that one waited (Dandapanthula and Ramdas, arXiv 2501.04130). Every account
 * looks up once a round, so that rounds are the patience.
 */
const errorMost = 0.1;
const accounts = 200;
const rounds = 120;
const runs = 50;
const nullRate = 0.2;
const stolenRate = 0.8;

/** Who is suspended after a round, by the evidence of each in bits. */
type Rule = (bits: readonly number[]) => boolean[];

const byEBh: Rule = (bits) => {
  const counts = new EvidenceCounts();
  for (const each of bits) counts.move(0, each);
  return bits.map((each) => counts.maySuspend(each, accounts));
};
/** What would do for one account, were it alone: evidence of 1 / 0.1. */
const asForOne: Rule = (bits) => bits.map((each) => each >= Math.log2(1 / errorMost));

/** Who is stolen, and whether all see the same at once: the most that they can depend on each other. */
type World = { readonly stolen: number; readonly isShared: boolean };

/** After each round of a run: of the suspended, the share that was wrong. */
function wrongShares({ stolen, isShared }: World, rule: Rule, seed: number): number[] {
  const random = chance(seed);
  const states = Array.from({ length: accounts }, () => new Float64Array(alternatives));
  return Array.from({ length: rounds }, () => {
    const shared = random();
    states.forEach((numbers, account) => {
      const draw = isShared ? shared : random();
      observe({ numbers }, 0, draw < (account < stolen ? stolenRate : nullRate), nullRate);
    });
    const suspended = rule(states.map((numbers) => bitsOf(meanOf(numbers, 0, 1))));
    const wrong = suspended.filter((is, account) => is && account >= stolen).length;
    return wrong / Math.max(1, suspended.filter((is) => is).length);
  });
}

/** The worst that somebody finds who looks after a fixed number of rounds, or when it looks worst. */
function errorOverPatience(world: World, rule: Rule): number {
  const played = Array.from({ length: runs }, (_, run) => wrongShares(world, rule, run + 1));
  const mean = (of: (shares: readonly number[]) => number) =>
    played.reduce((sum, shares) => sum + of(shares), 0) / runs;
  const fixed = Array.from(
    { length: rounds },
    (_, round) => mean((shares) => shares[round] ?? 0) / (round + 1),
  );
  // Who waits until so large a share is wrong, and no longer than the run: a time that the past decides.
  const waiting = [0.01, 0.1, 0.3, 0.5, 0.9].map((share) => {
    const place = (shares: readonly number[]) => {
      const first = shares.findIndex((each) => each >= share);
      return first < 0 ? rounds - 1 : first;
    };
    return mean((shares) => shares[place(shares)] ?? 0) / mean((shares) => place(shares) + 1);
  });
  return Math.max(...fixed, ...waiting);
}

const worlds: readonly (readonly [says: string, world: World])[] = [
  ['nobody is stolen', { stolen: 0, isShared: false }],
  ['five are stolen', { stolen: 5, isShared: false }],
  ['forty are stolen', { stolen: 40, isShared: false }],
  ['nobody is stolen, and all see the same at once', { stolen: 0, isShared: true }],
  ['five are stolen, and all see the same at once', { stolen: 5, isShared: true }],
];

test.each(worlds)('%s: by e-BH the error over patience is at most a tenth', (_, world) => {
  expect(errorOverPatience(world, byEBh)).toBeLessThanOrEqual(errorMost);
});

test.each(worlds.slice(0, 2))('%s: by what would do for one account it is more', (_, world) => {
  expect(errorOverPatience(world, asForOne)).toBeGreaterThan(3 * errorMost);
});

test('it bounds no share: with nobody stolen, whoever waits sees suspensions, all of them wrong', () => {
  const [, world] = worlds[0] as (typeof worlds)[0];
  const ends = Array.from({ length: 20 }, (_, run) => Math.max(...wrongShares(world, byEBh, run + 1)));
  expect(ends.filter((share) => share === 1).length).toBeGreaterThan(15);
});
