import type { Detector } from './detector.ts';
import { geography } from './geography/detector.ts';
import { honey } from './honey/detector.ts';
import { hours } from './hours/detector.ts';
import { leaked } from './leaked/detector.ts';
import { neverSeen } from './never-seen/detector.ts';
import { nirOrder } from './nir-order/detector.ts';
import { notExplained } from './not-explained/detector.ts';
import { rhythm } from './rhythm/detector.ts';
import { sharedPeople } from './shared-people/detector.ts';
import { signIn } from './sign-in/detector.ts';
import { unknownPeople } from './unknown-people/detector.ts';
import { volume } from './volume/detector.ts';

/** Every detector, by number. Their weights sum to 1: a test says so. */
export const detectors: readonly Detector[] = [
  neverSeen,
  geography,
  volume,
  notExplained,
  unknownPeople,
  nirOrder,
  rhythm,
  hours,
  honey,
  signIn,
  sharedPeople,
  leaked,
];
