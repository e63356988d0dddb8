/** The people that one file listed, by dense number: a bit each, 4 MB for 33 million. */
export class SeenPeople {
  readonly #newFrom: number;
  #bits = new Uint8Array(4096);

  /** Numbers above `lastNumber` were given while the file was being read: the file listed those it knows. */
  constructor(lastNumber: number) {
    this.#newFrom = lastNumber + 1;
  }

  add(number: number): void {
    const place = number >>> 3;
    if (place >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(place + 1, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[place] = (this.#bits[place] ?? 0) | (1 << (number & 7));
  }

  has(number: number): boolean {
    return number >= this.#newFrom || ((this.#bits[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }
}
