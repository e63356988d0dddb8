import type { SaidHashes } from '../said/said.ts';
import { type SealedPerson, subjectText } from '../sealed-person.ts';

/** Many byte strings as one, which goes to another thread without a copy. */
export type Packed = {
  readonly bytes: Uint8Array;
  readonly lengths: Uint32Array;
  readonly counts: Uint8Array;
};

/** Lists of byte strings as one; each list is short. */
export function pack(lists: readonly (readonly Uint8Array[])[]): Packed {
  let total = 0;
  let many = 0;
  for (const list of lists) {
    many += list.length;
    for (const each of list) total += each.length;
  }
  const packed = {
    bytes: new Uint8Array(total),
    lengths: new Uint32Array(many),
    counts: new Uint8Array(lists.length),
  };
  let [at, place] = [0, 0];
  lists.forEach((list, index) => {
    packed.counts[index] = list.length;
    for (const each of list) {
      packed.bytes.set(each, at);
      packed.lengths[place] = each.length;
      at += each.length;
      place += 1;
    }
  });
  return packed;
}

/** The lists again, as views of the same bytes. */
export function unpack({ bytes, lengths, counts }: Packed): Buffer[][] {
  let [at, place] = [0, 0];
  return Array.from(counts, (count) => {
    const list: Buffer[] = [];
    for (; list.length < count; place += 1) {
      const length = lengths[place] ?? 0;
      list.push(Buffer.from(bytes.buffer, bytes.byteOffset + at, length));
      at += length;
    }
    return list;
  });
}

/** Hashes on their way back from the thread. */
export function packHashes(hashes: readonly SaidHashes[]): Packed {
  return pack(hashes.map(({ digest, link, lookupKeys }) => [digest, link, ...lookupKeys]));
}

/** Hashes as they were packed. */
export function unpackHashes(packed: Packed): readonly SaidHashes[] {
  return unpack(packed).map(([digest, link, ...lookupKeys]) => {
    if (digest === undefined || link === undefined) throw new Error('hashes were lost between threads');
    return { digest, link, lookupKeys };
  });
}

/** Sealed people, each with one insurer's record, on their way back from the thread. */
export function packSealed(people: readonly SealedPerson[]): Packed {
  return pack(
    people.map(({ id, presenceKey, lookupKeys, insurers: [record] }) => {
      if (record === undefined) throw new Error('a new person has a record');
      return [id, presenceKey, record.wrapped, record.ciphertext, ...lookupKeys];
    }),
  );
}

/** Sealed people as they were packed; what all have in common did not travel. */
export function unpackSealed(
  packed: Packed,
  of: { insurer: number; generations: SealedPerson['generations'] },
): readonly SealedPerson[] {
  const { insurer, generations } = of;
  return unpack(packed).map(([id, presenceKey, wrapped, ciphertext, ...lookupKeys]) => {
    if (!id || !presenceKey || !wrapped || !ciphertext) throw new Error('a person was lost between threads');
    const insurers = [{ insurer, wrapped, ciphertext }];
    return { id, subject: subjectText(id), presenceKey, lookupKeys, generations, insurers };
  });
}
