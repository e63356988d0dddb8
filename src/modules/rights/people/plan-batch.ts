import type { Database } from '../../../platform/database/connect.ts';
import { readNumbers, readSubjects } from '../../vault/index.ts';
import { type Hashing, type PreparedPerson, preparePerson } from './prepare-person.ts';
import type { SeenPeople } from './seen-people.ts';
import { findLinks, readStates } from './store.ts';

/** A person of whom this insurer says something already, and what the file says of them now. */
export type PersonToAmend = {
  readonly subject: string;
  readonly prepared: readonly PreparedPerson[];
  /** Listed earlier by the same file. */
  readonly again: boolean;
};

/** What one batch of a file comes to. */
export type BatchPlan = {
  readonly newPeople: readonly PreparedPerson[];
  /** People whom only other insurers knew. */
  readonly newRecords: readonly { readonly subject: string; readonly prepared: PreparedPerson }[];
  readonly toAmend: readonly PersonToAmend[];
  readonly unchanged: number;
  /** The dense numbers of those who existed, when they are wanted. */
  readonly seen: readonly number[];
};

/** Compares a batch with what is known: by keyed hashes, so that an unchanged person is never opened. */
export async function planBatch(
  use: Hashing & { readonly db: Database; readonly seen: SeenPeople },
  batch: readonly PreparedPerson[],
): Promise<BatchPlan> {
  const { db, insurer, listing } = use;
  const byKey = await readSubjects(
    db,
    batch.map(({ keys }) => keys),
  );
  const unknown = batch.filter((_, place) => byKey[place] === null);
  const byLink = await findLinks(
    db,
    insurer,
    unknown.map(({ link }) => link),
  );
  const existing = new Map<string, PreparedPerson[]>();
  const fresh: PreparedPerson[] = [];
  batch.forEach((prepared, place) => {
    const subject = byKey[place] ?? byLink.get(prepared.link.toString('latin1'));
    if (subject === undefined || subject === null) fresh.push(prepared);
    else existing.set(subject, [...(existing.get(subject) ?? []), prepared]);
  });
  const subjects = [...existing.keys()];
  const states = await readStates(db, insurer, subjects);
  const known = new Set(batch.filter((_, place) => byKey[place] !== null));
  const isUnchanged = (subject: string) => {
    const state = states.get(subject);
    if (state === undefined || state.pending || state.closed) return false;
    // Somebody found by the insurer's own name for them has a number that is new: that is a change.
    const listed = existing.get(subject) ?? [];
    return listed.every((each) => state.digest?.equals(each.digest) === true && known.has(each));
  };
  const changed = subjects.filter((subject) => !isUnchanged(subject));
  const numbers = await readNumbers(db, listing.complete ? subjects : changed);
  const newRecords: { subject: string; prepared: PreparedPerson }[] = [];
  const toAmend: PersonToAmend[] = [];
  for (const subject of changed) {
    const prepared = existing.get(subject) ?? [];
    if (states.has(subject)) {
      toAmend.push({ subject, prepared, again: use.seen.has(numbers.get(subject) ?? 0) });
    } else newRecords.push({ subject, prepared: joinPrepared(use, prepared) });
  }
  return {
    newPeople: joinFresh(use, fresh),
    newRecords,
    toAmend,
    unchanged: subjects.length - changed.length,
    seen: [...numbers.values()],
  };
}

/** Lines of one person that did not stand together, or a child under both parents' numbers: one person. */
function joinFresh(use: Hashing, fresh: readonly PreparedPerson[]): readonly PreparedPerson[] {
  const groups: PreparedPerson[][] = [];
  const groupOf = new Map<string, PreparedPerson[]>();
  for (const prepared of fresh) {
    const known = prepared.names.map((name) => groupOf.get(name)).find((group) => group !== undefined);
    const group = known ?? [];
    if (known === undefined) groups.push(group);
    group.push(prepared);
    for (const name of prepared.names) groupOf.set(name, group);
  }
  return groups.map((group) => joinPrepared(use, group));
}

function joinPrepared(use: Hashing, group: readonly PreparedPerson[]): PreparedPerson {
  const [only] = group;
  if (only !== undefined && group.length === 1) return only;
  return preparePerson(
    use,
    group.flatMap(({ people }) => people),
  );
}
