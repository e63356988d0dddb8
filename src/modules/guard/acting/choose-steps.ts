import type { Detector } from '../detectors/detector.ts';
import { type Finding, levels } from '../fold/finding.ts';
import type { GuardProfile } from '../fold/profile.ts';
import { bitsFor } from '../fold/thresholds.ts';
import type { GuardSettings } from '../settings/settings.ts';

/** The number of the detector of honey persons. */
const honeyNumber = 9;

/** What is known of an account when a finding is judged. Standings are places in the list of `levels`. */
export type Judged = {
  readonly finding: Finding;
  readonly profile: Pick<GuardProfile, 'dailyLookups'>;
  readonly settings: GuardSettings;
  readonly detectors: readonly Pick<Detector, 'number' | 'weight'>[];
  /** As far as the entries folded tell, with what the guard did itself. */
  readonly standing: number;
  /** The highest step of its open shadow case; 0 when there is none. */
  readonly shadow: number;
  /** Whether e-BH over all accounts lets this one be suspended. */
  readonly maySuspend: boolean;
};

/** A step to take: to which standing, and whether only on paper. */
export type ChosenStep = { readonly to: number; readonly isShadow: boolean };

/** What a finding leads to: nothing most often; at most one step, and one in shadow beyond it. */
export function chooseSteps(judged: Judged): ChosenStep[] {
  const { finding, settings, standing, shadow, maySuspend } = judged;
  const asked = levels.indexOf(finding.level);
  if (asked === 0) return [];
  const allowed = (to: number, isConclusive: boolean) => (to === 3 && !isConclusive && !maySuspend ? 2 : to);
  const whole = allowed(asked, finding.honey);
  const live = settings.isShadow ? 0 : allowed(...liveLevel(judged, asked));
  const steps: ChosenStep[] = [];
  if (live > standing) steps.push({ to: live, isShadow: false });
  if (whole > Math.max(standing, live, shadow)) steps.push({ to: whole, isShadow: true });
  return steps;
}

/** What is asked by the detectors that are not in shadow alone, and whether it is a honey person. */
function liveLevel({ finding, settings, detectors, profile }: Judged, asked: number): [number, boolean] {
  const { shadowDetectors } = settings;
  if (shadowDetectors.length === 0) return [asked, finding.honey];
  if (finding.honey && !shadowDetectors.includes(honeyNumber)) return [3, true];
  // The others' weights stay as they are: what is left out counts as no evidence, so no promise is broken.
  const mean = detectors.reduce((sum, { number, weight }, place) => {
    return shadowDetectors.includes(number) ? sum : sum + weight * 2 ** (finding.own[place] ?? 0);
  }, 0);
  const bits = Math.log2(mean);
  const level = levels.findLastIndex((each) => bits >= bitsFor(profile, each));
  const byHoney = finding.metHoney === true && !shadowDetectors.includes(honeyNumber) ? 2 : 0;
  return [Math.min(asked, Math.max(byHoney, level)), false];
}
