import { type ChosenStep, chooseSteps, type Judged } from '../acting/choose-steps.ts';
import { type Finding, levels } from '../fold/finding.ts';
import { challengeAgainAfterHours, isResting, levelFor } from '../fold/thresholds.ts';
import { type Group, judgedLookups, loweredBy } from './group.ts';
import type { LinkedAccount } from './linked-account.ts';

const hourUs = 3_600_000_000;
/** Strangers that a member drew from something new before others may restrict it; until then a challenge. */
const ownPeople = 3;

/** What is known of a member when its group is judged. */
export type JudgedMember = Pick<Judged, 'profile' | 'settings' | 'detectors' | 'standing' | 'shadow'> & {
  readonly group: Group;
  readonly evidence: { readonly bits: number; readonly own: readonly number[] };
  readonly member: LinkedAccount;
  /** The member's own evidence, by detector. */
  readonly own: readonly number[];
  /** Microseconds of the entry that the group is judged at. */
  readonly at: number;
};

/** A step for a member because of its group, and what it is taken for. */
export type GroupStep = { readonly step: ChosenStep; readonly finding: Finding };

/**
 * What a group's evidence leads to for one of its members, at its own last lookup: what a person decided
 * about it after that stands. A challenge it just answered is not asked again; a suspension is never asked,
 * which needs the account's own evidence or a person's word.
 */
export function chooseGroupSteps(judged: JudgedMember): GroupStep[] {
  const { group, evidence, member, profile, at } = judged;
  const { ownLevel, byOthers } = levelsOf(judged);
  const asked = Math.max(byOthers, ownLevel);
  const wasAnswered = member.answeredAt > 0 && at - member.answeredAt < challengeAgainAfterHours * hourUs;
  if (asked === 0 || (asked === 1 && wasAnswered)) return [];
  const byGroup = byOthers >= ownLevel;
  const finding: Finding = {
    ...{ account: member.account, lane: member.lane, seq: member.seq, at: member.at, honey: false },
    bits: byGroup ? evidence.bits : member.bits,
    own: byGroup ? evidence.own : judged.own,
    level: levels[asked] ?? 'none',
  };
  const as = byGroup
    ? { finding, profile: { dailyLookups: judgedLookups(group) } }
    : { finding: raised(finding, loweredBy(group)), profile };
  return chooseSteps({ ...judged, ...as, maySuspend: false }).map((step) => ({ step, finding }));
}

/** A bar that is lowered is evidence that is so much higher. */
function raised(finding: Finding, by: number): Finding {
  return { ...finding, bits: finding.bits + by, own: finding.own.map((bits) => bits + by) };
}

/**
 * What a member's own evidence asks for below a lowered bar, and its group's; what rests asks for nothing.
 */
function levelsOf({ group, evidence, member, profile }: JudgedMember) {
  const lowered = loweredBy(group);
  const ended = member.ended ?? { level: 0, own: 0, group: 0 };
  const unlessResting = (level: number, bits: number, then: number) =>
    isResting({ level: ended.level, bits: then }, level, bits) ? 0 : level;
  const own = member.bits + lowered;
  const ownLevel = group.isConfirmed ? Math.min(2, levelFor(own, profile.dailyLookups, 0)) : 0;
  const byOthers = member.people >= ownPeople ? group.level : Math.min(1, group.level);
  return {
    ownLevel: unlessResting(ownLevel, own, ended.own),
    byOthers: unlessResting(byOthers, evidence.bits + lowered, ended.group),
  };
}
