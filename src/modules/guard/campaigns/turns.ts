import type { LinkedAccount } from './linked-account.ts';

type Draws = LinkedAccount['draws'];

/**
 * How unlikely it is, in bits, that two accounts take turns so neatly: Wald and Wolfowitz's test of runs,
 * on the order in which the two drew their last strangers. One robot that shares a list out among accounts
 * takes them in turn and never asks for the same person twice. It holds for accounts that do not know of
 * each other; two that are both as regular as clocks may take turns by chance, which is why it is one family
 * among two at least. Entries hold no number of a person, so ranges of numbers cannot be compared: whom they
 * drew can, and one person in both lists says that nobody shared them out.
 */
export function turnBits(one: Draws, other: Draws): number {
  if (one.length < 2 || other.length < 2) return 0;
  const people = new Set(one.map(({ person }) => person));
  if (other.some(({ person }) => people.has(person))) return 0;
  const order = [
    ...one.map(({ at }) => ({ at, isOne: true })),
    ...other.map(({ at }) => ({ at, isOne: false })),
  ].sort((a, b) => a.at - b.at || Number(b.isOne) - Number(a.isOne));
  const runs = order.filter(({ isOne }, place) => isOne !== order[place - 1]?.isOne).length;
  return -Math.log2(chanceOfRuns(one.length, other.length, runs));
}

/** The chance of so many runs or more, when every order of the two is as likely. */
function chanceOfRuns(one: number, other: number, runs: number): number {
  let chance = 0;
  for (let each = runs; each <= one + other; each += 1) {
    const half = Math.floor(each / 2);
    chance +=
      each % 2 === 0
        ? 2 * choose(one - 1, half - 1) * choose(other - 1, half - 1)
        : choose(one - 1, half) * choose(other - 1, half - 1) +
          choose(one - 1, half - 1) * choose(other - 1, half);
  }
  return chance / choose(one + other, one);
}

function choose(from: number, some: number): number {
  if (some < 0 || some > from) return 0;
  let ways = 1;
  for (let each = 1; each <= some; each += 1) ways = (ways * (from - some + each)) / each;
  return Math.round(ways);
}
