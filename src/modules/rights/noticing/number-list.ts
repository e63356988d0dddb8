/** Above every number of thirteen digits; added once for 2A and twice for 2B, which are written as 20. */
const corsican = 1e13;
const grownBy = 2;
/** Counted from the end, where the A or B of Corsica stands. */
const letterAt = 6;

/** Numbers of thirteen characters, eight bytes each: a country's fit in memory. */
export class NumberList {
  #codes = new Float64Array(1_024);
  #size = 0;

  /** Adds a number; what is no NIR is left out, since nobody walks through those by commune and month. */
  add(nir13: string): void {
    const code = codeOf(nir13);
    if (code === null) return;
    if (this.#size === this.#codes.length) {
      const grown = new Float64Array(this.#size * grownBy);
      grown.set(this.#codes);
      this.#codes = grown;
    }
    this.#codes[this.#size] = code;
    this.#size += 1;
  }

  /** The numbers in their order. */
  sorted(): SortedNumbers {
    return new SortedNumbers(this.#codes.slice(0, this.#size).sort());
  }
}

/** Numbers in their order: runs of one sex, month and commune stand together. */
export class SortedNumbers {
  readonly codes: Float64Array;

  constructor(codes: Float64Array) {
    this.codes = codes;
  }

  has(nir13: string): boolean {
    const code = codeOf(nir13);
    return code !== null && this.#hasCode(code);
  }

  /** Whether a number could be typed for this one by mistake: one character, or two that change places. */
  hasNear(nir13: string): boolean {
    const code = codeOf(nir13);
    if (code === null) return false;
    const letter = Math.floor(code / corsican);
    const digits = code % corsican;
    // From the end: numbers of the same run are the likeliest.
    for (let at = 0, weight = 1; at < 13; at += 1, weight *= 10) {
      const own = digitAt(digits, weight);
      if (at === letterAt) {
        for (let other = 0; other < 12; other += 1) {
          const added = other < 10 ? (other - own) * weight : (other - 9) * corsican - own * weight;
          if (digits + added !== code && this.#hasCode(digits + added)) return true;
        }
      } else {
        for (let other = 0; other < 10; other += 1)
          if (other !== own && this.#hasCode(code + (other - own) * weight)) return true;
      }
      const before = digitAt(digits, weight * 10);
      const isLetter = letter > 0 && (at === letterAt || at === letterAt - 1);
      const swapped = code + (before - own) * weight + (own - before) * weight * 10;
      if (at < 12 && before !== own && !isLetter && this.#hasCode(swapped)) return true;
    }
    return false;
  }

  #hasCode(code: number): boolean {
    let low = 0;
    let high = this.codes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.codes[middle] ?? 0;
      if (found === code) return true;
      if (found < code) low = middle + 1;
      else high = middle;
    }
    return false;
  }
}

/** A run as text, from what stands before the order in a number's code. */
export function runText(run: number): string {
  const letter = Math.floor(run / (corsican / 1_000));
  const digits = String(run % (corsican / 1_000)).padStart(10, '0');
  return letter === 0 ? digits : `${digits.slice(0, 6)}${letter === 1 ? 'A' : 'B'}${digits.slice(7)}`;
}

function digitAt(digits: number, weight: number): number {
  return Math.floor(digits / weight) % 10;
}

function codeOf(nir13: string): number | null {
  if (/^[12]\d{12}$/.test(nir13)) return Number(nir13);
  if (!/^[12]\d{4}2[AB]\d{6}$/.test(nir13)) return null;
  const letter = nir13[6] === 'A' ? 1 : 2;
  return Number(`${nir13.slice(0, 6)}0${nir13.slice(7)}`) + letter * corsican;
}
