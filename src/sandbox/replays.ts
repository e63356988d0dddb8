import type { AskedReplay, Replay, ReplayTools, ReplayView } from '../../world/replay/play-replay.ts';

/** Begins a replay; the module that does is read by a demo only. */
type Start = (tools: ReplayTools, asked: AskedReplay) => Promise<Replay>;

/**
 * The thefts that this server replays, one at a time: it goes on when the page is closed, and ends with the
 * process.
 */
export class Replays {
  readonly #start: Start;
  readonly #tools: Omit<ReplayTools, 'url'>;
  #url: string | undefined;
  #last: Replay | undefined;

  constructor(start: Start, tools: Omit<ReplayTools, 'url'>) {
    this.#start = start;
    this.#tools = tools;
  }

  /** Where this server answers, once it does: the thieves call it like anybody. */
  answersAt(url: string): void {
    this.#url = url;
  }

  /** Begins one; fails with `replay-refused` and what is missing. */
  async begin(asked: AskedReplay): Promise<ReplayView> {
    const url = this.#url;
    if (url === undefined) throw new Error('nobody asks before the server answers');
    this.#last = await this.#start({ ...this.#tools, url }, asked);
    return this.#last.view();
  }

  /** The last one, as it stands; null when this process replayed none. */
  view(): ReplayView | null {
    return this.#last?.view() ?? null;
  }

  /** Stops the one under way, if any, and waits for its end. */
  async stop(): Promise<ReplayView | null> {
    this.#last?.stop();
    await this.#last?.ended;
    return this.view();
  }
}
