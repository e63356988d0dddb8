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
