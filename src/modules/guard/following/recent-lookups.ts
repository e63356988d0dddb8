import type { EvidencePoint } from '../acting/store.ts';
import type { Finding } from '../fold/finding.ts';

/** How many of an account's last lookups a case looks back on. */
const lookBackMost = 60;

/** The evidence after the last lookups of accounts that stand high: what a case will look back on. */
export class RecentLookups {
  private readonly of = new Map<number, EvidencePoint[]>();

  /** Remembers a lookup, once however often it is told. */
  remember({ account, lane, seq, at, bits, own }: Finding): void {
    const points = this.of.get(account) ?? [];
    if (points.at(-1)?.seq === seq) return;
    points.push({ lane, seq, at, bits, own: [...own] });
    if (points.length > lookBackMost) points.shift();
    this.of.set(account, points);
  }

  /**
   * Gives away what is remembered of an account; what was not kept comes back. Lookups that are folded
   * meanwhile are remembered beside it, and not forgotten with it.
   */
  async give<Outcome>(
    account: number,
    keep: (points: readonly EvidencePoint[]) => Promise<Outcome>,
    isKept: (outcome: Outcome) => boolean,
  ): Promise<Outcome> {
    const points = this.of.get(account) ?? [];
    this.of.delete(account);
    let kept = false;
    try {
      const outcome = await keep(points);
      kept = isKept(outcome);
      return outcome;
    } finally {
      const later = this.of.get(account) ?? [];
      if (!kept) this.of.set(account, [...points, ...later].slice(-lookBackMost));
    }
  }
}
