/** The codes of an entry. They are part of its canonical bytes: a code is added, never changed or reused. */

/** What kind of line it is. */
export const kinds = {
  lookup: 1,
  explanation: 2,
  standing: 3,
  refusals: 4,
  opened: 5,
  relations: 6,
  figures: 7,
  presenceClosed: 8,
  coolingOff: 9,
  network: 10,
} as const;

/** What came of an ask. */
export const outcomes = { disclosed: 1, refused: 2, unknown: 3 } as const;
/** Its words. */
export const outcomeWords = ['disclosed', 'refused', 'unknown'] as const;

/** Why an ask was refused, by the number the record statement gives. */
export const refusals = {
  1: 'suspended',
  2: 'restricted',
  3: 'nir-closed',
  4: 'allowance-spent',
  5: 'unknown-spent',
  6: 'day-full',
  7: 'no-account',
  8: 'break-glass-spent',
  // 9 is `brokeGlass`.
  10: 'challenged',
} as const;
export type RefusalReason = (typeof refusals)[keyof typeof refusals];

/** What an account may do, from all to nothing. */
export const standings = ['open', 'challenged', 'restricted', 'suspended'] as const;
export type Standing = (typeof standings)[number];

/** The standing at a place of their list; what stands at none of them counts as the strictest. */
export function standingAt(place: number): Standing {
  return standings[place] ?? 'suspended';
}

/** How a drawn person is explained. */
export const explanations = { claim: 1, reason: 2, 'break-glass': 3, 'claim-taken-back': 4 } as const;
export type ExplanationKind = keyof typeof explanations;

/** What came of an explanation. `limit-reached`: the same explanation may be accepted another day. */
export const explained = {
  1: 'explained',
  2: 'nothing-to-explain',
  3: 'limit-reached',
  4: 'taken-back',
} as const;
export type ExplanationOutcome = (typeof explained)[keyof typeof explained];

/**
 * Why a standing changed. The words somebody wrote about it are sealed elsewhere: an entry holds no free
 * text.
 */
export const standingReasons = { operator: 1, guard: 2, holder: 3 } as const;

/** What changed before a cooling-off. */
export const coolingReasons = { 'passkey-added': 1, 'passkey-removed': 2, recovered: 3 } as const;
export type CoolingReason = keyof typeof coolingReasons;

/** What was done to the data. Numbers 2 to 9 are those of `emergencies`. */
export const actions = {
  coverageLookup: 1,
  cardShown: 10,
  /** Who would pay what of care. */
  quoted: 11,
  /** A promise to pay was given, or read again. */
  engaged: 12,
  /** A claim was sent for the person. */
  claimed: 13,
  /** What was decided of a claim was read by who sent it. */
  claimRead: 14,
  /** The same by the insurer that pays. */
  claimReviewed: 15,
} as const;

/**
 * A lookup in an emergency: each reason is an action of its own, so that the entry holds it. Numbers 2 to 9
 * are theirs. A disclosed entry has one only where the person was told beyond the allowance.
 */
export const emergencies = {
  'emergency-care': 2,
  'unconscious-person': 3,
  'person-cannot-answer': 4,
} as const;
export type EmergencyReason = keyof typeof emergencies;

/** What the record says beside `disclosed` when the person was told beyond the allowance. */
export const brokeGlass = 9;

/** HL7 v3 PurposeOfUse codes that a lookup may state. */
export const purposes = { TREAT: 1, HPAYMT: 2 } as const;
export type Purpose = keyof typeof purposes;
