import { expect, test } from 'vitest';
import { type Attack, attacks } from '../../world/guard/attacks.ts';
import type { Loss } from '../../world/guard/play-attack.ts';
import { figuresOf } from './asked-figures.ts';
import type { Outcome } from './stolen-days.ts';

const honest = { steps: [0, 0, 0, 0] as [number, number, number, number], accountDays: 100_000 };
const contained: Loss = {
  ...{ account: 1, people: 5, peopleBefore: 5, secondsTo: 4 },
  secondsAfterTenth: undefined,
};
/** A guard that never acts: the thief got what the allowance gave, and no time can be told. */
const free: Loss = { ...contained, peopleBefore: undefined, secondsTo: undefined };

/** Every attack as it came out: under the guard as said of each, forty people an account without it. */
function played(lossOf: (attack: Attack) => Loss): Outcome[] {
  return attacks.flatMap((attack) =>
    attack.accounts.flatMap((size) =>
      ['allowance alone', 'guard'].map((compared): Outcome => {
        const loss = compared === 'guard' ? lossOf(attack) : { ...contained, people: 40 };
        const losses = Array.from({ length: size }, (_, place) => ({ ...loss, account: place + 1 }));
        return { attack, size, compared, losses, totals: [size * loss.people] };
      }),
    ),
  );
}

const missed = (outcomes: readonly Outcome[]) =>
  figuresOf(outcomes, honest, 300_000)
    .filter(({ met }) => !met)
    .map(({ name }) => name);

test('accounts contained after five people meet every figure', () => {
  expect(missed(played(() => contained))).toEqual([]);
});

test('accounts that are never contained miss the time after the tenth person, few as they may lose', () => {
  expect(missed(played(() => free))).toEqual([
    'attack of 10/s, contained after the tenth person, p95',
    expect.stringMatching(/^fast attack, contained after the tenth, p95 of the worst of 11/),
  ]);
});

test('when one account in ten is never contained, that is the figure', () => {
  const outcomes = played(() => contained).map((each) => ({
    ...each,
    losses: each.losses.map((loss, place) => (place % 10 === 0 ? free : loss)),
  }));
  expect(missed(outcomes)).toHaveLength(2);
});

test.each(attacks.map((attack) => [attack.name, attack] as const))(
  '%s: no attack is left out, what it takes is in a figure that names it',
  (name, attack) => {
    const names = missed(played((each) => (each === attack ? { ...contained, people: 500 } : contained)));
    expect(names.filter((each) => each.includes(`(${name})`)).length).toBeGreaterThan(0);
    expect(names.some((each) => each.includes('in total'))).toBe(attack.accounts.includes(19));
  },
);

test('what was not played is missed', () => {
  expect(missed([]).length).toBe(8);
});
