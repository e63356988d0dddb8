import { type Day, parisDay } from '../../../platform/clock.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import type { WatchedRow } from './store.ts';

/** Counts days of accounts and their lookups: what rates of false alarms are told against. */
export class WatchedDays {
  private readonly activeOn = new Map<number, Day>();
  private readonly counts = new Map<string, WatchedRow>();

  /** Counts a lookup. A day is counted once an account, and lookups as often as they are. */
  count(entry: FollowedEntry, profession: string): void {
    const day = parisDay(BigInt(entry.at));
    const isNew = (this.activeOn.get(entry.account) ?? '') < day;
    if (isNew) this.activeOn.set(entry.account, day);
    const key = `${day} ${profession}`;
    const { accountDays, lookups } = this.counts.get(key) ?? { accountDays: 0, lookups: 0 };
    this.counts.set(key, {
      ...{ day, profession, lookups: lookups + entry.count },
      accountDays: accountDays + (isNew ? 1 : 0),
    });
  }

  /** The last day on which an account looked somebody up. */
  lastOf(account: number): Day | null {
    return this.activeOn.get(account) ?? null;
  }

  /** Takes a snapshot's day back. */
  restore(account: number, day: Day | null): void {
    if (day !== null) this.activeOn.set(account, day);
  }

  /** What was counted since the last time this was asked. */
  take(): WatchedRow[] {
    const rows = [...this.counts.values()];
    this.counts.clear();
    return rows;
  }
}
