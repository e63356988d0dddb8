import type { Database } from '../../../platform/database/connect.ts';
import { readWatched } from '../../access/index.ts';
import { findProfession } from '../../rights/index.ts';
import type { GuardProfile } from '../fold/profile.ts';

/** An account, as the guard knows it beside its entries. */
export type KnownAccount = GuardProfile & { readonly organisation: number };

const unknown: KnownAccount = { profession: '', dailyLookups: 0, organisation: 0 };

/** Lookups on a usual day of a profession; 0 for none of the table. */
export function dailyLookupsOf(profession: string): number {
  return findProfession(profession)?.figures.lookupsPerDay.value ?? 0;
}

/** The accounts' profiles, read before they are needed: the fold itself waits for nothing. */
export class Profiles {
  private readonly known = new Map<number, KnownAccount>();
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** The profile of an account; one that is described nowhere has no profession. */
  readonly of = (account: number): KnownAccount => this.known.get(account) ?? unknown;

  /** Reads those that are not known yet. One that is not there is asked for again: it is being opened. */
  async learn(accounts: Iterable<number>): Promise<void> {
    const missing = [...new Set(accounts)].filter((account) => !this.known.has(account));
    if (missing.length === 0) return;
    for (const { account, profession, organisation } of await readWatched(this.db, missing)) {
      this.known.set(account, { profession, organisation, dailyLookups: dailyLookupsOf(profession) });
    }
  }
}
