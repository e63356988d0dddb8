import { standingAt } from '../../ledger/index.ts';
import { detectors } from '../detectors/detectors.ts';
import { type Finding, spokenBits, tellsHoney } from '../fold/finding.ts';
import { type CaseData, type GuardEvent, stepType } from '../telling/events.ts';
import type { AskedStep } from './take-step.ts';

/** That a case was opened by a step. */
export function openedEvent(caseFile: string, asked: AskedStep): GuardEvent {
  const { profession } = asked.known;
  return { type: 'guard.case.opened', data: { ...caseOf(caseFile, asked), profession } };
}

/** That a step was taken, or would have been. */
export function stepEvent(caseFile: string, asked: AskedStep): GuardEvent {
  const { finding, from, to, isShadow } = asked;
  return {
    type: stepType(standingAt(to), isShadow),
    data: {
      ...caseOf(caseFile, asked),
      ...{ from: standingAt(from), to: standingAt(to) },
      ...{ bits: finding.bits, honey: tellsHoney(finding), entry: `${finding.lane}/${finding.seq}` },
      detectors: spoken(finding),
    },
  };
}

function caseOf(caseFile: string, { finding, known, isShadow }: AskedStep): CaseData {
  return {
    case: caseFile,
    account: finding.account,
    organisation: known.organisation,
    shadow: isShadow,
  };
}

function spoken({ own }: Finding): { name: string; bits: number }[] {
  return detectors
    .map(({ name }, place) => ({ name, bits: own[place] ?? 0 }))
    .filter(({ bits }) => bits >= spokenBits)
    .sort((one, other) => other.bits - one.bits);
}
