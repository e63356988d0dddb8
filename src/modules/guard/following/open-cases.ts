import type { Database } from '../../../platform/database/connect.ts';
import type { ChosenStep } from '../acting/choose-steps.ts';
import { listCountedCases } from '../acting/store.ts';
import type { StepOutcome } from '../acting/take-step.ts';

/** The open cases of an account: their numbers, and the highest step in shadow that is open or rests. */
export type AccountCases = { readonly ids: readonly string[]; readonly shadow: number };

/** Which accounts have an open case, so that most entries ask nobody. */
export class OpenCases {
  private cases = new Map<number, AccountCases>();
  /** For each reading that is under way, the accounts that changed here meanwhile. */
  private readonly readings = new Set<Set<number>>();

  /** Reads them as they are; what changes here meanwhile stays. */
  async read(db: Database): Promise<void> {
    const changed = new Set<number>();
    this.readings.add(changed);
    const read = await readCases(db).finally(() => this.readings.delete(changed));
    for (const account of changed) {
      const now = this.cases.get(account);
      if (now === undefined) read.delete(account);
      else read.set(account, now);
    }
    this.cases = read;
  }

  /** The open cases of an account. */
  of(account: number): AccountCases | undefined {
    return this.cases.get(account);
  }

  /** Notes a step: its case may be new. */
  open(
    account: number,
    step: { readonly id: string; readonly to: number; readonly isShadow: boolean },
  ): void {
    this.noteChange(account);
    const { ids = [], shadow = 0 } = this.cases.get(account) ?? {};
    const all = ids.includes(step.id) ? ids : [...ids, step.id];
    this.cases.set(account, { ids: all, shadow: step.isShadow ? Math.max(shadow, step.to) : shadow });
  }

  /** Notes what became of a step; of one that was taken before, its case is read. */
  async noteOutcome(
    db: Database,
    account: number,
    { to, isShadow }: ChosenStep,
    { came, caseFile }: StepOutcome,
  ): Promise<void> {
    if (caseFile !== null) this.open(account, { id: caseFile, to, isShadow });
    else if (came === 'before') await this.read(db);
  }

  /** Forgets an account's cases; those that are open still are read again. */
  close(account: number): void {
    this.noteChange(account);
    this.cases.delete(account);
  }

  private noteChange(account: number): void {
    for (const changed of this.readings) changed.add(account);
  }
}

async function readCases(db: Database): Promise<Map<number, AccountCases>> {
  const read = new Map<number, AccountCases>();
  for (const { account, id, isShadow, isOpen, level } of await listCountedCases(db)) {
    const { ids = [], shadow = 0 } = read.get(account) ?? {};
    read.set(account, {
      ids: isOpen ? [...ids, id] : ids,
      shadow: isShadow ? Math.max(shadow, level) : shadow,
    });
  }
  return read;
}
