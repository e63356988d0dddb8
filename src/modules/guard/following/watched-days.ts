import { type Day, parisDay } from '../../../platform/clock.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import type { WatchedRow } from './store.ts';

type Count = { -readonly [K in keyof WatchedRow]: WatchedRow[K] };

/** Counts days of accounts and their lookups: what rates of false alarms are told against. */
export class WatchedDays {
  private readonly activeOn = new Map<number, Day>();
  /** By profession, the day that is counted; an older one waits among those that are over. */
  private readonly counts = new Map<string, Count>();
  private readonly over: Count[] = [];

  /** Counts a lookup. A day is counted once an account, and lookups as often as they are. */
  count(entry: FollowedEntry, profession: string): void {
    const day = parisDay(BigInt(entry.at));
    const count = this.countOf(day, profession);
    count.lookups += entry.count;
    if ((this.activeOn.get(entry.account) ?? '') >= day) return;
    this.activeOn.set(entry.account, day);
    count.accountDays += 1;
  }

  /** Passes over a lookup that was counted before. */
  pass({ account, at }: FollowedEntry): void {
    this.activeOn.set(account, parisDay(BigInt(at)));
  }

  /** The last day on which an account looked somebody up. */
  lastOf(account: number): Day | null {
    return this.activeOn.get(account) ?? null;
  }

  /** Takes a snapshot's day back. */
  restore(account: number, day: Day | null): void {
    if (day !== null) this.activeOn.set(account, day);
  }

  /** What was counted since the last time this was asked, one row a day and profession. */
  take(): WatchedRow[] {
    const rows = new Map<string, Count>();
    for (const each of [...this.over.splice(0), ...this.counts.values()]) {
      const key = `${each.day} ${each.profession}`;
      const { accountDays, lookups } = rows.get(key) ?? { accountDays: 0, lookups: 0 };
      const { accountDays: days, lookups: more } = each;
      rows.set(key, { ...each, accountDays: accountDays + days, lookups: lookups + more });
    }
    this.counts.clear();
    return [...rows.values()];
  }

  private countOf(day: Day, profession: string): Count {
    const held = this.counts.get(profession);
    if (held?.day === day) return held;
    if (held !== undefined) this.over.push(held);
    const count = { day, profession, accountDays: 0, lookups: 0 };
    this.counts.set(profession, count);
    return count;
  }
}
