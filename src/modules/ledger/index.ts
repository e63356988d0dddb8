/**
 * The ledger's facade: record a disclosure before it happens, explain it, change a standing, read an
 * allowance.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import type { Ask, Recorded } from './ask.ts';
import { type ByClaim, byClaim } from './by-claim/by-claim.ts';
import { type ByHand, byHand } from './by-hand/by-hand.ts';
import {
  type ExplanationKind,
  type ExplanationOutcome,
  explained,
  explanations,
  type Standing,
  standingAt,
} from './codes.ts';
import { type Containing, containing } from './containing/containing.ts';
import { type LedgerHealth, readHealth } from './health.ts';
import { type ManyAccounts, manyAccounts } from './many-accounts.ts';
import { type OneAccount, oneAccount } from './one-account.ts';
import { type AccessReceipt, originOf } from './receipt.ts';
import { LaneQueue } from './record-batches.ts';
import { steadyClock } from './steady-clock.ts';
import * as store from './store.ts';
import { madeDurable } from './trouble.ts';

export type { AllowanceLeft, Ask, Recorded } from './ask.ts';
export type { ClaimExplanation } from './by-claim/by-claim.ts';
export type { BreakGlassEntry } from './by-hand/store.ts';
export {
  actions,
  type CoolingReason,
  type EmergencyReason,
  type ExplanationKind,
  type ExplanationOutcome,
  emergencies,
  explanations,
  kinds,
  outcomes,
  outcomeWords,
  type Purpose,
  purposes,
  type RefusalReason,
  type Standing,
  standingAt,
  standingReasons,
  standings,
} from './codes.ts';
export type { FollowedEntry } from './following/followed-entry.ts';
export {
  countTold,
  type FirstUse,
  findSeqBefore,
  measureAfter,
  readEntriesAfter,
  readFirstUses,
} from './following/store.ts';
export type { LedgerHealth } from './health.ts';
export {
  findHoles,
  hasLedger,
  isOpen,
  type LaneState,
  readContained,
  readLanes,
  readLastMonth,
  readLedgerClock,
  readMark,
} from './lanes/store.ts';
export {
  countNewByDepartement,
  type LookedBack,
  type PastLookup,
  readPastLookups,
  readUsualPeople,
} from './looking-back/store.ts';
export type { OpenedAccount, Relation } from './many-accounts.ts';
export { countMentions, type Mentions } from './mentions/store.ts';
export type { AccountDay, DrawFigures, OwnLookup } from './one-account.ts';
export { type AccessReceipt, isReceipt } from './receipt.ts';
export { departementOf, honeyMarkOf, signalBits, withDepartement, withHoneyMark } from './signals.ts';
export { type AccountFigures, countLanes, prepareLedger } from './store.ts';

/**
 * An answer older than this since its record was sent asks the standing again: none may leave 1 s after a
 * suspension.
 */
const confirmAfterMs = 500;

/** What an account may still draw, and why. Numbers of people, except where named. */
export type Allowance = {
  readonly standing: Standing;
  readonly charged: number;
  readonly cap: number;
  readonly left: number;
  readonly renewalPerDay: number;
  readonly renews: boolean;
  readonly claimsLeftToday: number;
  readonly reasonsLeftThisWeek: number;
  readonly unknownLeft: number;
  readonly peopleToday: number;
  readonly peoplePerDayMax: number;
  /** Until when a change of passkeys restricts it to people who are present; null when none does. */
  readonly presentOnlyUntil: string | null;
};

/** One pair explained, by whom (account number; 0 is the system) and how. */
export type Explanation = {
  readonly account: number;
  readonly subject: string;
  readonly how: ExplanationKind;
  readonly by: number;
  /** The claim's id: required for a claim and for taking it back, and ignored otherwise. */
  readonly claim?: string;
};

/** Where an entry stands. */
export type EntryPlace = { readonly lane: number; readonly seq: bigint };

