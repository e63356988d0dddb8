/** Why a person is told beyond the allowance; assumed, to be confirmed with professionals. */
export const emergencyReasons = {
  'emergency-care': { fr: 'Soin urgent, sans carte', en: 'Urgent care, without a card' },
  'unconscious-person': { fr: 'Personne inconsciente', en: 'Unconscious person' },
  'person-cannot-answer': { fr: 'Personne hors d’état de répondre', en: 'Person unable to answer' },
} as const;

/** The words of the list. */
export const emergencyReasonWords = Object.keys(emergencyReasons) as (keyof typeof emergencyReasons)[];
