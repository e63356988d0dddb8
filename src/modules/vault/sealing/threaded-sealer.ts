import type { KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { beginThread } from '../../../platform/threads/begin-thread.ts';
import { liveRing, type Ring } from '../keys.ts';
import type { Said } from '../said/said.ts';
import { type Packed, unpackHashes, unpackSealed } from './packed.ts';
import { hashAll, type Sealer, type SealingKeys, sealAll } from './sealer.ts';

/** What the thread is begun with. */
export type SealingStart = {
  readonly ring: Ring;
  readonly insurer: number;
  readonly generation: number;
  readonly insurerKeys: readonly (readonly [number, KeyObject])[];
};
export type SealingTask = { readonly what: 'hash' | 'seal'; readonly said: readonly Said[] };
export type SealingAnswer = Packed;

type Waiting = { readonly done: (answer: Packed) => void; readonly failed: (error: Error) => void };

// Few people are sealed sooner than a thread begins (0.2 s).
const peopleBeforeThread = 4_000;
// A batch and its answer are a few megabytes; the young ones hold two of each.
const memory = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 128 };

/**
 * Seals in a thread beside the one that reads: half of the work of an import is hashing and sealing. Keys are
 * handed over as key objects, which do not print.
 */
export class ThreadedSealer implements Sealer {
  readonly #use: SealingKeys;
  readonly #waiting: Waiting[] = [];
  readonly #before: number;
  #worker: Worker | undefined;
  #failure: Error | undefined;
  #hashed = 0;

  constructor(
    use: SealingKeys,
    { before = availableParallelism() > 1 ? peopleBeforeThread : Infinity } = {},
  ) {
    this.#use = use;
    this.#before = before;
  }

  async hash(said: readonly Said[]) {
    this.#hashed += said.length;
    if (!this.#isThreaded()) return hashAll(this.#use, said);
    return unpackHashes(await this.#ask({ what: 'hash', said }));
  }

  async seal(said: readonly Said[]) {
    if (!this.#isThreaded()) return sealAll(this.#use, said);
    const { keys, insurer, insurerKeys } = this.#use;
    const generations = { lookup: keys.generation('lookup'), insurer: insurerKeys.generation };
    return unpackSealed(await this.#ask({ what: 'seal', said }), { insurer, generations });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #isThreaded(): boolean {
    return this.#hashed > this.#before;
  }

  /** Answers come in the order of the questions: the thread does one after the other. */
  #ask(task: SealingTask): Promise<Packed> {
    this.#worker ??= this.#begin();
    const worker = this.#worker;
    return new Promise((done, failed) => {
      if (this.#failure !== undefined) return failed(this.#failure);
      this.#waiting.push({ done, failed });
      worker.postMessage(task);
    });
  }

  #begin(): Worker {
    const { keys, insurer, insurerKeys } = this.#use;
    const { generation } = insurerKeys;
    const start: SealingStart = { ring: liveRing(keys), insurer, generation, insurerKeys: [...insurerKeys] };
    const worker = beginThread(new URL('sealing-thread.ts', import.meta.url), start, {
      name: 'vigie sealing',
      resourceLimits: memory,
    });
    worker.on('message', (packed: Packed) => this.#waiting.shift()?.done(packed));
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('the sealing thread ended')));
    return worker;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { failed } of this.#waiting.splice(0)) failed(this.#failure);
  }
}
