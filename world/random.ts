/** A small seeded generator (sfc32): the same seed and path give the same numbers on every machine. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `path` separates streams: one for each household, so that a world of any size begins the same way. */
  constructor(seed: number, ...path: readonly number[]) {
    let state = mix(seed >>> 0);
    for (const step of path) state = mix((state ^ Math.imul(step, 0x9e3779b1)) >>> 0);
    this.#a = state;
    this.#b = mix(state + 1);
    this.#c = mix(state + 2);
    for (let round = 0; round < 8; round += 1) this.#next();
  }

  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number {
    return Math.floor((this.#next() / 4294967296) * limit);
  }

  /** A whole number between two, both included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  /** True with a probability. */
  chance(probability: number): boolean {
    return this.#next() < probability * 4294967296;
  }

  /** One of a list, all alike. */
  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }
}

/** Repeats each value as often as its weight says, so that picking one takes one step. */
export function spread<T>(list: readonly (readonly [number, T])[]): readonly T[] {
  return list.flatMap(([weight, value]) => Array.from({ length: weight }, () => value));
}

/** Scrambles a number into another of 32 bits; each has exactly one image. */
export function mix(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
