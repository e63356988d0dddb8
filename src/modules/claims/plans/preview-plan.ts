import { setImmediate as otherWork } from 'node:timers/promises';
import { type Day, parisDay } from '../../../platform/clock.ts';
import { Failure } from '../../../platform/errors.ts';
import type { FindPlan } from '../care/contracts-of-terms.ts';
import type { ClaimTools } from '../claim-tools.ts';
import type { ContractVersion } from '../guarantees/contract-document.ts';
import { openCare } from '../sealed-care.ts';
import type { SubmittedClaim } from '../submitting/claim.ts';
import { ChangeCount, type PlanChange, type ToldChange } from './count-change.ts';
import { type DecidedRow, readDecidedBefore } from './store.ts';
import { readPlanOrRefuse } from './try-plan.ts';

/** What a document would have done to the claims of the last month. */
export type PlanPreview = ToldChange & {
  readonly plan: string;
  /** The day since which decided claims were counted, and whether that is the whole month. */
  readonly decidedSince: Day;
  readonly isWhole: boolean;
};

type Tools = Pick<ClaimTools, 'db' | 'keys' | 'plans' | 'clock'>;

const daysCounted = 31;
/** More would take minutes of this server; the newest are counted, and the answer says since when. */
const countedMost = 20_000;
const openedMost = 100_000;
const rowsAtOnce = 1_000;
/** Some six milliseconds: lookups come in between. */
const claimsBetweenOthers = 25;

/**
 * Makes previews, one at a time on a server, and one of an insurer: each is seconds of work beside
 * lookups.
 */
export function createPreviewPlan(tools: Tools) {
  const counting = new Set<number>();
  let before: Promise<unknown> = Promise.resolve();
  return async (insurer: number, document: string): Promise<PlanPreview> => {
    if (counting.has(insurer)) throw new Failure('preview-running');
    counting.add(insurer);
    const preview = before.then(() => previewPlan(tools, insurer, document));
    before = preview.catch(() => {});
    return preview.finally(() => counting.delete(insurer));
  };
}

/**
 * Opens the insurer's accepted claims of a month in the process and tells sums alone. No receipt is taken:
 * nothing of a person leaves, and `small-groups.ts` holds it to that.
 */
async function previewPlan(tools: Tools, insurer: number, document: string): Promise<PlanPreview> {
  const { version } = readPlanOrRefuse(document);
  const plan = version.contract.id;
  const now = tools.clock.now();
  const since = new Date(Number(now / 1000n) - daysCounted * 86_400_000);
  const count = new ChangeCount();
  const changes = new Changes(tools, { insurer, version });
  let [counted, opened] = [0, 0];
  let last: DecidedRow | undefined;
  for (;;) {
    const rows = await readDecidedBefore(tools.db, { insurer, since, last, most: rowsAtOnce });
    for (const { id, subject, sealed } of rows) {
      if (sealed === null) continue;
      if (++opened % claimsBetweenOthers === 0) await otherWork();
      const submitted = openCare<SubmittedClaim>(tools.keys, sealed, { what: 'claim', id });
      if (!submitted.terms.contracts.some((one) => one.insurer === insurer && one.plan === plan)) continue;
      count.add({ id, person: subject ?? id, submitted }, await changes.on(submitted.careDate));
      counted += 1;
    }
    last = rows.at(-1) ?? last;
    const isWhole = rows.length < rowsAtOnce;
    if (!isWhole && counted < countedMost && opened < openedMost) continue;
    const decidedSince = isWhole || last === undefined ? since : new Date(last.decidedAt);
    const day = parisDay(BigInt(decidedSince.getTime()) * 1000n);
    return { plan, decidedSince: day, isWhole, ...count.tell() };
  }
}

type NewPlan = { readonly insurer: number; readonly version: ContractVersion };

/** The plans as they were on each day of care, and with the document in the place of the one it changes. */
class Changes {
  readonly #tools: Tools;
  readonly #new: NewPlan;
  readonly #days = new Map<Day, PlanChange>();

  constructor(tools: Tools, is: NewPlan) {
    this.#tools = tools;
    this.#new = is;
  }

  async on(day: Day): Promise<PlanChange> {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const { insurer, version } = this.#new;
    const plan = version.contract.id;
    const before = (await this.#tools.plans.read())(day);
    const changed = { ...version, id: 0, insurer };
    const after: FindPlan = (whose, name) =>
      whose === insurer && name === plan ? changed : before(whose, name);
    const change = { insurer, plan, before, after };
    this.#days.set(day, change);
    return change;
  }
}
