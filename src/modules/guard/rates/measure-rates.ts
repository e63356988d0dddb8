import type { Database } from '../../../platform/database/connect.ts';
import { kinds, readEntriesAfter, readLanes } from '../../ledger/index.ts';
import { findProfession } from '../../rights/index.ts';
import { detectors } from '../detectors/detectors.ts';
import { EvidenceCounts } from '../fold/e-bh.ts';
import { LaneFold } from '../fold/lane-fold.ts';
import { Profiles } from '../following/profiles.ts';
import { type MeasuredRate, measuredRates } from './measured-rates.ts';
import { RateCounts, type Seen } from './rate-counts.ts';
import { readConfirmed } from './store.ts';

/** The rates that a ledger shows, and of whom. */
export type Measurement = {
  readonly entries: number;
  /** Accounts that were observed, those confirmed stolen not among them. */
  readonly accounts: number;
  /** Left out whole. */
  readonly stolen: number;
  readonly rates: readonly MeasuredRate[];
};

const readAtOnce = 2_000;

/**
 * Measures every null rate on the ledger itself, from an instant on (microseconds since 1970); what is before
 * is folded to know each account's usual work. Reads only, one lane after the other, from the first entry.
 */
export async function measureRates(db: Database, from: number): Promise<Measurement> {
  const profiles = new Profiles(db);
  const counts = new RateCounts(from);
  let entries = 0;
  for (const { lane } of await readLanes(db)) entries += await foldLane(db, lane, { profiles, counts });
  const stolen = new Set(await readConfirmed(db));
  const observed = [...counts.accounts()];
  const accounts = observed.filter((account) => !stolen.has(account));
  const rates = ratesOf(counts, accounts, (account) => profiles.of(account).profession);
  return { entries, accounts: accounts.length, stolen: observed.length - accounts.length, rates };
}

/** The rates of some accounts. */
export function ratesOf(
  counts: RateCounts,
  accounts: readonly number[],
  professionOf: (account: number) => string,
): MeasuredRate[] {
  const among = new Map<string, number[]>();
  for (const account of accounts) {
    const profession = findProfession(professionOf(account))?.code ?? '';
    const same = among.get(profession);
    if (same === undefined) among.set(profession, [account]);
    else same.push(account);
  }
  const seenOf = (rate: number, profession: string): Seen[] =>
    (among.get(profession) ?? []).map((account) => counts.of(account, rate));
  return measuredRates(seenOf);
}

async function foldLane(
  db: Database,
  lane: number,
  { profiles, counts }: { profiles: Profiles; counts: RateCounts },
): Promise<number> {
  const fold = new LaneFold(profiles.of, detectors, new EvidenceCounts(), counts.see);
  let seq = -1;
  for (let isMore = true; isMore; ) {
    const entries = await readEntriesAfter(db, { lane, seq, most: readAtOnce });
    await profiles.learn(entries.filter(({ kind }) => kind === kinds.lookup).map(({ account }) => account));
    for (const entry of entries) {
      counts.pass(entry);
      fold.fold(entry);
      seq = entry.seq;
    }
    isMore = entries.length === readAtOnce;
  }
  return seq + 1;
}
