import { withHoneyMark } from '../../ledger/index.ts';
import { HoneyBook } from './honey-book.ts';
import { RequestSignals } from './request-signals.ts';

/** A number that an account asks for, and its keyed name. */
export type AskedNumber = {
  readonly account: number;
  readonly nir13: string;
  readonly nirKey: Buffer;
  /** Whether somebody has this number and birth date. */
  readonly known: boolean;
};

/** What one process notices of the numbers it is asked for: what goes into an entry's signals. */
export class Notices {
  /** Filled by whoever follows the database's. */
  readonly honey = new HoneyBook();
  readonly #requests = new RequestSignals();

  /** The signals of an ask. The same work whether the person exists or not: its time tells nothing. */
  of({ account, nir13, nirKey, known }: AskedNumber): number {
    const isHoney = this.honey.has(nirKey);
    const signals = this.#requests.of(account, nir13);
    // Somebody who is found has the number: then it is nobody's no longer.
    return isHoney && !known ? withHoneyMark(signals, nirKey) : signals;
  }
}
