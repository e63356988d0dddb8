import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { ChosenStep } from '../acting/choose-steps.ts';
import { type AskedStep, takeStep } from '../acting/take-step.ts';
import { detectors } from '../detectors/detectors.ts';
import type { Finding } from '../fold/finding.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import type { LaneFollower, LaneTools } from '../following/lane-follower.ts';
import { CampaignIndex, type IndexState } from './campaign-index.ts';
import { chooseGroupSteps, type JudgedMember } from './choose-group-steps.ts';
import { type Group, judgeGroup } from './group.ts';
import { readGroup, writeGroup } from './group-state.ts';
import * as kept from './keeping/store.ts';
import type { LinkedAccount } from './linked-account.ts';

/** What campaigns act with; a lane's follower knows the standings of its accounts. */
export type CampaignTools = Omit<LaneTools, 'campaigns'> & {
  readonly laneOf: (
    account: number,
  ) => Pick<LaneFollower, 'fold' | 'standingOf' | 'noteStep' | 'recent'> | undefined;
};

/** Some 30 ms of this process, on a busy machine: lookups wait no longer for it. */
const restoredAtOnce = 1_000;
const keptAtOnce = 1_000;

/** Follows which accounts belong together, over all lanes, and contains them together. */
export class CampaignFollower {
  readonly #tools: CampaignTools;
  readonly #index: CampaignIndex;
  /** Steps taken, or found to be taken, by member: at which of its lookups, and to what. */
  readonly #taken = new Map<number, string>();
  /** How many accounts each campaign had when it was kept last. */
  readonly #sizesKept = new Map<string, number>();
  #hasNews = false;

  private constructor(tools: CampaignTools) {
    this.#tools = tools;
    this.#index = new CampaignIndex((account) => tools.profiles.of(account).dailyLookups);
  }

