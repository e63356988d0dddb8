import { type Finding, type LaneFold, levels, mayBeSuspended } from '../../src/modules/guard/index.ts';
import type { Defence } from '../../world/guard/defence.ts';

/** A step the guard asked for, and which detector had most to say. */
export type AskedStep = (asked: number, finding: Finding) => void;

/** Below this no account is ever among those that e-BH chooses. */
const bitsLeast = 3;

/** The guard as a defence: its findings, and e-BH before it suspends. */
export function guardDefence(
  fold: LaneFold,
  monitored: number,
): Defence & { lastFinding: Finding | undefined } {
  const high = new Map<number, number>();
  const defence = {
    lastFinding: undefined as Finding | undefined,
    see: (entry: Parameters<LaneFold['fold']>[0]): number => {
      const finding = fold.fold(entry);
      if (finding === undefined) return 0;
      defence.lastFinding = finding;
      if (finding.bits >= bitsLeast) high.set(finding.account, finding.bits);
      else high.delete(finding.account);
      const asked = levels.indexOf(finding.level);
      if (asked < 3 || finding.honey) return asked;
      const evidence = [...high].map(([account, bits]) => ({ account, bits }));
      return mayBeSuspended(evidence, monitored).has(finding.account) ? 3 : 2;
    },
  };
  return defence;
}
