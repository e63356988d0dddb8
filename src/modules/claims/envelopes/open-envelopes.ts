import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Keys } from '../../vault/index.ts';
import { openCare, sealCare } from '../sealed-care.ts';
import type { Envelopes, Taken, Use } from './envelope.ts';
import { lockEnvelopes, makeEnvelopes, readEnvelopes, writeEnvelopes } from './store.ts';

/** Whose envelopes: a person and households, by their keyed names in hexadecimal. */
export type Whose = { readonly person: string; readonly households: readonly string[] };

/** Names whose envelopes care takes from. */
export function whoseOf(keys: Keys, subject: string, households: readonly string[]): Whose {
  return { person: keys.mac('claim-mark', `person|${subject}`).toString('hex'), households };
}

/** Reads the envelopes of one person without locking them. */
export async function readEnvelopesOf(db: Database, keys: Keys, whose: Whose): Promise<Envelopes> {
  const book = new Book(keys, await readEnvelopes(db, marksOf([whose])));
  return book.of(whose);
}

/** Envelopes that a transaction holds: what is taken and given back is written once, at its end. */
export class LockedEnvelopes {
  readonly #tx: Transaction;
  readonly #book: Book;

  private constructor(tx: Transaction, book: Book) {
    this.#tx = tx;
    this.#book = book;
  }

  /** Makes the rows that are missing. Call it before any is locked. */
  static async prepare(db: Database | Transaction, everybody: readonly Whose[]): Promise<void> {
    await makeEnvelopes(db, marksOf(everybody));
  }

  /** Locks them; whoever decides about the same people waits for this transaction. */
  static async lock(tx: Transaction, keys: Keys, everybody: readonly Whose[]): Promise<LockedEnvelopes> {
    return new LockedEnvelopes(tx, new Book(keys, await lockEnvelopes(tx, marksOf(everybody))));
  }

  of(whose: Whose): Envelopes {
    return this.#book.of(whose);
  }

  /** Takes for a claim or an engagement. */
  take(whose: Whose, taken: Taken): void {
    this.#book.change(whose.person, (uses) => [...uses, ...taken.person]);
    for (const [household, own] of taken.households) {
      this.#book.change(household, (uses) => [...uses, ...own]);
    }
  }

  /** Gives back everything that one claim or engagement took. */
  giveBack(whose: Whose, by: string): void {
    this.#changeAll(whose, (uses) => uses.filter((use) => use.by !== by));
  }

  /** What one took is held by another from now on. */
  handOver(whose: Whose, from: string, to: Required<Pick<Use, 'by' | 'until'>>): void {
    this.#changeAll(whose, (uses) => uses.map((use) => (use.by === from ? { ...use, ...to } : use)));
  }

  #changeAll({ person, households }: Whose, how: (uses: readonly Use[]) => readonly Use[]): void {
    for (const mark of [person, ...households]) this.#book.change(mark, how);
  }

  /** Writes what changed. */
  async write(): Promise<void> {
    await writeEnvelopes(this.#tx, this.#book.changed());
  }
}

/** Opened envelopes by their marks. */
class Book {
  readonly #keys: Keys;
  readonly #uses = new Map<string, readonly Use[]>();
  readonly #changed = new Set<string>();

  constructor(keys: Keys, rows: readonly { mark: Buffer; sealed: Buffer | null }[]) {
    this.#keys = keys;
    for (const { mark, sealed } of rows) {
      const id = mark.toString('hex');
      const uses = sealed === null ? [] : openCare<Use[]>(keys, sealed, { what: 'envelope', id });
      this.#uses.set(id, uses);
    }
  }

  of({ person: mark, households }: Whose): Envelopes {
    const person = this.#uses.get(mark) ?? [];
    return { person, households: new Map(households.map((one) => [one, this.#uses.get(one) ?? []])) };
  }

  change(id: string, how: (uses: readonly Use[]) => readonly Use[]): void {
    const before = this.#uses.get(id) ?? [];
    const after = how(before);
    if (after.length === 0 && before.length === 0) return;
    this.#uses.set(id, after);
    this.#changed.add(id);
  }

  changed(): { mark: Buffer; sealed: Buffer }[] {
    return [...this.#changed].map((id) => ({
      mark: fromHex(id),
      sealed: sealCare(this.#keys, this.#uses.get(id) ?? [], { what: 'envelope', id }),
    }));
  }
}

function marksOf(everybody: readonly Whose[]): Buffer[] {
  const marks = everybody.flatMap(({ person, households }) => [person, ...households]);
  return [...new Set(marks)].sort().map(fromHex);
}

function fromHex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
