import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { signalBits, withDepartement } from '../../ledger/index.ts';
import { placeOfBirth } from './departements.ts';

const accountsMost = 20_000;
const numbersMost = 50;
const nearOrders = 3;
/** Orders have three digits: a run's name and an order in it are one exact number. */
const orders = 1_024;
const runNames = 2 ** 42;
/** A number's order among all numbers has 46 bits: two halves of 24. */
const half = 2 ** 24;

type Remembered = {
  /** The last numbers, the newest last: run's name × 1024 + order. */
  readonly numbers: number[];
  /** The last number's order among all numbers, hidden; null before the first. */
  last: number | null;
};

/**
 * What one process remembers of the numbers that accounts ask for. With several servers each sees its own
 * part: an account that is served by two leaves half of its walk with either. No number is kept as it is: of
 * each the order and a keyed name of the rest, of the last one its order among all numbers, hidden, under
 * keys that are this process's alone and go with it. Whoever reads all of its memory reads the keys as well,
 * and every number that is asked from then on.
 */
export class RequestSignals {
  readonly #key = createSecretKey(randomBytes(32));
  readonly #rounds = new Uint32Array(randomBytes(16).buffer.slice(0, 16));
  readonly #accounts = new Map<number, Remembered>();

  /** The signals of a number that an account asks for, whether it is anybody's or not; and remembers it. */
  of(account: number, nir13: string): number {
    const remembered = this.#find(account);
    const compared = this.#compare(remembered, orderOfNumber(nir13));
    return withDepartement(compared | this.#meet(remembered, nir13), placeOfBirth(nir13));
  }

  /** Whether it stands beside one of the last numbers, in the same run; one of those itself does not. */
  #meet({ numbers }: Remembered, nir13: string): number {
    // A number that was given before somebody had a NIR tells neither month nor commune.
    if (!/^[12]/.test(nir13)) return 0;
    const order = Number(nir13.slice(10));
    const run = (this.#mac(`run|${nir13.slice(0, 10)}`) % runNames) * orders;
    const number = run + order;
    let isNear = false;
    for (const each of numbers) {
      if (each === number) return 0;
      const away = each - number;
      // Two runs are 1024 apart or more: three orders before 1 are no orders of another run.
      if (away >= -nearOrders && away <= nearOrders) isNear = true;
    }
    numbers.push(number);
    if (numbers.length > numbersMost) numbers.shift();
    return isNear ? signalBits.sameRun : 0;
  }

  /** How it compares with the last number; the same again is compared with nothing, and changes nothing. */
  #compare(remembered: Remembered, order: number): number {
    const last = remembered.last === null ? null : this.#show(remembered.last);
    if (last === order) return 0;
    remembered.last = this.#hide(order);
    if (last === null) return 0;
    return signalBits.hasPrevious | (order > last ? signalBits.ascending : 0);
  }

  #find(account: number): Remembered {
    const known = this.#accounts.get(account);
    const remembered = known ?? { numbers: [], last: null };
    // The account that asked longest ago stands first, and is the one forgotten.
    if (known !== undefined) this.#accounts.delete(account);
    else if (this.#accounts.size >= accountsMost) this.#accounts.delete(firstOf(this.#accounts));
    this.#accounts.set(account, remembered);
    return remembered;
  }

  #mac(text: string): number {
    return createHmac('sha256', this.#key).update(text).digest().readUIntBE(0, 6);
  }

  // Four rounds of a Feistel network: nanoseconds, where a cipher of the library takes as long as the rest.
  #hide(order: number): number {
    let [left, right] = [Math.floor(order / half), order % half];
    for (const key of this.#rounds) [left, right] = [right, left ^ mixed(right, key)];
    return left * half + right;
  }

  #show(hidden: number): number {
    let [left, right] = [Math.floor(hidden / half), hidden % half];
    for (let round = this.#rounds.length - 1; round >= 0; round -= 1) {
      [left, right] = [right ^ mixed(left, this.#rounds[round] ?? 0), left];
    }
    return left * half + right;
  }
}

function mixed(value: number, key: number): number {
  const product = Math.imul(value ^ key, 0x9e3779b1);
  return (product ^ (product >>> 15)) >>> 8;
}

/** A number's place among all numbers: Corsica's 2A and 2B stand between 20 and 21. */
export function orderOfNumber(nir13: string): number {
  const letter = nir13[6];
  if (letter !== 'A' && letter !== 'B') return Number(nir13) * 4;
  return Number(`${nir13.slice(0, 6)}0${nir13.slice(7)}`) * 4 + (letter === 'A' ? 1 : 2);
}

function firstOf(accounts: ReadonlyMap<number, unknown>): number {
  return accounts.keys().next().value ?? 0;
}
