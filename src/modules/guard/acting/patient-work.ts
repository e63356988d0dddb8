import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';

/** Something to be done about an account because of an entry. */
export type Work = {
  readonly lane: number;
  readonly account: number;
  /** How much it asks for; 0 is done whatever waits before it. */
  readonly level: number;
  do(): Promise<void>;
};

type Waiting = {
  readonly lane: number;
  readonly work: Work[];
  tries: number;
  dueAt: number;
  isTrying: boolean;
};

/** So long whoever comes with work waits for it: a lock of somebody else's must not hold up every lane. */
const patienceMs = 250;
/** Each holds a connection of the pool. */
const atOnceMost = 3;
const againAfterMs = 1_000;
const againAfterMostMs = 60_000;
const tellEveryMs = 10_000;

/**
 * Does work in order for each account. What fails is tried again, later each time, and holds up nobody
 * else; nothing of it is lost, because no snapshot of its lane is kept as long as it waits.
 */
export class PatientWork {
  private readonly waiting = new Map<number, Waiting>();
  private readonly clock: Pick<Clock, 'monotonic'>;
  private readonly log: Log;
  private readonly trying = new Set<Promise<void>>();
  private isOver = false;
  private toldAt = -tellEveryMs;

  constructor(clock: Pick<Clock, 'monotonic'>, log: Log) {
    this.clock = clock;
    this.log = log;
  }

  /** Does it now, or when what is before it is done; waits for it, but not long. */
  async run(work: Work): Promise<void> {
    const { lane, account } = work;
    const before = this.waiting.get(account);
    if (before !== undefined) {
      if (!isAsked(before.work, work)) before.work.push(work);
      return;
    }
    this.waiting.set(account, { lane, work: [work], tries: 0, dueAt: 0, isTrying: false });
    if (this.trying.size >= atOnceMost) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([this.try(account), patience]);
    clearTimeout(timer);
  }

  /** Tries what is due again, beside everything else. */
  retry(): void {
    const now = this.clock.monotonic();
    for (const [account, { isTrying, dueAt }] of this.waiting) {
      if (this.trying.size >= atOnceMost || this.isOver) return;
      if (!isTrying && dueAt <= now) void this.try(account);
    }
  }

  /** How many accounts of a lane have something that waits. */
  waitingIn(lane: number): number {
    let count = 0;
    for (const each of this.waiting.values()) if (each.lane === lane) count += 1;
    return count;
  }

  /** Begins nothing more, and waits for what is on its way. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.trying);
  }

  private try(account: number): Promise<void> {
    const tried = this.goOn(account).finally(() => {
      this.trying.delete(tried);
      this.retry();
    });
    this.trying.add(tried);
    return tried;
  }

  private async goOn(account: number): Promise<void> {
    const waits = this.waiting.get(account);
    if (waits === undefined) return;
    waits.isTrying = true;
    try {
      for (let first = waits.work[0]; first !== undefined && !this.isOver; first = waits.work[0]) {
        await first.do();
        waits.work.shift();
        waits.tries = 0;
      }
      if (waits.work.length === 0) this.waiting.delete(account);
    } catch (error) {
      waits.dueAt = this.clock.monotonic() + Math.min(againAfterMostMs, againAfterMs * 2 ** waits.tries);
      waits.tries += 1;
      this.tell(account, error);
    }
    waits.isTrying = false;
  }

  /** A broken outbox fails for everybody: one line says it for all. */
  private tell(account: number, error: unknown): void {
    const now = this.clock.monotonic();
    if (now - this.toldAt < tellEveryMs) return;
    this.toldAt = now;
    const waiting = this.waiting.size;
    this.log.error({ err: error, account, waiting }, 'the guard cannot act on an account, and tries again');
  }
}

/** Whether something that waits asks for as much already, with nothing between that is done in any case. */
function isAsked(waiting: readonly Work[], { level }: Work): boolean {
  if (level === 0) return false;
  const since = waiting.findLastIndex((each) => each.level === 0) + 1;
  return waiting.slice(since).some((each) => each.level >= level);
}
