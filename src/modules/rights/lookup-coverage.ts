import type { Clock, Day } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import type { Caller } from '../access/index.ts';
import {
  type AccessReceipt,
  type AllowanceLeft,
  actions,
  type EmergencyReason,
  emergencies,
  type Ledger,
  type Purpose,
  purposes,
  type RefusalReason,
} from '../ledger/index.ts';
import {
  consumePresence,
  hold,
  type Keys,
  lookupKeys,
  nirKey,
  type PresenceOutcome,
  release,
} from '../vault/index.ts';
import { assembleAnswer, type CoverageAnswer } from './answer.ts';
import { readAsked } from './asked.ts';
import {
  type CoverageDecision,
  type CoverageQuestion,
  type CoverageReason,
  coverageRule,
} from './coverage.ts';
import { fieldSet } from './fields.ts';
import type { ReadInsurers } from './read-insurers.ts';
import { createReadPerson, type SealedRecord } from './read-people.ts';

/** A lookup as it is asked; everything in it is text from outside until `readAsked` has read it. */
export type AskedLookup = {
  readonly nir: string;
  readonly birthDate: string;
  readonly birthRank?: number;
  readonly presenceCode?: string;
  readonly careDate: Day;
  readonly careDomains?: readonly string[];
  readonly purpose: Purpose;
  /** Asks for an answer beyond the allowance, should it be used up. */
  readonly emergency?: EmergencyReason;
};

/** Somebody was told of beyond the allowance: a security officer hears of it at once. Names no person. */
export type ToldToReview = {
  readonly account: number;
  readonly entry: { readonly lane: number; readonly seq: bigint };
  readonly reason: EmergencyReason;
};

/** What became of a presence code. */
/** `closed`: five wrong codes in an hour closed presence for an hour. */
export const presenceWords = ['accepted', 'not-accepted', 'not-given', 'closed'] as const;
export type PresenceWord = (typeof presenceWords)[number];

/** The place of an entry in the ledger; refusals beyond 60 a minute have none of their own. */
export type EntryPlace = { readonly lane: number; readonly seq: bigint | null };

/** What came of a lookup. Each outcome is in the ledger before it is told. */
export type LookupOutcome = { readonly entry: EntryPlace; readonly allowance: AllowanceLeft } & (
  | {
      readonly outcome: 'disclosed';
      readonly answer: CoverageAnswer;
      readonly presence: PresenceWord;
      readonly breakGlass: boolean;
    }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'refused'; readonly because: RefusalReason; readonly now: bigint }
);

/** What a lookup is made with. */
export type LookupTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly readInsurers: ReadInsurers;
  /** Accepts published test numbers whose key is wrong; never in production. */
  readonly lenient: boolean;
  /** Tells the security officer. It must not throw, and starts what takes time without waiting for it. */
  readonly told?: (review: ToldToReview) => void;
};

export type LookupCoverage = (caller: Caller, asked: AskedLookup) => Promise<LookupOutcome>;

/** The number an entry names a decision by: one is added, none is changed or used again. */
const reasonCodes: Readonly<Record<CoverageReason, number>> = {
  covered: 1,
  'no-contract': 2,
  'not-started': 3,
  ended: 4,
  'domain-not-covered': 5,
  'domain-not-for-profession': 6,
  'rights-unreadable': 7,
};

const nothing: CoverageDecision = {
  reason: 'no-contract',
  domains: [],
  contracts: [],
  insurers: [],
  fields: [],
};

/** Makes the lookup: sealed facts are held, decided on, recorded, and only then released. */
export function createLookupCoverage(tools: LookupTools): LookupCoverage {
  const { keys, ledger } = tools;
  const readPerson = createReadPerson(tools.db);
  // Unknown people cost the work of the last known one: the time of an answer does not tell them apart.
  let lastKnown: SealedRecord | null = null;

  return async (caller, asked) => {
    const { identity, domains } = readAsked(asked, { lenient: tools.lenient, now: tools.clock.now() });
    const record = await readPerson(lookupKeys(keys, identity));
    const presence = await provePresence(tools, caller, { code: asked.presenceCode, record });
    const stand: SealedRecord | null = record ?? lastKnown;
    const held = stand === null ? null : hold(keys, stand.found, stand.sealed);
    // After it opened: a record that does not open must not be every unknown person's work.
    lastKnown = stand;
    const question: CoverageQuestion = { careDate: asked.careDate, domains, profession: caller.profession };
    const found = held?.decide(coverageRule, question) ?? nothing;
    const known = record !== null && held !== null;
    const decision = known ? found : nothing;
    const recorded = await ledger.record({
      ...caller,
      action: asked.emergency === undefined ? actions.coverageLookup : emergencies[asked.emergency],
      purpose: purposes[asked.purpose],
      subject: record?.found.subject ?? null,
      nirKey: nirKey(keys, identity.nir13),
      insurers: decision.insurers,
      fields: fieldSet(decision.fields),
      reason: known ? reasonCodes[decision.reason] : 0,
      present: presence === 'accepted',
      signals: 0,
    });
    const { allowance } = recorded;
    if (recorded.outcome === 'refused') {
      const { lane, seq, because } = recorded;
      return { outcome: 'refused', entry: { lane, seq }, allowance, because, now: tools.clock.now() };
    }
    if (recorded.outcome === 'unknown' || !known)
      return { outcome: 'unknown', entry: entryOf(recorded), allowance };
    const { receipt, breakGlass } = recorded;
    const { emergency } = asked;
    if (breakGlass && emergency !== undefined) {
      tools.told?.({ account: caller.account, entry: receipt, reason: emergency });
    }
    const facts = release(receipt, held, decision.contracts);
    const insurers = await tools.readInsurers(decision.insurers);
    const answer = assembleAnswer({ careDate: asked.careDate, decision, facts, insurers });
    // Last before it leaves: an account contained since the record gets nothing any more.
    await ledger.confirmOpen(receipt);
    return { outcome: 'disclosed', entry: entryOf(recorded), allowance, answer, presence, breakGlass };
  };
}

/** Uses up the code of a present person's card. A wrong one counts as none: the lookup goes on, and costs. */
async function provePresence(
  tools: LookupTools,
  caller: Caller,
  given: { readonly code: string | undefined; readonly record: SealedRecord | null },
): Promise<PresenceWord> {
  const { code } = given;
  if (code === undefined) return 'not-given';
  const subject = given.record?.found.subject ?? null;
  const proof = { account: caller.account, subject, code, now: tools.clock.now() };
  const outcome = await consumePresence(tools.db, tools.keys, proof).catch((error: unknown) => {
    throw new Failure('unavailable', { privateCause: error });
  });
  // A crash before this line leaves presence closed without its entry; the lookups around it have theirs.
  if (outcome === 'closes') await tools.ledger.notePresenceClosed(caller.account, subject);
  return presenceOf[outcome];
}

const presenceOf: Readonly<Record<PresenceOutcome, PresenceWord>> = {
  accepted: 'accepted',
  refused: 'not-accepted',
  closes: 'closed',
  closed: 'closed',
};

function entryOf(recorded: EntryPlace | { readonly receipt: AccessReceipt }): EntryPlace {
  return 'receipt' in recorded ? { lane: recorded.receipt.lane, seq: recorded.receipt.seq } : recorded;
}
