/** Which e-detectors stand where in an account's state. A number is never used again. */
export const trackOf = {
  neverSeen: 0,
  elsewhere: 1,
  newAndElsewhere: 2,
  volume: 3,
  notExplained: 4,
  unknownPeople: 5,
  sameRun: 6,
  ascending: 7,
  rhythm: 8,
  hours: 9,
  honey: 10,
  newNetwork: 11,
  alternating: 12,
  sharedPeople: 13,
  leaked: 14,
} as const;

/**
 * What is observed at usual work, each with a null rate: one a track, and those beside the tables, most of
 * which share a track with another.
 */
export const rateOf = { ...trackOf, afterUnknown: 16, afterUnusual: 17, opening: 18, summer: 19 } as const;
