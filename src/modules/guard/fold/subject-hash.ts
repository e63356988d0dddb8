/** Eight bytes of a subject, in two words; the words of the last one asked. Mixing as in MurmurHash3. */
export class SubjectHash {
  low = 0;
  high = 0;

  of(subject: string): void {
    let low = 0x9e3779b9;
    let high = 0x85ebca6b;
    for (let index = 0; index < subject.length; index += 1) {
      const code = subject.charCodeAt(index);
      low = Math.imul(low ^ code, 0xcc9e2d51);
      high = Math.imul(high ^ code, 0x1b873593);
      low ^= low >>> 15;
      high ^= high >>> 13;
    }
    this.low = mixed(low ^ (high >>> 11)) || 1;
    this.high = mixed(high ^ (low >>> 7));
  }
}

function mixed(word: number): number {
  let mixing = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixing = Math.imul(mixing ^ (mixing >>> 13), 0xc2b2ae35);
  return (mixing ^ (mixing >>> 16)) >>> 0;
}
