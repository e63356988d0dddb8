/** What somebody set of the guard. Thresholds are none of it: they follow from a promise. */
export type GuardSettings = {
  /** Everything is written as a case, and nothing is changed. */
  readonly isShadow: boolean;
  /** Detectors, by their numbers, that open shadow cases only. */
  readonly shadowDetectors: readonly number[];
};

/** Before anybody set anything: the guard acts, by all of its detectors. */
export const firstSettings: GuardSettings = { isShadow: false, shadowDetectors: [] };
