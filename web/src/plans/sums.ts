/** Care and who pays each of its lines, as a trial tells it. */
export type PaidCare = {
  readonly acts: readonly {
    readonly code: string;
    readonly kind: string;
    readonly quantity?: number;
    readonly priceCents: number;
  }[];
  readonly shares: readonly {
    readonly mandatoryGrossCents: number;
    readonly planCents: number;
    readonly personCents: number;
    readonly why: readonly { readonly rule: string; readonly cents: number }[];
  }[];
};

/** The sums of the lines of care. */
export function sumsOf({ acts, shares }: PaidCare) {
  const sum = (of: (one: PaidCare['shares'][number]) => number) =>
    shares.reduce((total, one) => total + of(one), 0);
  return {
    priceCents: acts.reduce((total, { priceCents }) => total + priceCents, 0),
    mandatoryCents: sum((one) => one.mandatoryGrossCents),
    planCents: sum((one) => one.planCents),
    personCents: sum((one) => one.personCents),
  };
}

/**
 * How many lines of a text are new in another, and how many of it are gone: by the lines, wherever they
 * stand.
 */
export function changedLines(before: string, after: string): { added: number; removed: number } {
  const count = (text: string) => {
    const lines = new Map<string, number>();
    for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
      lines.set(line, (lines.get(line) ?? 0) + 1);
    }
    return lines;
  };
  const [old, now] = [count(before), count(after)];
  const more = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>) =>
    [...one].reduce((sum, [line, times]) => sum + Math.max(0, times - (other.get(line) ?? 0)), 0);
  return { added: more(now, old), removed: more(old, now) };
}
