import { insertStolenAccounts } from '../../src/modules/access/index.ts';
import { findProfession, type Profession } from '../../src/modules/rights/index.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import { Failure } from '../../src/platform/errors.ts';
import type { Target } from './read-targets.ts';
import * as store from './store.ts';

/** An account that is stolen: whom it knows, and whom a thief may ask for besides. */
export type Stolen = {
  readonly account: number;
  readonly profession: Profession;
  /** Served before. */
  readonly own: readonly Target[];
  /** Of the whole country, known to this account or not. */
  readonly anyone: readonly Target[];
  /** Of the département where most of its own people live. */
  readonly local: readonly Target[];
  /** Whether the account knew a person before the theft, by the ledger's name. */
  knows(subject: string): boolean;
};

/** So many people an account must serve to be worth watching. */
const peopleLeast = 12;
/**
 * So many others work that day as well, if there are as many: among few active accounts nothing that two of
 * them share is rare, and no thieves could be told to be one.
 */
const colleaguesMost = 150;

/** Who is robbed, and who is at work beside them. */
export type Chosen = {
  readonly robbed: readonly store.Candidate[];
  readonly colleagues: readonly store.Candidate[];
};

/** Chooses accounts of the demo, and lets their thieves in; fails when there are not enough. */
export async function chooseAccounts(db: Database, count: number): Promise<Chosen> {
  const found = await store.listCandidates(db, { most: count + colleaguesMost, peopleLeast });
  if (found.length < count) {
    const detail =
      `${found.length} open accounts of this demo serve ${peopleLeast} people or more, and ${count} are to ` +
      'be stolen: take fewer, or open contained ones again (the guard’s cases, vigie guard undo).';
    throw new Failure('replay-refused', { detail });
  }
  await insertStolenAccounts(
    db,
    found.map(({ account }) => account),
  );
  return { robbed: found.slice(0, count), colleagues: found.slice(count) };
}

/** What the thieves of the chosen accounts have: lists of people, and what each account knows. */
export async function describeStolen(
  db: Database,
  chosen: readonly store.Candidate[],
  anyone: readonly Target[],
): Promise<Stolen[]> {
  const bySubject = new Map(anyone.map((target) => [target.subject, target]));
  const known = new Map(chosen.map(({ account }) => [account, new Set<string>()]));
  for (const { account, subject } of await store.listKnown(db, [...known.keys()]))
    known.get(account)?.add(subject);
  return chosen.map(({ account, profession: code }) => {
    const profession = findProfession(code);
    if (profession === undefined) throw new Error(`no profession ${code}`);
    const subjects = known.get(account) ?? new Set();
    const own = [...subjects].flatMap((subject) => bySubject.get(subject) ?? []);
    const home = mostFrequent(own.map(({ departement }) => departement));
    const local = anyone.filter(({ departement }) => departement === home);
    return { account, profession, own, anyone, local, knows: (subject) => subjects.has(subject) };
  });
}

function mostFrequent(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
