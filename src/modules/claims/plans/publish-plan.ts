import type { Database } from '../../../platform/database/connect.ts';
import { readContract } from '../guarantees/contract-document.ts';
import { insertPlan } from './store.ts';

/** A document to publish, and who publishes it: 0 is the operator. */
export type PlanToPublish = { readonly insurer: number; readonly document: string; readonly by: number };

/** Publishes the document of a plan under the name in it; throws DocumentProblem with all that is wrong. */
export async function publishPlan(
  db: Database,
  { insurer, document, by }: PlanToPublish,
): Promise<{ readonly id: number; readonly name: string; readonly from: string }> {
  const { from, contract } = readContract(document);
  const id = await insertPlan(db, { insurer, name: contract.id, from, document, by });
  return { id, name: contract.id, from };
}
