import { kinds } from '../../ledger/index.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import type { Look } from '../fold/look.ts';
import { isJudgedHarmless } from '../fold/standing.ts';
import { rateOf } from '../fold/tracks.ts';

/**
 * So long after it was contained or near it, an account is not counted: four weeks, as long as it takes to
 * know a new one. Assumed.
 */
const restsUs = 28 * 86_400_000_000;
const rates = Math.max(...Object.values(rateOf)) + 1;
const numbersEach = 4;

/** What was observed of an account, and how often it was the event; and both of what was left out. */
export type Seen = {
  readonly observations: number;
  readonly events: number;
  readonly leftOut: number;
  readonly leftOutEvents: number;
};

/**
 * Counts what detectors observe of each account from an instant on. Whether an observation counts is known
 * before it is made, as it is for the baselines: the account is not contained nor near it, and was not within
 * four weeks, unless a person opened it again. Chosen so, what is counted is neither more nor less often an
 * event than what an account does at usual work; choosing by what it did later would leave out the events.
 */
export class RateCounts {
  private readonly from: number;
  private readonly counts = new Map<number, Uint32Array>();
  /** When an account was last contained, or as near to it as a challenge. */
  private readonly nearAt = new Map<number, number>();

  /** `from`: microseconds since 1970. */
  constructor(from: number) {
    this.from = from;
  }

  /** Is shown each entry before it is folded. */
  pass(entry: FollowedEntry): void {
    if (entry.kind !== kinds.standing) return;
    if (isJudgedHarmless(entry)) this.nearAt.delete(entry.account);
    else this.nearAt.set(entry.account, entry.at);
  }

  /** A witness of the fold. */
  readonly see = (rate: number, look: Look, happened: boolean): void => {
    const { account, at } = look.entry;
    if (!look.learns) this.nearAt.set(account, at);
    if (at < this.from) return;
    const numbers = this.numbersOf(account);
    const near = this.nearAt.get(account);
    const place = numbersEach * rate + (near !== undefined && at - near < restsUs ? 2 : 0);
    numbers[place] = (numbers[place] as number) + 1;
    if (happened) numbers[place + 1] = (numbers[place + 1] as number) + 1;
  };

  /** Accounts of which anything was observed. */
  accounts(): Iterable<number> {
    return this.counts.keys();
  }

  /** What was observed of an account for one rate. */
  of(account: number, rate: number): Seen {
    const from = numbersEach * rate;
    const [observations = 0, events = 0, leftOut = 0, leftOutEvents = 0] =
      this.counts.get(account)?.subarray(from, from + numbersEach) ?? [];
    return { observations, events, leftOut, leftOutEvents };
  }

  private numbersOf(account: number): Uint32Array {
    const known = this.counts.get(account);
    if (known !== undefined) return known;
    const made = new Uint32Array(rates * numbersEach);
    this.counts.set(account, made);
    return made;
  }
}
