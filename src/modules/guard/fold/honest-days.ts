import { withDepartement } from '../../ledger/index.ts';
import { chance } from './chance.ts';
import type { FollowedEntry } from './followed-entry.ts';

/** How the accounts of a test work. */
export type HonestWork = {
  readonly seed: number;
  readonly accounts: number;
  readonly days: number;
  readonly dailyLookups: number;
  readonly neverSeen: number;
  /** Of new people: who get a claim the same day. */
  readonly claimed: number;
  /** Of people, those whose number was given elsewhere; of numbers, those that nobody has. */
  readonly elsewhere?: number;
  readonly unknown?: number;
  /** People whom an account knows. With so few, some come twice a day, and more of the others are new. */
  readonly known?: number;
};

const usual = { elsewhere: 0.3, unknown: 0.02, known: 2000 } as const;

const monday = Date.UTC(2026, 2, 2) * 1000;
const dayUs = 86_400_000_000;
const template = { lane: 0, kind: 1, action: 1, reason: 0, present: false, count: 1, network: 0, client: 1 };

/**
 * Entries of honest accounts, in order: working days of 11 hours, days that differ, their own
 * départements.
 */
export function* honestDays(work: HonestWork): Generator<FollowedEntry> {
  const random = chance(work.seed);
  let seq = 0;
  for (let day = 0; day < work.days; day += 1) {
    if (day % 7 > 4) continue;
    const entries: FollowedEntry[] = [];
    for (let account = 1; account <= work.accounts; account += 1)
      entries.push(...oneDay(work, account, day, random));
    entries.sort((one, other) => one.at - other.at);
    for (const entry of entries) {
      seq += 1;
      yield { ...entry, seq };
    }
  }
}

function oneDay(work: HonestWork, account: number, day: number, random: () => number): FollowedEntry[] {
  const entries: FollowedEntry[] = [];
  // Days differ by some 0.3 of their mean.
  const size = Math.round(work.dailyLookups * (0.5 + random()));
  let rank = random();
  const { elsewhere, unknown, known } = { ...usual, ...work };
  for (let each = 0; each < size; each += 1) {
    const at = monday + day * dayUs + Math.floor((7 + 11 * random()) * 3_600_000_000);
    const isUnknown = random() < unknown;
    const isNew = !isUnknown && random() < work.neverSeen;
    const before = rank;
    rank = random();
    const home = 1 + (account % 90);
    const departement = random() < 1 - elsewhere ? home : 1 + Math.floor(random() * 100);
    const signals = (isNew ? 1 : 0) | (rank > before ? 4 : 0) | 8;
    const person = isNew ? `n${day}.${each}` : `k${Math.floor(random() * known)}`;
    const entry = {
      ...template,
      seq: 0,
      at,
      account,
      by: account,
      organisation: account,
      session: day + 1,
      outcome: isUnknown ? 3 : 1,
      subject: isUnknown ? null : `${account}.${person}`,
      signals: withDepartement(signals, isUnknown ? 0 : departement),
    };
    entries.push(entry);
    if (isNew && random() < work.claimed) entries.push({ ...entry, kind: 2, at: at + 3_600_000_000 });
  }
  return entries;
}
