const markLength = 16;

/** The marks of honey persons, in memory: sorted bytes, searched by halves in about a microsecond. */
export class HoneyBook {
  #marks: Buffer = Buffer.alloc(0);

  /** Whether a number's name is a honey person's. */
  has(nirKey: Buffer): boolean {
    const marks = this.#marks;
    let low = 0;
    let high = marks.length / markLength;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = middle * markLength;
      const order = marks.compare(nirKey, 0, markLength, at, at + markLength);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }

  /** How many there are. */
  get size(): number {
    return this.#marks.length / markLength;
  }

  /** Takes other marks: 16 bytes each, in their order, one after the other. */
  take(sorted: Buffer): void {
    this.#marks = sorted;
  }
}