  /** As the last snapshot left it. */
  static async restore(tools: CampaignTools): Promise<CampaignFollower> {
    const follower = new CampaignFollower(tools);
    await kept.forgetWithoutPosition(tools.db);
    const { index, groups } = await kept.readGroups(tools.db);
    const accounts: LinkedAccount[] = [];
    for (let after = 0; ; ) {
      const rows = await kept.readAccounts(tools.db, { after, most: restoredAtOnce });
      for (const { state } of rows) accounts.push(JSON.parse(state));
      const last = rows.at(-1);
      if (last === undefined || rows.length < restoredAtOnce) break;
      after = last.account;
    }
    if (index !== undefined)
      follower.#index.restore(JSON.parse(index) as IndexState, accounts, groups.map(readGroup));
    for (const { key, isTold, members } of follower.#index.groups())
      if (isTold) follower.#sizesKept.set(key, members.length);
    return follower;
  }

  /** The e-detectors of a group that observe an entry with those of its account. */
  tracksOf(entry: FollowedEntry): Float64Array | undefined {
    return this.#index.tracksOf(entry);
  }

  /**
   * Follows an entry that was folded and acted on by itself; the group of its account is judged. Undefined
   * when there is none.
   */
  follow(entry: FollowedEntry, finding: Finding | undefined): Promise<void> | undefined {
    this.#index.follow(entry, finding?.bits);
    const group = this.#index.groupOf(entry.account);
    if (group === undefined) return undefined;
    this.#noteSize(group);
    if (finding === undefined) return undefined;
    const before = group.level;
    const evidence = judgeGroup(group);
    this.#noteSize(group);
    // Quiet as it may be alone: what a case of the group looks back on.
    this.#tools.laneOf(entry.account)?.recent.remember(finding);
    // All of them when it rises, and each at its own next lookups.
    const members = group.level > before ? group.members : [entry.account];
    return this.#contain(group, { evidence, members, at: entry.at });
  }

  /** Whether a campaign, or who is in it, is not kept yet: whoever reads the list waits for it. */
  get hasNews(): boolean {
    return this.#hasNews;
  }

  /** What people decided: campaigns that are none, accounts that were stolen. */
  async tidy(): Promise<void> {
    const groups = this.#index.groups();
    if (groups.length === 0) return;
    const { closed, confirmed } = await kept.readDecided(this.#tools.db);
    for (const group of groups) {
      if (closed.has(group.key)) for (const account of [...group.members]) this.#index.release(account);
      else if (!group.isConfirmed && group.members.some((account) => confirmed.has(account))) {
        group.isConfirmed = true;
        group.isTold = true;
        const evidence = judgeGroup(group);
        await this.#contain(group, { evidence, members: group.members, at: group.lastAt });
      }
    }
  }

  /** What a snapshot holds, as it is between two entries: written later, beside what follows. */
  capture(): (tx: Transaction) => Promise<void> {
    const changed = this.#index.takeChanged();
    const gone = this.#index.takeGone().map(({ key, members }) => {
      const into = members.map((account) => this.#index.groupOf(account)).find((each) => each);
      return { key, into: into?.key ?? null };
    });
    const groups = new Set<Group>();
    for (const { account } of changed) {
      const group = this.#index.groupOf(account);
      if (group !== undefined) groups.add(group);
    }
    const forgotten = this.#index.takeForgotten();
    const accounts = changed.map((of) => ({ account: of.account, state: JSON.stringify(of) }));
    const states = [...groups].map((group) => ({ key: group.key, state: writeGroup(group) }));
    const index = JSON.stringify(this.#index.state());
    const told = [...groups].filter(({ isTold }) => isTold).map((group) => this.#toldOf(group));
    for (const { key } of gone) this.#sizesKept.delete(key);
    for (const { key, members } of told) this.#sizesKept.set(key, members.length);
    this.#hasNews = false;
    return async (tx) => {
      for (let from = 0; from < forgotten.length; from += keptAtOnce)
        await kept.forgetAccounts(tx, forgotten.slice(from, from + keptAtOnce));
      for (let from = 0; from < accounts.length; from += keptAtOnce)
        await kept.keepAccounts(tx, accounts.slice(from, from + keptAtOnce));
      await kept.keepGroups(tx, index, states);
      for (const each of told) await kept.keepCampaign(tx, each);
      for (const each of gone) {
        await kept.forgetGroup(tx, each.key);
        await kept.endCampaign(tx, each);
      }
    };
  }

  /** Told, and not kept as it is: it is to be kept soon. */
  #noteSize({ isTold, key, members }: Group): void {
    if (isTold && this.#sizesKept.get(key) !== members.length) this.#hasNews = true;
  }

  #toldOf(group: Group): kept.KeptCampaign {
    const { profiles } = this.#tools;
    const members = group.members.map((account) => {
      const joined = group.joinedAt.get(account);
      const { organisation, profession } = profiles.of(account);
      const { bits = 0, people = 0 } = this.#index.accountOf(account) ?? {};
      return {
        ...{ account, organisation, profession, bits, people },
        ...{ at: joined?.at ?? group.foundedAt, lane: joined?.lane ?? 0, seq: joined?.seq ?? 0 },
      };
    });
    const { key, bits, foundedAt } = group;
    return { key, bits, foundedAt, members, links: [...group.links] };
  }

  async #contain(
    group: Group,
    { evidence, members, at }: Pick<JudgedMember, 'evidence' | 'at'> & { members: readonly number[] },
  ): Promise<void> {
    if (group.level === 0 && !group.isConfirmed) return;
    const { profiles, cases, settings, laneOf, work } = this.#tools;
    await profiles.learn(members);
    for (const account of members) {
      const member = this.#index.accountOf(account);
      if (member === undefined) continue;
      const judged = {
        ...{ group, evidence, member, profile: profiles.of(account), at },
        ...{ settings: settings(), detectors, standing: laneOf(account)?.standingOf(account) ?? 0 },
        ...{ shadow: cases.of(account)?.shadow ?? 0, own: laneOf(account)?.fold.ownOf(account) ?? [] },
      };
      for (const { step, finding } of chooseGroupSteps(judged)) {
        const { lane } = finding;
        const act = () => this.#take(step, finding);
        await work.run({ lane, account, level: step.to, do: act });
      }
    }
  }

  async #take(step: ChosenStep, finding: Finding): Promise<void> {
    const { account, lane, seq } = finding;
    const { profiles, cases, db, laneOf } = this.#tools;
    const place = `${lane}/${seq} ${step.to} ${step.isShadow}`;
    if (this.#taken.get(account) === place) return;
    const follower = laneOf(account);
    const from = follower?.standingOf(account) ?? 0;
    const asked = { ...step, finding, known: profiles.of(account), from };
    // A case looks back on the account's own evidence; the group's stands in the step.
    const take = (points: AskedStep['points']) => takeStep(this.#tools, { ...asked, points });
    const outcome =
      follower === undefined
        ? await take([])
        : await follower.recent.give(account, take, (done) => done.came === 'done');
    this.#taken.set(account, place);
    if (!step.isShadow) follower?.noteStep(account, step.to);
    await cases.noteOutcome(db, account, step, outcome);
  }
}
