import { kinds, standingReasons } from '../../ledger/index.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import {
  type AtLookup,
  addToTable,
  forgetOld,
  keysAt,
  makeUsual,
  moveRhythm,
  noteUses,
} from './account-uses.ts';
import { AttributeTable } from './attribute-table.ts';
import * as figures from './figures.ts';
import { absorb, type Group, newGroup, stepEnded } from './group.ts';
import {
  familyOf,
  isNew,
  isStranger,
  type LinkedAccount,
  learnGap,
  newAccount,
  personOf,
  rhythmKey,
  type Use,
  wasSeen,
} from './linked-account.ts';
import { isLink, near, weighPair } from './pair-weight.ts';

const dayUs = 86_400_000_000;

/** What the index remembers beside accounts and groups. */
export type IndexState = { readonly turn: number; readonly startedAt: number; readonly day: number };

/**
 * Which accounts are linked. Pure: the same entries in the same order give the same groups, whatever was
 * saved and restored between. Entries are followed after they were folded: what made a link is no evidence
 * of the group it makes.
 *
 * Only accounts that drew a stranger from something new enter the graph, so that an entry of usual work costs
 * two comparisons; an account is compared with 64 others at most, and only when it draws under something for
 * the first time.
 */
export class CampaignIndex {
  readonly #accounts = new Map<number, LinkedAccount>();
  readonly #groups = new Map<number, Group>();
  readonly #table = new AttributeTable();
  readonly #dailyLookupsOf: (account: number) => number;
  readonly #changed = new Set<number>();
  readonly #gone: Group[] = [];
  readonly #forgotten: number[] = [];
  #turn = 0;
  #startedAt = 0;
  #day = 0;

  constructor(dailyLookupsOf: (account: number) => number) {
    this.#dailyLookupsOf = (account) => Math.max(1, dailyLookupsOf(account));
  }

  /** The group of an account. */
  groupOf(account: number): Group | undefined {
    return this.#groups.get(account);
  }

  /**
   * The e-detectors of the group of an entry's account, if the entry is of the group's doing: made from
   * something new to the account. That is known before the entry says whom it was about, so it breaks no
   * promise; and without it the usual work of a busy owner would hide the thief from the others' guard.
   */
  tracksOf(entry: FollowedEntry): Float64Array | undefined {
    const group = this.#groups.get(entry.account);
    const of = this.#accounts.get(entry.account);
    if (group === undefined || of === undefined || wasSeen(of, entry)) return undefined;
    const isAnew = (uses: readonly Use[], value: number) => {
      const use = uses.find((each) => each.value === value);
      return value !== 0 && (use === undefined || isNew(use, entry.at));
    };
    const isFromNew = isAnew(of.networks, entry.network) || isAnew(of.clients, entry.client);
    // Accounts that are linked by nothing but how they draw are watched in all that they do.
    return isFromNew || of.drawn.every(([key]) => familyOf(key) === 'rhythm') ? group.tracks : undefined;
  }

