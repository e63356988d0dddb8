import type { Day } from '../../../platform/clock.ts';
import { contractsOf, type FindPlan, type PayingContract } from '../care/contracts-of-terms.ts';
import { payCare } from '../care/pay-care.ts';
import type { CareKind, Shares } from '../guarantees/care.ts';
import { NoRule } from '../guarantees/rules.ts';
import type { SubmittedClaim } from '../submitting/claim.ts';
import { GroupSums, type ToldGroup, tellGroups, tellPeople } from './small-groups.ts';

/** A claim that was paid, and whose it is: a name that never leaves the process. */
export type PaidClaim = { readonly id: string; readonly person: string; readonly submitted: SubmittedClaim };

/** What a document would have done to claims, in sums that tell of no single person. */
export type ToldChange = {
  /** Fewer than ten people had claims: nothing is told. */
  readonly isTooFew: boolean;
  readonly all: Omit<ToldGroup<CareKind>, 'name'>;
  readonly kinds: readonly ToldGroup<CareKind>[];
  /** How many people would pay less, and more; null for one to nine of them. */
  readonly peoplePayLess: number | null;
  readonly peoplePayMore: number | null;
};

/** Whose plan is changed, and how the plans stand before and after. */
export type PlanChange = {
  readonly insurer: number;
  readonly plan: string;
  readonly before: FindPlan;
  readonly after: FindPlan;
};

const nothing: ToldChange['all'] = { claims: 0, acts: 0, beforeCents: 0, afterCents: 0 };

/**
 * Counts claims twice, by the plans as they were and with the change, both times with nothing used of any
 * limit: like is compared with like, and what was really paid may be less where limits were used.
 */
export class ChangeCount {
  readonly #all = new GroupSums();
  readonly #groups = new Map<CareKind, GroupSums>();
  readonly #left = new Map<string, number>();

  add({ id, person, submitted }: PaidClaim, change: PlanChange): void {
    const before = pay(submitted, change.before);
    const after = pay(submitted, change.after);
    if (before === null || after === null) return;
    const isOwn = ({ insurer, name }: PayingContract) => insurer === change.insurer && name === change.plan;
    submitted.care.acts.forEach(({ kind }, place) => {
      const beforeCents = paidBy(before, place, isOwn);
      const act = { claim: id, person, beforeCents, afterCents: paidBy(after, place, isOwn) };
      this.#all.add(act);
      const group = this.#groups.get(kind) ?? new GroupSums();
      group.add(act);
      this.#groups.set(kind, group);
    });
    const left = (paid: Paid) => paid.shares.reduce((sum, share) => sum + share.person, 0);
    this.#left.set(person, (this.#left.get(person) ?? 0) + left(after) - left(before));
  }

  tell(): ToldChange {
    const kinds = tellGroups(this.#groups);
    const [all] = tellGroups(new Map([['all', this.#all]]));
    const payLess = [...this.#left.values()].filter((cents) => cents < 0).length;
    const payMore = [...this.#left.values()].filter((cents) => cents > 0).length;
    if (all === undefined) {
      const isTooFew = this.#left.size > 0;
      const people = isTooFew ? null : 0;
      return { isTooFew, all: nothing, kinds: [], peoplePayLess: people, peoplePayMore: people };
    }
    const { name: _name, ...sums } = all;
    return {
      ...{ isTooFew: false, all: sums, kinds },
      ...{ peoplePayLess: tellPeople(payLess), peoplePayMore: tellPeople(payMore) },
    };
  }
}

type Paid = { readonly contracts: readonly PayingContract[]; readonly shares: readonly Shares[] };

const nobody = { person: [], households: new Map() };

/** Null for a day whose figures are not known any more. */
function pay({ care, careDate, terms }: SubmittedClaim, find: FindPlan): Paid | null {
  const contracts = contractsOf(terms, find);
  const today: Day = careDate;
  try {
    const paid = payCare({ care, careDate, contracts, envelopes: nobody, organisation: 0, today });
    return { contracts, shares: paid.shares };
  } catch (error) {
    if (error instanceof NoRule) return null;
    throw error;
  }
}

function paidBy(
  { contracts, shares }: Paid,
  place: number,
  isOwn: (contract: PayingContract) => boolean,
): number {
  const own = new Set(contracts.filter(isOwn).map(({ id }) => id));
  const paid = shares[place]?.complementary ?? [];
  return paid.filter(({ contract }) => own.has(contract)).reduce((sum, { cents }) => sum + cents, 0);
}
