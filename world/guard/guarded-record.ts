import type { FollowedEntry } from '../../src/modules/guard/index.ts';
import {
  actions,
  explanations,
  kinds,
  outcomes,
  signalBits,
  standingReasons,
  standings,
  withDepartement,
  withHoneyMark,
} from '../../src/modules/ledger/index.ts';
import { dayMicros } from './calendar.ts';
import { type Doing, oneOrder } from './doing.ts';
import { bornIn, subjectOf } from './french-people.ts';
import { came, type LeanAllowance } from './lean-allowance.ts';

const [open, suspended] = [standings.indexOf('open'), standings.indexOf('suspended')];
/** Who changes a standing that is not the account itself. */
export const theGuard = 0;
export const somebodyElse = 1_000_000_000;
/** Paris is one or two hours ahead; summer is played. */
const parisMicros = 7_200_000_000;

type Held = { allowance: LeanAllowance; organisation: number; standing: number; lastOrder: number };

/** What a doing became. */
export type Kept = { readonly entry: FollowedEntry | undefined; readonly isLimited: boolean };

/**
 * The record statement in memory, of one lane: it refuses what the standing and the allowance refuse, gives
 * signals, and numbers its entries. Time never goes back in it.
 */
export class GuardedRecord {
  readonly #held = new Map<number, Held>();
  readonly lane: number;
  /** Without allowances, as portals are that count requests alone. */
  readonly #isUnlimited: boolean;
  #seq = 0;
  #at = 0;

  constructor(lane = 0, isUnlimited = false) {
    this.lane = lane;
    this.#isUnlimited = isUnlimited;
  }

  open(post: { readonly account: number; readonly organisation: number }, allowance: LeanAllowance): void {
    const { account, organisation } = post;
    this.#held.set(account, { allowance, organisation, standing: 0, lastOrder: -1 });
  }

  /** A record of some accounts only, as they are now. */
  fork(accounts: Iterable<number>, isUnlimited = false): GuardedRecord {
    const copy = new GuardedRecord(this.lane, isUnlimited);
    copy.#seq = this.#seq;
    copy.#at = this.#at;
    for (const account of accounts) {
      const held = this.#of(account);
      copy.#held.set(account, { ...held, allowance: held.allowance.fork() });
    }
    return copy;
  }

  standingOf(account: number): number {
    return this.#of(account).standing;
  }

  allowanceOf(account: number): LeanAllowance {
    return this.#of(account).allowance;
  }

  /** What comes of a doing: its entry, unless nothing is to be written. */
  keep(doing: Doing): Kept {
    if (doing.what === 'claim') return this.#explain(doing);
    const entry = doing.what === 'opened' ? this.#opened(doing) : this.#lookUp(doing);
    return { entry, isLimited: false };
  }

  changeStanding(
    account: number,
    to: number,
    by: { readonly who: number; readonly at: number },
  ): FollowedEntry {
    const held = this.#of(account);
    held.standing = to;
    const reason = reasonOf(account, by.who);
    const told = { by: by.who, kind: kinds.standing, action: to, reason };
    return { ...empty, ...this.#place(by.at), account, organisation: held.organisation, ...told };
  }

  #opened({ account, at }: Doing): FollowedEntry {
    const { organisation } = this.#of(account);
    const what = { by: somebodyElse, kind: kinds.opened, action: 0 };
    return { ...empty, ...this.#place(at), account, organisation, ...what };
  }

  #lookUp(doing: Doing): FollowedEntry {
    const { account, person, present } = doing;
    const held = this.#of(account);
    const place = this.#place(doing.at);
    const today = dayOf(place.at);
    const isKnown = person < 0 || held.allowance.knows(person, today);
    const because = this.#decide(held, doing, today);
    const outcome = outcomeOf(because);
    const signals = signalsOf(doing, held.lastOrder, isKnown);
    held.lastOrder = doing.order;
    return {
      lane: place.lane,
      seq: place.seq,
      at: place.at,
      account,
      by: account,
      kind: kinds.lookup,
      action: doing.what === 'sent' ? actions.claimed : actions.coverageLookup,
      organisation: held.organisation,
      client: doing.client,
      network: doing.network,
      session: doing.session,
      subject: person < 0 ? null : subjectOf(person),
      outcome,
      reason: outcome === outcomes.refused ? because : 0,
      present: present && person >= 0,
      signals,
      count: 1,
    };
  }

  #decide({ standing, allowance }: Held, { person, present }: Doing, today: number): number {
    if (standing === suspended) return came.suspended;
    if (standing !== open && !present) return came.restricted;
    const told = allowance.lookUp(today, person, present);
    if (!this.#isUnlimited || told === came.unknown) return told;
    if (told !== came.disclosed && person >= 0) allowance.remember(person, today);
    return person < 0 ? came.unknown : came.disclosed;
  }

  #explain({ account, person, at }: Doing): Kept {
    const held = this.#of(account);
    const told = held.allowance.explain(dayOf(Math.max(at, this.#at)), person);
    if (told !== 'explained') return { entry: undefined, isLimited: told === 'limit' };
    const what = { by: 0, kind: kinds.explanation, action: explanations.claim, subject: subjectOf(person) };
    const entry = { ...empty, ...this.#place(at), account, organisation: held.organisation, ...what };
    return { entry, isLimited: false };
  }

  #place(at: number): { lane: number; seq: number; at: number } {
    this.#seq += 1;
    this.#at = Math.max(this.#at, Math.floor(at));
    return { lane: this.lane, seq: this.#seq, at: this.#at };
  }

  #of(account: number): Held {
    const held = this.#held.get(account);
    if (held === undefined) throw new Error(`no account ${account}`);
    return held;
  }
}

const empty = {
  client: 0,
  network: 0,
  session: 0,
  subject: null,
  outcome: outcomes.disclosed,
  reason: 0,
  present: false,
  signals: 0,
  count: 1,
};

function outcomeOf(because: number): number {
  if (because === came.disclosed) return outcomes.disclosed;
  return because === came.unknown ? outcomes.unknown : outcomes.refused;
}

function reasonOf(account: number, by: number): number {
  if (by === theGuard) return standingReasons.guard;
  return by === account ? standingReasons.holder : standingReasons.operator;
}

function signalsOf(doing: Doing, lastOrder: number, isKnown: boolean): number {
  const { neverSeen, sameRun, ascending, hasPrevious } = signalBits;
  const bits =
    (isKnown ? 0 : neverSeen) |
    (doing.sameRun ? sameRun : 0) |
    (lastOrder >= 0 ? hasPrevious : 0) |
    (lastOrder >= 0 && doing.order > lastOrder ? ascending : 0);
  if (doing.honey) return withHoneyMark(bits, Buffer.of(Math.floor(doing.order / oneOrder) % 256));
  return doing.person < 0 ? bits : withDepartement(bits, bornIn(doing.person));
}

/** The day of an allowance in Paris. */
export function dayOf(at: number): number {
  return Math.floor((at + parisMicros) / dayMicros);
}
