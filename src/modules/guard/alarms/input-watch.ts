import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Detector } from '../detectors/detector.ts';
import type { LaneFold } from '../fold/lane-fold.ts';
import { inputSigns, throwSigns } from './alarm.ts';
import { type AlarmTools, keepAlarms } from './keep-alarms.ts';

const lookEveryMs = 3_000;

/** What the watch tells with. */
export type WatchTools = AlarmTools & { readonly clock: Pick<Clock, 'monotonic'>; readonly log: Log };

/** Looks at what the folds of all lanes were given, and at what threw since it was last told. */
export class InputWatch {
  private readonly tools: WatchTools;
  private readonly folds: readonly LaneFold[];
  private readonly detectors: readonly Detector[];
  private told: readonly number[];
  private lookedAt = 0;
  private looking: Promise<void> | undefined;

  /** The folds as they were restored: what threw before was told before. */
  constructor(tools: WatchTools, folds: readonly LaneFold[], detectors: readonly Detector[]) {
    this.tools = tools;
    this.folds = folds;
    this.detectors = detectors;
    this.told = this.thrown();
  }

  /** Beside the following: telling may wait for locks. */
  lookSometimes(): void {
    const now = this.tools.clock.monotonic();
    if (this.looking !== undefined || now - this.lookedAt < lookEveryMs) return;
    this.lookedAt = now;
    this.looking = this.look().finally(() => {
      this.looking = undefined;
    });
  }

  /** Tells what is to be told; an alarm that cannot be told is told the next time. */
  async look(): Promise<void> {
    const { tools, folds } = this;
    const thrown = this.thrown();
    const since = this.detectors.map(({ number }, place) => {
      return { detector: number, entries: (thrown[place] ?? 0) - (this.told[place] ?? 0) };
    });
    try {
      await keepAlarms(tools, [...throwSigns(since), ...inputSigns(folds.map(({ inputs }) => inputs))]);
      this.told = thrown;
      this.logThrown(since.reduce((sum, { entries }) => sum + entries, 0));
    } catch (error) {
      tools.log.error({ err: error }, 'an alarm of the guard could not be told');
    }
  }

  /** Waits for what is on its way. */
  async end(): Promise<void> {
    await this.looking;
  }

  /** The alarm says that something threw; only the log may say what. */
  private logThrown(entries: number): void {
    if (entries === 0) return;
    const err = this.folds.find(({ lastThrown }) => lastThrown !== undefined)?.lastThrown;
    this.tools.log.error(
      { err, entries },
      'a detector of the guard threw, and was left out of these entries',
    );
  }

  private thrown(): number[] {
    return this.detectors.map((_, place) =>
      this.folds.reduce((sum, fold) => sum + (fold.thrown()[place] ?? 0), 0),
    );
  }
}