  /** Every group, the oldest first. */
  groups(): Group[] {
    return [...new Set(this.#groups.values())].sort((one, other) => one.turn - other.turn);
  }

  /** What is remembered of an account. */
  accountOf(account: number): LinkedAccount | undefined {
    return this.#accounts.get(account);
  }

  /** Follows an entry that was folded, with the account's own evidence after it. */
  follow(entry: FollowedEntry, bits = 0): void {
    this.#passTo(entry.at);
    if (entry.kind === kinds.lookup) this.#lookUp(entry, bits);
    else if (entry.kind === kinds.standing) this.#changeStanding(entry);
  }

  /** A person said that a group is none, or that a member is honest: what it shares is usual from now on. */
  release(account: number): void {
    const of = this.#accounts.get(account);
    if (of === undefined) return;
    makeUsual(this.#table, of);
    this.#changed.add(account);
    const group = this.#groups.get(account);
    if (group === undefined) return;
    for (const member of group.members) this.#changed.add(member);
    this.#groups.delete(account);
    group.members = group.members.filter((member) => member !== account);
    group.links = group.links.filter(({ one, other }) => one !== account && other !== account);
    group.dailyLookups -= this.#dailyLookupsOf(account);
    // What was judged is spent; an e-detector may start again at any time. Not if another member was robbed.
    if (!group.isConfirmed) {
      group.tracks.fill(0);
      group.level = 0;
    }
    if (group.members.length < 2) this.dissolve(group);
  }

  /** Ends a group. */
  dissolve(group: Group): void {
    for (const account of group.members) this.#groups.delete(account);
    this.#gone.push(group);
  }

  /** Groups that ended or became part of others since this was asked last. */
  takeGone(): Group[] {
    return this.#gone.splice(0);
  }

  /** Accounts that changed since this was asked last. */
  takeChanged(): LinkedAccount[] {
    const changed = [...this.#changed].map((account) => this.#accounts.get(account));
    this.#changed.clear();
    return changed.filter((of) => of !== undefined);
  }

  /** Accounts that were forgotten since this was asked last, and did not come back. */
  takeForgotten(): number[] {
    return this.#forgotten.splice(0).filter((account) => !this.#accounts.has(account));
  }

  /** What is remembered beside accounts and groups. */
  state(): IndexState {
    return { turn: this.#turn, startedAt: this.#startedAt, day: this.#day };
  }

  /** Takes back what was saved: all accounts that changed since the first entry, and the groups. */
  restore(state: IndexState, accounts: Iterable<LinkedAccount>, groups: Iterable<Group>): void {
    this.#turn = state.turn;
    this.#startedAt = state.startedAt;
    this.#day = state.day;
    const drawn: { key: number; turn: number; account: number }[] = [];
    for (const of of accounts) {
      this.#accounts.set(of.account, of);
      addToTable(this.#table, of);
      for (const [key, turn] of of.drawn) if (turn > 0) drawn.push({ key, turn, account: of.account });
    }
    drawn.sort((one, other) => one.turn - other.turn);
    for (const { key, account } of drawn) this.#table.draw(key, account);
    for (const group of groups) for (const account of group.members) this.#groups.set(account, group);
    this.#forgetOld();
  }

  #passTo(at: number): void {
    if (this.#startedAt === 0) this.#startedAt = at;
    const day = Math.floor(at / dayUs);
    if (day <= this.#day) return;
    this.#day = day;
    this.#forgetOld();
  }

  /** Once a day; from the day alone, so that it can be done again after a restart. */
  #forgetOld(): void {
    const now = this.#day * dayUs;
    for (const group of this.groups()) if (now - group.lastAt > figures.quietUs) this.dissolve(group);
    for (const [account, of] of this.#accounts) {
      const drew = of.draws.length;
      const isLeft = forgetOld(this.#table, of, now) || this.#groups.has(account);
      // Whom it drew is kept no longer than it may link somebody.
      if (of.draws.length < drew) this.#changed.add(account);
      if (!isLeft && this.#accounts.delete(account)) this.#forgotten.push(account);
    }
  }

  #lookUp(entry: FollowedEntry, bits: number): void {
    const { account, at } = entry;
    let of = this.#accounts.get(account);
    if (of === undefined) {
      of = newAccount(account, entry.organisation);
      this.#accounts.set(account, of);
    }
    if (wasSeen(of, entry)) return;
    this.#changed.add(account);
    this.#turn += 1;
    of.organisation = entry.organisation;
    of.lane = entry.lane;
    of.seq = entry.seq;
    of.at = at;
    of.bits = bits;
    // Quiet again: the next step is another one.
    if (this.#groups.get(account)?.level === 0) delete of.ended;
    const isLearning = at - this.#startedAt < figures.learningUs;
    const uses = noteUses(this.#table, of, entry, isLearning);
    if (isStranger(entry)) this.#draw(of, entry, uses);
  }

  #draw(of: LinkedAccount, entry: FollowedEntry, uses: AtLookup): void {
    const { at } = entry;
    const rhythm = rhythmKey(of);
    if (of.strangerAt > 0) learnGap(of, (at - of.strangerAt) / 1e6);
    of.strangerAt = at;
    moveRhythm(this.#table, of, rhythm);
    const keys = keysAt(uses, of, at);
    if (keys.length === 0) return;
    const group = this.#groups.get(of.account);
    if (group !== undefined) group.lastAt = at;
    if ([uses.network, uses.client].some((use) => use !== undefined && isNew(use, at))) of.people += 1;
    of.draws.push({ at, person: personOf(entry) });
    if (of.draws.length > figures.drawsKept) of.draws.shift();
    const fresh = keys.filter((key) => !of.drawn.some(([each]) => each === key));
    for (const key of fresh) of.drawn.push([key, this.#table.draw(key, of.account) ? this.#turn : 0]);
    // Turns can be told once both have drawn enough.
    if (fresh.length > 0 || of.people === figures.drawsKept) this.#link(of, entry);
  }

  #link(of: LinkedAccount, entry: FollowedEntry): void {
    const tried = new Set<number>([of.account]);
    let linked = 0;
    for (const [key] of of.drawn)
      for (const each of near(key))
        for (const account of this.#table.drawersOf(each).slice()) {
          if (tried.has(account) || linked >= figures.linksMost) continue;
          tried.add(account);
          const other = this.#accounts.get(account);
          if (other !== undefined && this.#tryLink(of, other, entry)) linked += 1;
        }
  }

  #tryLink(of: LinkedAccount, other: LinkedAccount, entry: FollowedEntry): boolean {
    if (of.organisation === other.organisation) return false;
    const [mine, theirs] = [this.#groups.get(of.account), this.#groups.get(other.account)];
    const isMate = (account: number) => {
      const group = this.#groups.get(account);
      return group !== undefined && (group === mine || group === theirs);
    };
    const crowd = { table: this.#table, active: this.#accounts.size };
    const alone = weighPair(of, other, crowd);
    const isGrouped = mine !== undefined || theirs !== undefined;
    const shared = isLink(alone) || !isGrouped ? alone : weighPair(of, other, { ...crowd, isMate });
    if (!isLink(shared)) return false;
    const size = (mine?.members.length ?? 1) + (theirs?.members.length ?? 1);
    if (mine !== theirs && size > figures.membersMost) return false;
    const group = this.#unite(of, other, entry);
    const [one, two] = [Math.min(of.account, other.account), Math.max(of.account, other.account)];
    const before = group.links.find((link) => link.one === one && link.other === two);
    if (before === undefined) group.links.push({ one, other: two, ...shared });
    return before === undefined;
  }

  #unite(of: LinkedAccount, other: LinkedAccount, entry: FollowedEntry): Group {
    const groups = [this.#groups.get(of.account), this.#groups.get(other.account)];
    const [older, newer] = groups
      .filter((group) => group !== undefined)
      .sort((one, two) => one.turn - two.turn);
    const at = { key: `${entry.lane}/${entry.seq}`, foundedAt: entry.at, turn: this.#turn };
    const group = older ?? newGroup(at);
    if (newer !== undefined && newer !== older) {
      absorb(group, newer);
      for (const account of newer.members) this.#groups.set(account, group);
      this.#gone.push(newer);
    }
    for (const each of [other, of]) {
      if (this.#groups.get(each.account) === group) continue;
      this.#groups.set(each.account, group);
      group.members.push(each.account);
      group.joinedAt.set(each.account, { at: entry.at, lane: each.lane, seq: each.seq });
      group.dailyLookups += this.#dailyLookupsOf(each.account);
    }
    return group;
  }

  #changeStanding(entry: FollowedEntry): void {
    const { account, action, reason, by } = entry;
    const of = this.#accounts.get(account);
    if (of === undefined) return;
    const group = this.#groups.get(account);
    this.#changed.add(account);
    if (action > 0) {
      of.heldFor = reason;
      of.heldTo = action;
      if (group !== undefined) group.isTold = true;
      return;
    }
    const isAnswered = reason === standingReasons.holder || by === account;
    if (isAnswered) of.answeredAt = entry.at;
    if (isAnswered || reason === standingReasons.guard) of.ended = stepEnded(of, group);
    else if (of.heldFor === standingReasons.guard) this.release(account);
  }
}