export type Ledger = ManyAccounts &
  ByHand &
  ByClaim &
  Containing &
  OneAccount & {
    /** Resolves once the entry is durable. Fails with `ledger-unavailable` when it could not be made so. */
    record(ask: Ask): Promise<Recorded>;
    explain(explanation: Explanation): Promise<ExplanationOutcome>;
    /** Explains the person of one of the account's own disclosed lookups; undefined when there is none. */
    explainEntry(
      own: Omit<Explanation, 'subject' | 'claim'> & { readonly entry: EntryPlace },
    ): Promise<{ readonly outcome: ExplanationOutcome; readonly entry: EntryPlace | null } | undefined>;
    /** Before an answer leaves: fails when the account was contained since, if the receipt is not fresh. */
    confirmOpen(receipt: AccessReceipt): Promise<void>;
    readAllowance(account: number): Promise<Allowance | undefined>;
    /** How it stands, in numbers. */
    readHealth(): Promise<LedgerHealth>;
    /** Minute work: counted refusals become entries, old batch ids go. */
    tidy(): Promise<void>;
    /** Waits for what is in flight. */
    close(): Promise<void>;
  };

/** The ledger over one database. `lanes` was fixed when the ledger was created. */
export function createLedger(
  db: Database,
  options: { readonly lanes: number; readonly clock: Clock },
): Ledger {
  const { lanes, clock } = options;
  const laneOf = (account: number): number => account % lanes;
  const queues = Array.from({ length: lanes }, (_, lane) => new LaneQueue(db, lane, clock));
  const now = steadyClock(clock);
  const here = (account: number) => ({ lane: laneOf(account), account, serverAt: now() });

  const explainPair = (explanation: Explanation) => explainOne(db, here(explanation.account), explanation);
  const explain: Ledger['explain'] = async (explanation) => (await explainPair(explanation)).outcome;

  return {
    ...manyAccounts(db, { lanes, now }),
    ...oneAccount(db, { lanes, now }),
    ...containing({ lanes, now }),
    ...byHand(db, { now }),
    ...byClaim(db, { lanes, now }),
    async record(ask) {
      const queue = queues[laneOf(ask.account)];
      if (queue === undefined)
        throw new Failure('ledger-unavailable', { privateCause: `no lane for ${ask.account}` });
      return queue.record(ask);
    },
    explain,
    async explainEntry({ entry, ...own }) {
      const { lane, seq } = entry;
      const subject = await madeDurable(store.findDrawn(db, { lane, seq, account: own.account }));
      return subject === undefined ? undefined : explainPair({ ...own, subject });
    },
    async confirmOpen(receipt) {
      const { sentAt, present } = originOf(receipt);
      if (clock.monotonic() - sentAt < confirmAfterMs) return;
      const standing = await madeDurable(store.readStanding(db, receipt.lane, receipt.account));
      if (standing === 3) throw new Failure('account-suspended');
      if (standing === 1 && !present) throw new Failure('account-challenged');
      if (standing !== 0 && !present) throw new Failure('account-restricted');
    },
    async readAllowance(account) {
      const row = await madeDurable(store.readAllowanceRow(db, here(account)));
      return row === undefined ? undefined : allowanceOf(row);
    },
    readHealth: () => readHealth(db, { queues, clock, now }),
    async tidy() {
      for (let lane = 0; lane < lanes; lane += 1) await store.tidyLane(db, lane, now());
    },
    async close() {
      await Promise.all(queues.map((queue) => queue.idle()));
    },
  };
}

async function explainOne(
  db: Database,
  here: { lane: number; account: number; serverAt: bigint },
  { subject, how, by, claim }: Explanation,
) {
  const named = how === 'claim' || how === 'claim-taken-back' ? (claim ?? null) : null;
  const ask = { ...here, subject, how: explanations[how], by, claim: named };
  const { outcome, seq } = await madeDurable(store.explainPair(db, ask));
  const entry = seq === null ? null : { lane: here.lane, seq };
  return { outcome: explained[outcome as keyof typeof explained], entry };
}

function allowanceOf(row: Awaited<ReturnType<typeof store.readAllowanceRow>> & object): Allowance {
  return {
    standing: standingAt(row.standing),
    charged: row.charged,
    cap: row.cap,
    left: Math.max(0, row.cap - row.charged),
    renewalPerDay: row.renewal_per_day,
    renews: row.renews,
    claimsLeftToday: Math.max(0, row.usual - row.claims_today),
    reasonsLeftThisWeek: Math.max(0, row.by_hand_left),
    unknownLeft: row.unknown_left,
    peopleToday: row.people_today,
    peoplePerDayMax: row.people_per_day_max,
    presentOnlyUntil: (row.present_only_until as Date | null)?.toISOString() ?? null,
  };
}
