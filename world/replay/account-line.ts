import { type Thresholds, thresholdsOf, type WatchedAccount } from '../../src/modules/guard/index.ts';
import { type Standing, standings } from '../../src/modules/ledger/index.ts';
import type { Told } from '../day/send-lookup.ts';

/** Why a thief stopped: no session any more, only refusals, the list at its end, or somebody stopped it. */
export type ThiefEnd = 'shut-out' | 'gave-up' | 'at-the-end' | 'stopped';

/** What came of one stolen account, so far. */
export type AccountLine = {
  readonly account: number;
  readonly profession: string;
  readonly lookups: number;
  readonly refused: number;
  /** Different people told to the thief whom the account did not know. */
  readonly people: number;
  /** The guard's evidence at its highest as far as it was kept, and what each step asks for. */
  readonly bits: number;
  readonly thresholds: Thresholds;
  readonly standing: Standing;
  /** The first step that stops this thief; null until it came. */
  readonly contained: Containment | null;
  readonly caseFile: string | null;
  readonly end: ThiefEnd | null;
};

/** When a thief was stopped, and what was lost by then. */
export type Containment = {
  readonly standing: Standing;
  readonly people: number;
  /** Since the thief's first lookup. */
  readonly seconds: number;
};

/** Counts one stolen account: what its thief is told, and what the guard makes of it. */
export class LineCount {
  readonly account: number;
  end: ThiefEnd | null = null;
  readonly #profession: string;
  readonly #thresholds: Thresholds;
  readonly #knows: (subject: string) => boolean;
  /** Whoever answers challenges is stopped by a restriction at the earliest. */
  readonly #stopsFrom: number;
  /** New people by the ledger's names, and the entries by which they were told. */
  readonly #told = new Map<string, bigint>();
  #lookups = 0;
  #refused = 0;
  #refusedInARow = 0;
  #firstAt: number | undefined;
  #bits = 0;
  #steps: WatchedAccount['steps'] = [];

  constructor(
    of: {
      readonly account: number;
      readonly profession: string;
      readonly knows: (subject: string) => boolean;
    },
    isInsider: boolean,
  ) {
    this.account = of.account;
    this.#profession = of.profession;
    this.#thresholds = thresholdsOf(of.profession);
    this.#knows = of.knows;
    this.#stopsFrom = isInsider ? 2 : 1;
  }

  /** How many lookups in a row told nobody. */
  get refusedInARow(): number {
    return this.#refusedInARow;
  }

  /** Counts the answer to one lookup; `atMs` is when it was asked. */
  hear({ status, entry }: Told, subject: string, atMs: number): void {
    this.#firstAt ??= atMs;
    this.#lookups += 1;
    const isTold = status === 200;
    this.#refusedInARow = isTold ? 0 : this.#refusedInARow + 1;
    if (!isTold) this.#refused += 1;
    if (!isTold || this.#knows(subject) || this.#told.has(subject)) return;
    this.#told.set(subject, BigInt(entry?.split('/')[1] ?? -1));
  }

  /** Takes what the guard has of the account now. */
  see(watched: WatchedAccount): void {
    this.#steps = watched.steps.filter(({ isShadow }) => !isShadow);
    this.#bits = Math.max(this.#bits, watched.bits, ...this.#steps.map(({ bits }) => bits ?? 0));
  }

  line(): AccountLine {
    const steps = this.#steps;
    return {
      account: this.account,
      profession: this.#profession,
      lookups: this.#lookups,
      refused: this.#refused,
      people: this.#told.size,
      bits: this.#bits,
      thresholds: this.#thresholds,
      standing: standings[steps.at(-1)?.to ?? 0] ?? 'suspended',
      contained: this.#containment(steps),
      caseFile: steps.at(-1)?.caseFile ?? null,
      end: this.end,
    };
  }

  /** The ledger has one order: whoever was told before the entry that contains was lost before. */
  #containment(steps: WatchedAccount['steps']): Containment | null {
    const step = steps.find(({ what, to }) => what === 'contained' && to >= this.#stopsFrom);
    if (step === undefined || this.#firstAt === undefined) return null;
    const isBefore = (entry: bigint) => step.entry === null || entry < step.entry;
    return {
      standing: standings[step.to] ?? 'suspended',
      people: [...this.#told.values()].filter(isBefore).length,
      seconds: Math.max(0, (step.at.getTime() - this.#firstAt) / 1000),
    };
  }
}
