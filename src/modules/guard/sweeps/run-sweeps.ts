import { type HeldLocks, holdLocks } from '../../../platform/database/locks.ts';
import { repeat } from '../../../platform/threads/repeat.ts';
import { readEntriesAfter } from '../../ledger/index.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import type { GuardTools } from '../following/follow-ledger.ts';
import { beginSweep, finishSweep, keepFound } from './one-sweep.ts';
import { endOfLane, isRead, nextReads, type SweepPlaces } from './places.ts';
import * as store from './store.ts';

/** One server at a time sweeps. */
const sweepLock = { name: 'vigie guard sweep' };
const lookEveryMs = 1_000;
/** Small reads: each far within the time a statement has. */
const readAtOnce = 2_000;
/** A sweep that failed is left out for so long; the others go on. */
const restAfterFailureMs = 30_000;

/** Starts sweeping the past for whatever cases are confirmed. */
export function startSweeps(tools: GuardTools): { stop(): Promise<void> } {
  const sweeps = new Sweeps(tools);
  const onError = (error: unknown) =>
    tools.log.error({ err: error }, 'sweeps go on from where they were kept');
  return repeat((isStopping) => sweeps.runWhileFirst(isStopping), { everyMs: lookEveryMs, onError });
}

/** All sweeps that go on, in one reading of the ledger. */
class Sweeps {
  readonly #tools: GuardTools;
  /** Until when a sweep that failed rests, on the monotonic clock. */
  readonly #resting = new Map<string, number>();

  constructor(tools: GuardTools) {
    this.#tools = tools;
  }

  async runWhileFirst(isStopping: () => boolean): Promise<boolean> {
    if ((await this.#awake()).length === 0) return false;
    const held = await holdLocks(this.#tools.db, [sweepLock]);
    if (held === null) return false;
    try {
      await this.#run(held, isStopping);
    } finally {
      await held.release();
    }
    return false;
  }

  async #run(held: HeldLocks, isStopping: () => boolean): Promise<void> {
    const isOver = () => isStopping() || held.isLost();
    while (!isOver()) {
      const sweeps = await this.#awake();
      if (sweeps.length === 0) return;
      for (const sweep of sweeps) {
        if (isOver()) return;
        if (sweep.sought === null) await this.#attempt(sweep, () => beginSweep(this.#tools, sweep));
        else if (isRead(sweep)) await this.#attempt(sweep, () => finishSweep(this.#tools, sweep));
      }
      await this.#readOn(sweeps.filter((sweep) => sweep.sought !== null && !isRead(sweep)));
    }
  }

  /**
   * Every sweep gets a piece of every lane: none waits for another, and those of one day share the reading.
   */
  async #readOn(sweeps: readonly store.RunningSweep[]): Promise<void> {
    const moved = new Map<string, SweepPlaces>(sweeps.map((sweep) => [sweep.id, sweep.places]));
    for (const { lane, from, among } of nextReads(sweeps, readAtOnce)) {
      const entries = await readEntriesAfter(this.#tools.db, { lane, seq: from, most: readAtOnce });
      for (const sweep of among) {
        const before = moved.get(sweep.id) ?? sweep.places;
        const { within, place } = ofSweep(entries, { sweep, after: before[lane] ?? from });
        const places = { ...before, [lane]: place };
        await this.#attempt(sweep, async () => {
          if (await keepFound(this.#tools, sweep, { before, places, entries: within }))
            moved.set(sweep.id, places);
        });
      }
    }
  }

  async #awake(): Promise<store.RunningSweep[]> {
    const now = this.#tools.clock.monotonic();
    const running = await store.listRunning(this.#tools.db);
    return running.filter(({ id }) => (this.#resting.get(id) ?? 0) <= now);
  }

  async #attempt(sweep: store.RunningSweep, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#tools.log.error(
        { err: error, sweep: sweep.id },
        'a sweep rests, and goes on from where it was kept',
      );
      this.#resting.set(sweep.id, this.#tools.clock.monotonic() + restAfterFailureMs);
    }
  }
}

/** What of the entries read is a sweep's: those behind its place and in its days; and its next place. */
function ofSweep(
  entries: readonly FollowedEntry[],
  { sweep, after }: { sweep: store.RunningSweep; after: number },
): { within: FollowedEntry[]; place: number } {
  const behind = entries.filter(({ seq }) => seq > after);
  const within = behind.filter(({ at }) => at <= sweep.toAt);
  const isOver = entries.length < readAtOnce || within.length < behind.length;
  return { within, place: isOver ? endOfLane : (entries.at(-1)?.seq ?? endOfLane) };
}
