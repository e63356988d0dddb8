/** A set of row numbers, a bit each: a country's accounts take 200 kB, where a Set would take 100 MB. */
export class SeenNumbers {
  #bits = new Uint8Array(4096);

  has(number: number): boolean {
    return ((this.#bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }

  add(number: number): void {
    const place = number >> 3;
    if (place >= this.#bits.length) {
      const longer = new Uint8Array(Math.max(place + 1, this.#bits.length * 2));
      longer.set(this.#bits);
      this.#bits = longer;
    }
    this.#bits[place] = (this.#bits[place] ?? 0) | (1 << (number & 7));
  }
}
