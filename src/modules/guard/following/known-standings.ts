import { standingReasons } from '../../ledger/index.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';

/** The standing of each account of a lane: what the entries folded tell, and what the guard did itself. */
export class KnownStandings {
  readonly #standings = new Map<number, number>();
  /** Where each account's standing last changed, as far as was folded. */
  readonly #changedAt = new Map<number, number>();

  /** 0 is open. */
  of(account: number): number {
    return this.#standings.get(account) ?? 0;
  }

  /** Takes back what a snapshot kept. */
  restore(account: number, standing: number): void {
    if (standing > 0) this.#standings.set(account, standing);
  }

  /** Its own steps were noted when they were taken; those entries come after. */
  follow({ account, action, reason, seq }: FollowedEntry): void {
    const isOwn = reason === standingReasons.guard && action > 0;
    this.#standings.set(account, isOwn ? Math.max(this.of(account), action) : action);
    this.#changedAt.set(account, seq);
  }

  /** Notes a step that was taken because of others. */
  raise(account: number, to: number): void {
    this.#standings.set(account, Math.max(this.of(account), to));
  }

  /** What the step of an entry came to; a change of standing that was folded since says more. */
  note({ account, seq }: Pick<FollowedEntry, 'account' | 'seq'>, standing: number): void {
    if ((this.#changedAt.get(account) ?? -1) < seq) this.#standings.set(account, standing);
  }
}
