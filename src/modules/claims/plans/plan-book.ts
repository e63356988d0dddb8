import type { Day } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { FindPlan } from '../care/contracts-of-terms.ts';
import { readContract } from '../guarantees/contract-document.ts';
import type { Plan } from './plan.ts';
import { readPlansAfter } from './store.ts';

/** The plans that insurers published, read once and kept: documents are never changed, only added. */
export type PlanBook = {
  /** The plans as they hold for care on a day; reads what was published since. */
  on(day: Day): Promise<FindPlan>;
};

/** Opens the book. A document that cannot be read any more pays nothing: it was checked when published. */
export function openPlanBook(db: Database): PlanBook {
  const versions = new Map<string, Plan[]>();
  let last = 0;
  let reading: Promise<void> | undefined;
  const readNew = async () => {
    for (const { id, insurer, name, document } of await readPlansAfter(db, last)) {
      const key = keyOf(insurer, name);
      versions.set(key, [...(versions.get(key) ?? []), { ...readContract(document), id, insurer }]);
      last = Math.max(last, id);
    }
  };
  return {
    async on(day) {
      // A reading that is on its way began before: it may miss what was published since.
      if (reading !== undefined) await reading;
      reading ??= readNew().finally(() => {
        reading = undefined;
      });
      await reading;
      return (insurer, name) => newestOn(versions.get(keyOf(insurer, name)) ?? [], day);
    },
  };
}

function newestOn(plans: readonly Plan[], day: Day): Plan | undefined {
  let best: Plan | undefined;
  for (const plan of plans) {
    if (plan.from <= day && (best === undefined || plan.from >= best.from)) best = plan;
  }
  return best;
}

function keyOf(insurer: number, name: string): string {
  return `${insurer}|${name}`;
}
