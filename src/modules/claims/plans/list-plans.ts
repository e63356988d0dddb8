import type { Database } from '../../../platform/database/connect.ts';
import { type PlanVersion, readDocuments, readVersions } from './store.ts';
import { readPlan } from './try-plan.ts';

/** A version of a plan as its insurer sees it listed. */
export type ListedVersion = Pick<PlanVersion, 'from'> & {
  readonly publishedAt: string;
  /** How many things the linter finds in it; null for a document that it cannot try. */
  readonly findings: number | null;
  /** Another one was published later for the same first day: this one holds for nothing. */
  readonly isReplaced: boolean;
};

/** A plan with its versions, the newest first. */
export type ListedPlan = { readonly name: string; readonly versions: readonly ListedVersion[] };

/** Makes what lists an insurer's plans. Documents never change: each is linted once. */
export function createListPlans(db: Database): (insurer: number) => Promise<readonly ListedPlan[]> {
  const linted = new Map<number, number | null>();
  return async (insurer) => {
    const rows = await readVersions(db, insurer);
    const unknown = rows.filter(({ id }) => !linted.has(id)).map(({ id }) => id);
    for (const { id, document } of await readDocuments(db, unknown)) linted.set(id, countFindings(document));
    const plans = new Map<string, ListedVersion[]>();
    for (const { id, name, from, publishedAt } of rows) {
      const versions = plans.get(name) ?? [];
      const isReplaced = versions.some((later) => later.from === from);
      const findings = linted.get(id) ?? null;
      const version = { from, publishedAt: publishedAt.toISOString(), findings, isReplaced };
      plans.set(name, [...versions, version]);
    }
    return [...plans].map(([name, versions]) => ({ name, versions }));
  };
}

function countFindings(document: string): number | null {
  const read = readPlan(document);
  return 'findings' in read ? read.findings.length : null;
}
