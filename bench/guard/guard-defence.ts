import {
  type CampaignIndex,
  chooseGroupSteps,
  detectors,
  type Finding,
  firstSettings,
  type Group,
  type GuardProfile,
  judgeGroup,
  type LaneFold,
  levels,
} from '../../src/modules/guard/index.ts';
import type { Defence } from '../../world/guard/defence.ts';

/** What the guard is played with; without an index each account is judged alone. */
export type GuardParts = {
  readonly fold: LaneFold;
  readonly monitored: number;
  readonly index?: CampaignIndex | undefined;
  readonly profileOf: (account: number) => GuardProfile;
};

/** The guard as a defence: its findings, e-BH before it suspends, and accounts in one hand together. */
export function guardDefence(parts: GuardParts): Required<Defence> & { lastFinding: Finding | undefined } {
  const { fold, monitored, index } = parts;
  let others = new Map<number, number>();
  const defence = {
    lastFinding: undefined as Finding | undefined,
    others: () => others,
    see: (entry: Parameters<LaneFold['fold']>[0]): number => {
      const finding = fold.fold(entry, index?.tracksOf(entry));
      index?.follow(entry, finding?.bits);
      others = new Map();
      if (finding === undefined) return 0;
      defence.lastFinding = finding;
      const group = index?.groupOf(entry.account);
      if (group !== undefined) others = stepsOf(parts, group, entry);
      const asked = levels.indexOf(finding.level);
      if (asked < 3 || finding.honey) return Math.max(asked, others.get(entry.account) ?? 0);
      return fold.evidence.maySuspend(finding.bits, monitored) ? 3 : 2;
    },
  };
  return defence;
}

/** As the follower does it: all members when the group's level rises, else the account of the entry. */
function stepsOf(
  { index, profileOf }: GuardParts,
  group: Group,
  { account: of, at }: { readonly account: number; readonly at: number },
): Map<number, number> {
  const steps = new Map<number, number>();
  const before = group.level;
  const evidence = judgeGroup(group);
  if (group.level === 0) return steps;
  for (const account of group.level > before ? group.members : [of]) {
    const member = index?.accountOf(account);
    if (member === undefined) continue;
    const judged = { group, evidence, member, profile: profileOf(account), at, detectors, own: [] };
    const chosen = chooseGroupSteps({ ...judged, settings: firstSettings, standing: 0, shadow: 0 });
    for (const { step } of chosen) if (!step.isShadow) steps.set(account, step.to);
  }
  return steps;
}
