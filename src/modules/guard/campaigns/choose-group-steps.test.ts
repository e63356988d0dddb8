import { expect, test } from 'vitest';
import { detectors } from '../detectors/detectors.ts';
import { chooseGroupSteps } from './choose-group-steps.ts';
import { type Group, newGroup } from './group.ts';
import { type LinkedAccount, newAccount } from './linked-account.ts';

const at = Date.UTC(2026, 2, 2, 8) * 1000;
/** Twenty people of ten lookups a day each; a restriction of the group takes some 24 bits. */
const group = (some: Partial<Group> = {}): Group => {
  return { ...newGroup({ key: '0/1', foundedAt: at, turn: 1 }), dailyLookups: 200, ...some };
};
const member = (some: Partial<LinkedAccount> = {}): LinkedAccount => {
  return { ...newAccount(7, 3), lane: 0, seq: 9, at, people: 9, ...some };
};
const even = (bits: number) => detectors.map(() => bits);

type Asked = { group: Group; member: LinkedAccount; bits: number; shadowDetectors?: readonly number[] };
const choose = ({ group, member, bits, shadowDetectors = [] }: Asked) =>
  chooseGroupSteps({
    ...{ group, member, at, detectors, evidence: { bits, own: even(bits) }, own: even(member.bits) },
    ...{ profile: { dailyLookups: 10 }, standing: 0, shadow: 0 },
    settings: { isShadow: false, shadowDetectors },
  }).map(({ step }) => step);
const [restricted, nothing] = [[{ to: 2, isShadow: false }], []];

test.each([
  ['no step ended', undefined, 25, restricted],
  ['its own step ended, and the group’s evidence is as it was', { level: 2, own: 5, group: 25 }, 25, nothing],
  ['it is eight times as much', { level: 2, own: 5, group: 25 }, 28, restricted],
  ['a challenge ended, and the group asks for more', { level: 1, own: 5, group: 22 }, 24, restricted],
  ['a step of its own ended, when the group was quiet', { level: 2, own: 17, group: 3 }, 25, restricted],
] as const)('a group that asks for a restriction: %s', (_says, ended, bits, steps) => {
  const of = member(ended === undefined ? {} : { ended });
  expect(choose({ group: group({ level: 2 }), member: of, bits })).toEqual(steps);
});

test('a person’s word lowers the bar also for whom a step ended', () => {
  const of = member({ bits: 13, ended: { level: 1, own: 13, group: 0 } });
  expect(choose({ group: group(), member: of, bits: 0 })).toEqual(nothing);
  expect(choose({ group: group({ isConfirmed: true }), member: of, bits: 0 })).toEqual(restricted);
});

test.each([
  ['one that says little', detectors.filter(({ name }) => name === 'hours'), restricted],
  ['all of them', detectors, [{ to: 2, isShadow: true }]],
] as const)('a lowered bar holds while %s only watches', (_says, watching, steps) => {
  const shadowDetectors = watching.map(({ number }) => number);
  const of = member({ bits: 12 });
  const asked = { group: group({ isConfirmed: true }), member: of, bits: 0, shadowDetectors };
  expect(choose(asked)).toEqual(steps);
});
