import type { Day } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { publishPlan } from './publish-plan.ts';
import { readPlanOrRefuse } from './try-plan.ts';

/** A document that an insurer publishes, and the names of the findings it was told of and accepts. */
export type OwnPlanToPublish = {
  readonly insurer: number;
  readonly document: string;
  readonly accepts: readonly string[];
  readonly by: number;
};

/** A plan as it was published. */
export type PublishedOwnPlan = {
  readonly name: string;
  readonly from: Day;
  /** It holds for care that was given already: claims that come late, or wait now, are paid by it. */
  readonly isRetroactive: boolean;
};

/**
 * Publishes a plan of an insurer's own. What the linter finds does not block: an insurer may have its
 * reasons, and says that it saw each.
 */
export async function publishOwnPlan(
  db: Database,
  { insurer, document, accepts, by }: OwnPlanToPublish,
  today: Day,
): Promise<PublishedOwnPlan> {
  const { findings } = readPlanOrRefuse(document);
  const unseen = findings.filter(({ name }) => !accepts.includes(name));
  if (unseen.length > 0) {
    throw new Failure('plan-has-findings', {
      fields: unseen.map(({ name, says }) => ({ field: name, says })),
    });
  }
  const { name, from } = await publishPlan(db, { insurer, document, by });
  return { name, from, isRetroactive: from < today };
}
