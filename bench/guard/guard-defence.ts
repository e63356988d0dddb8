import { type Finding, type LaneFold, levels } from '../../src/modules/guard/index.ts';
import type { Defence } from '../../world/guard/defence.ts';

/** The guard as a defence: its findings, and e-BH before it suspends. */
export function guardDefence(
  fold: LaneFold,
  monitored: number,
): Defence & { lastFinding: Finding | undefined } {
  const defence = {
    lastFinding: undefined as Finding | undefined,
    see: (entry: Parameters<LaneFold['fold']>[0]): number => {
      const finding = fold.fold(entry);
      if (finding === undefined) return 0;
      defence.lastFinding = finding;
      const asked = levels.indexOf(finding.level);
      if (asked < 3 || finding.honey) return asked;
      return fold.evidence.maySuspend(finding.bits, monitored) ? 3 : 2;
    },
  };
  return defence;
}
