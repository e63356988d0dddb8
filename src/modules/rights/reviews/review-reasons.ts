/** Why a reason or an emergency is accepted, or not; assumed, to be confirmed with security officers. */
export const reviewReasons = {
  plausible: { accepts: true, fr: 'Plausible pour cette activité', en: 'Plausible for this work' },
  'confirmed-by-holder': {
    accepts: true,
    fr: 'Confirmé par le professionnel',
    en: 'Confirmed by the holder',
  },
  'denied-by-holder': {
    accepts: false,
    fr: 'Le professionnel ne l’a pas fait',
    en: 'Not done by the holder',
  },
  'not-an-emergency': { accepts: false, fr: 'Motif non fondé', en: 'The reason does not hold' },
  'repeated-use': { accepts: false, fr: 'Usage répété sans facture', en: 'Repeated, and no claim follows' },
} as const;
export type ReviewReason = keyof typeof reviewReasons;

/** The words of the list. */
export const reviewReasonWords = Object.keys(reviewReasons) as ReviewReason[];
