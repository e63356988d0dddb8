import { expect, test } from 'vitest';
import { chance } from '../fold/chance.ts';
import { alternatives, meanOf, observe } from '../fold/e-detector.ts';
import { accountDays } from '../fold/thresholds.ts';
import { absorb, confirmedBits, groupShare, judgedLookups, judgeGroup, newGroup } from './group.ts';

const rate = 0.2;
const accounts = 60;
const size = 10;

type Account = { readonly numbers: Float64Array };

/**
 * Honest accounts, each with its own e-detector; after every `regroup` lookups of all, whoever wishes us ill
 * puts those with the most evidence of their own into one group, in front of which it stands at nothing.
 */
function playGrouped(seed: number, threshold: number, lookups: number, regroup: number) {
  const random = chance(seed);
  const all: Account[] = Array.from({ length: accounts }, () => ({
    numbers: new Float64Array(alternatives),
  }));
  const own = ({ numbers }: Account) => meanOf(numbers, 0, 1);
  const group = new Float64Array(alternatives);
  let members = new Set<Account>();
  const counted = { alarms: 0, grouped: 0, productAlarms: 0 };
  for (let each = 0; each < lookups; each += 1) {
    if (each % regroup === 0) {
      members = new Set([...all].sort((one, other) => own(other) - own(one)).slice(0, size));
      group.fill(0);
    }
    const by = all[Math.floor(random() * accounts)] as Account;
    const isMember = members.has(by);
    observe(isMember ? { ...by, group } : by, 0, random() < rate, rate);
    if (!isMember) continue;
    counted.grouped += 1;
    const product = [...members].reduce((bits, member) => bits + Math.max(0, Math.log2(own(member))), 0);
    if (product >= Math.log2(threshold)) counted.productAlarms += 1;
    if (meanOf(group, 0, 1) < threshold) continue;
    counted.alarms += 1;
    group.fill(0);
  }
  return counted;
}

test('at usual work a group alarms no more often than promised, whoever chose its members', () => {
  const threshold = 300;
  for (const seed of [1, 2, 3]) {
    const { alarms, grouped, productAlarms } = playGrouped(seed, threshold, 120_000, 3_000);
    expect(grouped).toBeGreaterThan(10_000);
    expect(alarms * threshold).toBeLessThanOrEqual(grouped);
    // What the members had before they were linked, added up, keeps no promise: it alarms all the time.
    expect(productAlarms * threshold).toBeGreaterThan(20 * grouped);
  }
});

test('a group is judged as one account that makes ten times the lookups of its members', () => {
  const group = newGroup({ key: '0/1', foundedAt: 0, turn: 1 });
  group.dailyLookups = 190;
  const bar = Math.log2(190 * groupShare * accountDays.challenge);
  // Every detector as sure as this: so is their average.
  group.tracks.fill(2 ** (bar - 0.01));
  expect([judgeGroup(group).bits, group.level]).toEqual([expect.closeTo(bar - 0.01, 6), 0]);
  group.tracks.fill(2 ** (bar + 0.01));
  judgeGroup(group);
  expect(group.level).toBe(1);
  group.tracks.fill(2 ** 45);
  judgeGroup(group);
  // A suspension is asked of nobody because of others.
  expect(group.level).toBe(2);
  group.isConfirmed = true;
  expect(Math.log2(190 * groupShare) - Math.log2(judgedLookups(group))).toBeCloseTo(confirmedBits, 9);
});

test('two groups that turn out to be one keep the evidence of both', () => {
  const [one, other] = [1, 2].map((turn) => newGroup({ key: `0/${turn}`, foundedAt: 0, turn }));
  if (one === undefined || other === undefined) throw new Error('no groups');
  Object.assign(one, { members: [1, 2], dailyLookups: 20 });
  Object.assign(other, { members: [3, 4], dailyLookups: 30, isConfirmed: true });
  one.tracks.fill(100);
  other.tracks.fill(28);
  absorb(one, other);
  expect(one).toMatchObject({ members: [1, 2, 3, 4], dailyLookups: 50, isConfirmed: true });
  expect(judgeGroup(one).bits).toBeCloseTo(7, 9);
});
