import type { Caller } from '../access/index.ts';
import { actions, type EmergencyReason, emergencies } from '../ledger/index.ts';
import { release } from '../vault/index.ts';
import { assembleAnswer, type CoverageAnswer } from './answer.ts';
import type { AskedPerson } from './asked.ts';
import { createDrawPerson, type Drawn, type DrawTools, type PresenceWord } from './draw-person.ts';
import type { ReadInsurers } from './read-insurers.ts';

/** A lookup as it is asked; everything in it is text from outside until `readAsked` has read it. */
export type AskedLookup = AskedPerson & {
  /** Asks for an answer beyond the allowance, should it be used up. */
  readonly emergency?: EmergencyReason;
};

/** Somebody was told of beyond the allowance: a security officer hears of it at once. Names no person. */
export type ToldToReview = {
  readonly account: number;
  readonly entry: { readonly lane: number; readonly seq: bigint };
  readonly reason: EmergencyReason;
};

type Told = Extract<Drawn, { outcome: 'disclosed' }>;

/** What came of a lookup. Each outcome is in the ledger before it is told. */
export type LookupOutcome =
  | Exclude<Drawn, { outcome: 'disclosed' }>
  | (Pick<Told, 'outcome' | 'entry' | 'allowance' | 'breakGlass'> & {
      readonly answer: CoverageAnswer;
      readonly presence: PresenceWord;
    });

/** What a lookup is made with. */
export type LookupTools = DrawTools & {
  readonly readInsurers: ReadInsurers;
  /** Tells the security officer. It must not throw, and starts what takes time without waiting for it. */
  readonly told?: (review: ToldToReview) => void;
};

export type LookupCoverage = (caller: Caller, asked: AskedLookup) => Promise<LookupOutcome>;

/** Makes the lookup: sealed facts are held, decided on, recorded, and only then released. */
export function createLookupCoverage(tools: LookupTools): LookupCoverage {
  const draw = createDrawPerson(tools);
  return async (caller, asked) => {
    const { emergency, careDate } = asked;
    const action = emergency === undefined ? actions.coverageLookup : emergencies[emergency];
    const drawn = await draw(caller, asked, { action, fields: ({ fields }) => fields });
    if (drawn.outcome !== 'disclosed') return drawn;
    const { receipt, held, decision, ...told } = drawn;
    if (told.breakGlass && emergency !== undefined) {
      tools.told?.({ account: caller.account, entry: receipt, reason: emergency });
    }
    const facts = release(receipt, held, decision.contracts);
    const insurers = await tools.readInsurers(decision.insurers);
    const answer = assembleAnswer({ careDate, decision, facts, insurers });
    // Last before it leaves: an account contained since the record gets nothing any more.
    await tools.ledger.confirmOpen(receipt);
    return { ...told, answer };
  };
}
