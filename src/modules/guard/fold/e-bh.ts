import { bitsOf, evidenceMax } from './e-detector.ts';

/** Of all automatic suspensions, the share that may be wrong, per unit of patience (docs/guard.md). */
const wrongShareMax = 0.1;

/** Evidence is counted in sixteenths of a bit, rounded down: lower is always valid. */
const placesOfBit = 16;
const placeCount = placesOfBit * bitsOf(evidenceMax) + 1;
/** No k is above K: what is below K / (αK) = 1/α is never chosen, nor counted. Nine accounts in ten are. */
const placeLeast = Math.floor(-Math.log2(wrongShareMax) * placesOfBit);

/**
 * How many accounts have how much evidence: all that e-BH asks. The k highest may be suspended without a
 * person, k being the greatest number such that the k-th highest e-detector is at least K / (αk), with K
 * all monitored accounts, also those that are not counted here. Counted and not sorted: with 300,000
 * accounts, one in ten of them above ten to one, a question takes 4 µs; going through all of them took 50 ms.
 * An account alone is asked for more than its own threshold only where K is above 10,000 times its lookups
 * of a day: docs/guard.md has the table.
 */
export class EvidenceCounts {
  private readonly counts = new Uint32Array(placeCount);

  /** An account's evidence changed; in bits, 0 when it had none. */
  move(before: number, after: number): void {
    const [from, to] = [placeOf(before), placeOf(after)];
    if (from === to) return;
    if (from >= placeLeast) this.counts[from] = (this.counts[from] as number) - 1;
    if (to >= placeLeast) this.counts[to] = (this.counts[to] as number) + 1;
  }

  /** Whether an account that is counted with so many bits is among those that may be suspended. */
  maySuspend(bits: number, monitored: number): boolean {
    const asked = Math.log2(monitored / wrongShareMax);
    const own = placeOf(bits);
    let high = 0;
    for (let place = placeCount - 1; place >= placeLeast; place -= 1) {
      high += this.counts[place] as number;
      if (place <= own && place / placesOfBit >= asked - Math.log2(high)) return true;
    }
    return false;
  }
}

function placeOf(bits: number): number {
  return Math.floor(bits * placesOfBit);
}
