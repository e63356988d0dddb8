import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import type { Ledger } from '../ledger/index.ts';
import type { DrawPerson, ReadInsurers } from '../rights/index.ts';
import type { Keys } from '../vault/index.ts';
import type { PlanBook } from './plans/plan-book.ts';

/** What quotes, engagements and claims are made with. */
export type ClaimTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly draw: DrawPerson;
  readonly plans: PlanBook;
  readonly readInsurers: ReadInsurers;
};
