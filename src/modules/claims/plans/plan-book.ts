import type { Day } from '../../../platform/clock.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { FindPlan } from '../care/contracts-of-terms.ts';
import { readContract } from '../guarantees/contract-document.ts';
import type { Plan } from './plan.ts';
import { type PublishedPlan, readPlansAfter } from './store.ts';

/** The plans that insurers published, read once and kept: documents are never changed, only added. */
export type PlanBook = {
  /**
   * Reads what was published since, and gives the plans as they hold for care on a day. Whoever is in a
   * transaction reads within it: with locks held, one does not wait for a connection that others may hold.
   */
  read(within?: Transaction): Promise<PlansOn>;
};

/** The plans as they hold for care on a day. */
export type PlansOn = (day: Day) => FindPlan;

/** A version as it was published: a document that cannot be read any more stops those who have it, alone. */
type Version = { readonly id: number; readonly from: Day; plan(): Plan };

/** Opens the book. */
export function openPlanBook(db: Database): PlanBook {
  const versions = new Map<string, Version[]>();
  let last = 0;
  let reading: Promise<void> | undefined;
  const readNew = async (by: Database | Transaction) => {
    for (const published of await readPlansAfter(by, last)) {
      // Another reading may have come first.
      if (published.id <= last) continue;
      const key = keyOf(published.insurer, published.name);
      versions.set(key, [...(versions.get(key) ?? []), versionOf(published)]);
      last = published.id;
    }
  };
  return {
    async read(within) {
      if (within !== undefined) await readNew(within);
      else {
        // A reading that is on its way began before: it may miss what was published since.
        if (reading !== undefined) await reading;
        reading ??= readNew(db).finally(() => {
          reading = undefined;
        });
        await reading;
      }
      return (day) => (insurer, name) => newestOn(versions.get(keyOf(insurer, name)) ?? [], day)?.plan();
    },
  };
}

function versionOf({ id, insurer, from, document }: PublishedPlan): Version {
  try {
    const plan = { ...readContract(document), id, insurer };
    return { id, from, plan: () => plan };
  } catch (error) {
    const plan = () => {
      throw error;
    };
    return { id, from, plan };
  }
}

function newestOn(versions: readonly Version[], day: Day): Version | undefined {
  let best: Version | undefined;
  for (const version of versions) {
    if (version.from <= day && (best === undefined || version.from >= best.from)) best = version;
  }
  return best;
}

function keyOf(insurer: number, name: string): string {
  return `${insurer}|${name}`;
}
