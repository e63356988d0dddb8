import { detectors, type FollowedEntry, type GuardProfile, LaneFold } from '../../src/modules/guard/index.ts';
import { type Doing, isAsked } from '../../world/guard/doing.ts';
import { somebodyElse, theGuard } from '../../world/guard/guarded-record.ts';
import { dailyLookups, type Population, planDay } from '../../world/guard/population.ts';
import { guardDefence } from './guard-defence.ts';
import type { Maxima } from './meters.ts';

/** How many honest accounts were contained, and what for. */
export type HonestDays = {
  /** Days on which an account looked somebody up, after the days to learn from. */
  accountDays: number;
  /** Entries of all days. */
  entries: number;
  lookups: number;
  refused: number;
  /** Wrongful steps: none, challenge, restrict, suspend. */
  readonly steps: [number, number, number, number];
  /** By detector with most bits, and by profession, the number of steps. */
  readonly blamed: Map<string, number>;
  readonly fold: LaneFold;
  /** The last entries, for replays. */
  readonly lastEntries: FollowedEntry[];
};

export type HonestPlan = {
  readonly warmDays: number;
  readonly days: number;
  readonly maxima: readonly Maxima[];
  readonly say: (line: string) => void;
};

const replayed = 200_000;
/**
 * A challenge is answered within half a minute; a restriction is undone by a person after two hours, a
 * suspension the next day. Assumed.
 */
const undoneAfterMicros = [0, 30_000_000, 7_200_000_000, 86_400_000_000];

/** Plays honest days under the guard; whoever is contained gets back to work as a person would. */
export function playHonestDays(population: Population, plan: HonestPlan): HonestDays {
  const fold = new LaneFold(profilesOf(population));
  const found: HonestDays = {
    accountDays: 0,
    entries: 0,
    lookups: 0,
    refused: 0,
    steps: [0, 0, 0, 0],
    blamed: new Map(),
    fold,
    lastEntries: [],
  };
  const { workers } = population;
  const defence = guardDefence(fold, workers.size);
  const player = new Player(population, defence, found);
  const professionOf = (account: number) => workers.get(account)?.post.profession.code ?? '';
  for (let index = 0; index < plan.warmDays + plan.days; index += 1) {
    const isMeasured = index >= plan.warmDays;
    const entries = player.playDay(planDay(population, index), isMeasured);
    for (const maxima of plan.maxima) {
      for (const entry of entries) maxima.see(entry);
      maxima.endDay(professionOf, isMeasured);
    }
    found.entries += entries.length;
    if (index > plan.warmDays + plan.days - 8 && found.lastEntries.length < replayed)
      found.lastEntries.push(...entries);
    if (index % 20 === 19) plan.say(`${index + 1} honest days: ${found.steps.slice(1).join(', ')} steps`);
  }
  return found;
}

/** What the guard knows of each account. */
export function profilesOf({ workers }: Population): (account: number) => GuardProfile {
  const none = { profession: '', dailyLookups: 20 };
  const profiles = new Map(
    [...workers].map(([account, { post }]) => {
      const { profession } = post;
      return [account, { profession: profession.code, dailyLookups: dailyLookups(profession) }];
    }),
  );
  return (account) => profiles.get(account) ?? none;
}

class Player {
  readonly #population: Population;
  readonly #defence: ReturnType<typeof guardDefence>;
  readonly #found: HonestDays;
  readonly #undoneAt = new Map<number, number>();
  #isMeasured = false;

  constructor(population: Population, defence: ReturnType<typeof guardDefence>, found: HonestDays) {
    this.#population = population;
    this.#defence = defence;
    this.#found = found;
  }

  playDay(doings: readonly Doing[], isMeasured: boolean): FollowedEntry[] {
    this.#isMeasured = isMeasured;
    const entries: FollowedEntry[] = [];
    const worked = new Set<number>();
    for (const doing of doings) {
      const { record, workers } = this.#population;
      this.#undo(doing, entries);
      const { entry, isLimited } = record.keep(doing);
      if (isLimited) workers.get(doing.account)?.tryAgain(doing.person, doing.at);
      if (entry === undefined) continue;
      if (isAsked(doing)) worked.add(doing.account);
      if (isMeasured && isAsked(doing)) {
        this.#found.lookups += 1;
        this.#found.refused += entry.outcome === 2 ? 1 : 0;
      }
      entries.push(entry);
      this.#watch(entry, entries);
    }
    if (isMeasured) this.#found.accountDays += worked.size;
    return entries;
  }

  #undo(doing: Doing, entries: FollowedEntry[]): void {
    const { account, at } = doing;
    const undoneAt = this.#undoneAt.get(account);
    if (undoneAt === undefined || !isAsked(doing) || at < undoneAt) return;
    const { record } = this.#population;
    this.#undoneAt.delete(account);
    const who = record.standingOf(account) === 1 ? account : somebodyElse;
    const entry = record.changeStanding(account, 0, { who, at });
    entries.push(entry);
    this.#defence.see(entry);
  }

  #watch(entry: FollowedEntry, entries: FollowedEntry[]): void {
    const asked = this.#defence.see(entry);
    const { record } = this.#population;
    if (asked <= record.standingOf(entry.account)) return;
    if (this.#isMeasured) this.#blame(entry.account, asked);
    this.#undoneAt.set(entry.account, entry.at + (undoneAfterMicros[asked] ?? 0));
    const told = record.changeStanding(entry.account, asked, { who: theGuard, at: entry.at });
    entries.push(told);
    this.#defence.see(told);
  }

  #blame(account: number, asked: number): void {
    const { steps, blamed } = this.#found;
    steps[asked] = (steps[asked] ?? 0) + 1;
    const own = this.#defence.lastFinding?.own ?? [];
    const detector = detectors[own.indexOf(Math.max(...own))]?.name ?? '';
    const worker = this.#population.workers.get(account);
    const name = `${detector}, ${worker?.post.profession.code}, ${worker?.circumstance}`;
    blamed.set(name, (blamed.get(name) ?? 0) + 1);
  }
}
