import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import type { Ask, Recorded } from './ask.ts';
import { brokeGlass, outcomes, refusals } from './codes.ts';
import { mintReceipt } from './receipt.ts';
import { steadyClock } from './steady-clock.ts';
import { type Batch, type BatchAnswer, recordBatch } from './store.ts';
import { classifyTrouble } from './trouble.ts';

/**
 * Larger batches gain nothing more per ask and make everyone wait longer (facts: 256 gives 32,000/s, 512
 * 36,000/s at twice the delay).
 */
const batchMax = 256;
/** Beyond this many waiting asks the server is behind for good: refuse at once rather than answer late. */
const waitingMax = 8192;
/** How long the outcome of a batch is sought after a lost connection, and how long an ask may wait. */
const patienceMs = 4000;
const retryPauseMs = 50;
type Waiting = {
  readonly ask: Ask;
  readonly since: number;
  readonly resolve: (recorded: Recorded) => void;
  readonly reject: (failure: unknown) => void;
};

/**
 * One lane's queue in this process: what arrived while a batch was committing becomes the next batch; one
 * batch is in flight.
 */
export class LaneQueue {
  readonly #db: Database;
  readonly #lane: number;
  readonly #clock: Clock;
  readonly #steadyNow: () => bigint;
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #running: Promise<void> | undefined;

  constructor(db: Database, lane: number, clock: Clock) {
    this.#db = db;
    this.#lane = lane;
    this.#clock = clock;
    this.#steadyNow = steadyClock(clock);
  }

  /** Resolves after the commit that holds the ask's entry. */
  record(ask: Ask): Promise<Recorded> {
    if (this.#waiting.length >= waitingMax) return Promise.reject(unavailable('too many asks are waiting'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, since: this.#clock.monotonic(), resolve, reject });
      // A microtask later, so that asks of the same turn share the batch.
      this.#running ??= Promise.resolve().then(() => this.#drain());
    });
  }

  /** How many asks are being committed now, and how many wait for the next batch. */
  load(): { readonly inFlight: number; readonly waiting: number } {
    return { inFlight: this.#inFlight, waiting: this.#waiting.length };
  }

  /** Waits until nothing is in flight. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, batchMax);
      const tooOld = this.#clock.monotonic() - patienceMs;
      const fresh = batch.filter((waiting) => waiting.since >= tooOld);
      for (const waiting of batch) {
        if (waiting.since < tooOld) waiting.reject(unavailable('the ask waited too long'));
      }
      this.#inFlight = fresh.length;
      if (fresh.length > 0) await this.#recordAll(fresh);
    }
    this.#inFlight = 0;
    this.#running = undefined;
  }

  /**
   * Records a batch. One ask the database cannot take must fail alone: the batch is cut in two until it
   * is.
   */
  async #recordAll(waiting: readonly Waiting[]): Promise<void> {
    const sentAt = this.#clock.monotonic();
    try {
      const batch = this.#batchOf(waiting);
      const answer = await this.#send(batch, sentAt + patienceMs);
      waiting.forEach((one, index) => {
        one.resolve(this.#answerOf(batch, answer, index, sentAt));
      });
    } catch (error) {
      if (classifyTrouble(error) === 'poisonous' && waiting.length > 1) {
        // Rolled back as a whole, so nothing was recorded: both halves are new batches with new ids.
        const half = waiting.length >> 1;
        await this.#recordAll(waiting.slice(0, half));
        await this.#recordAll(waiting.slice(half));
        return;
      }
      for (const one of waiting) one.reject(unavailable(error));
    }
  }

  #batchOf(waiting: readonly Waiting[]): Batch {
    const serverAt = this.#steadyNow();
    const random = randomBytes(16 * waiting.length).toString('hex');
    return {
      lane: this.#lane,
      id: randomUUID(),
      serverAt,
      asks: waiting.map((one) => one.ask),
      salts: waiting.map((_, index) => random.slice(32 * index, 32 * index + 32)),
    };
  }

  /**
   * Sends until the outcome is known. After a lost connection the batch may have committed or not; sent
   * again with the same id
   * it is recorded once, and the answers of the first time come back.
   */
  async #send(batch: Batch, until: number): Promise<BatchAnswer> {
    for (;;) {
      try {
        return await recordBatch(this.#db, batch);
      } catch (error) {
        if (classifyTrouble(error) !== 'passing' || this.#clock.monotonic() + retryPauseMs > until)
          throw error;
        // The database may need a moment to come back.
        await setTimeout(retryPauseMs);
      }
    }
  }

  #answerOf(batch: Batch, answer: BatchAnswer, index: number, sentAt: number): Recorded {
    const ask = batch.asks[index];
    const seq = answer.seqs[index];
    const outcome = answer.outcomes[index];
    if (ask === undefined || seq === undefined)
      throw new Error('the record answered fewer asks than were sent');
    const { lane } = batch;
    const allowance = {
      people: answer.people[index] ?? 0,
      unknown: answer.unknown[index] ?? 0,
      today: answer.today[index] ?? 0,
    };
    if (outcome === outcomes.disclosed && ask.subject !== null && seq !== null) {
      const { account, subject, fields, insurers } = ask;
      const receipt = mintReceipt(
        { lane, seq, at: answer.at, account, subject, fields, insurers },
        { sentAt, present: ask.present },
      );
      const breakGlass = answer.becauses[index] === brokeGlass;
      return { outcome: 'disclosed', receipt, allowance, breakGlass };
    }
    if (outcome === outcomes.unknown && seq !== null) return { outcome: 'unknown', lane, seq, allowance };
    const because = refusals[answer.becauses[index] as keyof typeof refusals];
    return { outcome: 'refused', because, lane, seq, allowance };
  }
}

function unavailable(privateCause: unknown): Failure {
  return new Failure('ledger-unavailable', { privateCause });
}
