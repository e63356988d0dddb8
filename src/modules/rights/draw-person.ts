import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import { type Caller, signInSignals } from '../access/index.ts';
import {
  type AccessReceipt,
  type AllowanceLeft,
  type Ledger,
  purposes,
  type Recorded,
  type RefusalReason,
} from '../ledger/index.ts';
import {
  consumePresence,
  type Held,
  hold,
  type Keys,
  lookupKeys,
  nirKey,
  type PresenceOutcome,
} from '../vault/index.ts';
import { type AskedPerson, readAsked } from './asked.ts';
import {
  type CoverageDecision,
  type CoverageQuestion,
  type CoverageReason,
  coverageRule,
} from './coverage.ts';
import { fieldSet } from './fields.ts';
import { Notices } from './noticing/notices.ts';
import { createReadPerson, type SealedRecord } from './read-people.ts';

/** What became of a presence code; `closed`: five wrong ones in an hour closed presence for an hour. */
export const presenceWords = ['accepted', 'not-accepted', 'not-given', 'closed'] as const;
export type PresenceWord = (typeof presenceWords)[number];

/** The place of an entry in the ledger; refusals beyond 60 a minute have none of their own. */
export type EntryPlace = { readonly lane: number; readonly seq: bigint | null };

/** What becomes of asking for a person. It is in the ledger before anybody hears of it. */
export type Drawn = { readonly entry: EntryPlace; readonly allowance: AllowanceLeft } & (
  | {
      readonly outcome: 'disclosed';
      readonly receipt: AccessReceipt;
      readonly held: Held;
      readonly decision: CoverageDecision;
      readonly presence: PresenceWord;
      readonly breakGlass: boolean;
    }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'refused'; readonly because: RefusalReason; readonly now: bigint }
);

/** What people are drawn with. */
export type DrawTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Accepts published test numbers whose key is wrong; never in production. */
  readonly lenient: boolean;
  /** What this process noticed so far, one for all ways to a person; its own when none is given. */
  readonly notices?: Notices;
};

/** What a person is asked for: the ledger's action, and which fields of a decision would leave. */
export type DrawFor = {
  readonly action: number;
  readonly fields: (decision: CoverageDecision) => readonly number[];
};

/** Draws one person: held, decided on, recorded. What it gives opens by its receipt alone. */
export type DrawPerson = (caller: Caller, asked: AskedPerson, use: DrawFor) => Promise<Drawn>;

/** The number an entry names a decision by: one is added, none is changed or used again. */
export const reasonCodes: Readonly<Record<CoverageReason, number>> = {
  covered: 1,
  'no-contract': 2,
  'not-started': 3,
  ended: 4,
  'domain-not-covered': 5,
  'domain-not-for-profession': 6,
  'rights-unreadable': 7,
};

/** What is decided of nobody. */
export const nothing: CoverageDecision = {
  reason: 'no-contract',
  domains: [],
  contracts: [],
  insurers: [],
  fields: [],
};

/**
 * The one way to a person, for lookups, quotes and claims alike: sealed facts are read and held, decided on,
 * and recorded; whoever asked then releases with the receipt, and confirms it last.
 */
export function createDrawPerson(tools: DrawTools): DrawPerson {
  const { keys, ledger, notices = new Notices() } = tools;
  const readPerson = createReadPerson(tools.db);
  // Unknown people cost the work of the last known one: the time of an answer does not tell them apart.
  let lastKnown: SealedRecord | null = null;

  return async (caller, asked, use) => {
    const read = readAsked(asked, { lenient: tools.lenient, now: tools.clock.now() });
    const record = await readPerson(lookupKeys(keys, read.identity));
    const presence = await provePresence(tools, caller, { code: asked.presenceCode, record });
    const stand: SealedRecord | null = record ?? lastKnown;
    const held = stand === null ? null : hold(keys, stand.found, stand.sealed);
    // After it opened: a record that does not open must not be every unknown person's work.
    lastKnown = stand;
    const question: CoverageQuestion = {
      ...{ careDate: asked.careDate, domains: read.domains, profession: caller.profession },
    };
    const found = held?.decide(coverageRule, question) ?? nothing;
    const known = record !== null && held !== null;
    const decision = known ? found : nothing;
    const { nir13 } = read.identity;
    const nirName = nirKey(keys, nir13);
    const recorded = await ledger.record({
      ...askOf(caller, { asked, use, decision }),
      nirKey: nirName,
      signals: signInSignals(caller) | notices.of({ account: caller.account, nir13, nirKey: nirName, known }),
      subject: record?.found.subject ?? null,
      reason: known ? reasonCodes[decision.reason] : 0,
      present: presence === 'accepted',
    });
    const drawn = drawnOf(recorded, known ? { held, decision, presence } : null, tools.clock);
    return asSoftware(caller, drawn);
  };
}

/** What came of asking, by what the ledger recorded; `known` is null when nobody was found. */
export function drawnOf(
  recorded: Recorded,
  known: Pick<Disclosed, 'held' | 'decision' | 'presence'> | null,
  clock: Clock,
): Drawn {
  const { allowance } = recorded;
  if (recorded.outcome === 'refused') {
    const { lane, seq, because } = recorded;
    return { outcome: 'refused', entry: { lane, seq }, allowance, because, now: clock.now() };
  }
  if (recorded.outcome === 'unknown' || known === null)
    return { outcome: 'unknown', entry: entryOf(recorded), allowance };
  const { receipt, breakGlass } = recorded;
  return { outcome: 'disclosed', entry: entryOf(recorded), allowance, receipt, breakGlass, ...known };
}

/** Software has no passkey to show: for it, and for a service account, a challenge is a restriction. */
export function asSoftware(caller: Pick<Caller, 'provenSecondsAgo'>, drawn: Drawn): Drawn {
  if (drawn.outcome !== 'refused' || drawn.because !== 'challenged') return drawn;
  return caller.provenSecondsAgo === null ? { ...drawn, because: 'restricted' } : drawn;
}

type Disclosed = Extract<Drawn, { outcome: 'disclosed' }>;

type Asking = {
  readonly asked: AskedPerson;
  readonly use: DrawFor;
  readonly decision: CoverageDecision;
};

function askOf(caller: Caller, { asked, use, decision }: Asking) {
  return {
    ...caller,
    action: use.action,
    purpose: purposes[asked.purpose],
    insurers: decision.insurers,
    fields: fieldSet(use.fields(decision)),
  };
}

/** Uses up the code of a present person's card. A wrong one counts as none: the lookup goes on, and costs. */
async function provePresence(
  tools: DrawTools,
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
