/** Why no claim will follow a lookup; assumed, to be confirmed with professionals. */
export const explanationReasons = {
  'remote-care': { fr: 'Soin ou conseil à distance', en: 'Care or advice at a distance' },
  'home-visit': { fr: 'Visite à domicile, sans carte', en: 'Home visit, without a card' },
  'quote-not-followed': { fr: 'Devis ou rendez-vous sans suite', en: 'Quote or appointment not followed up' },
  'invoiced-elsewhere': { fr: 'Facturé par un autre circuit', en: 'Invoiced by another way' },
  'typing-error': { fr: 'Erreur de saisie : autre personne', en: 'Typing error: another person' },
} as const;
export type ExplanationReason = keyof typeof explanationReasons;

/** The words of the list. */
export const explanationReasonWords = Object.keys(explanationReasons) as ExplanationReason[];

/** One explanation by hand in so many is looked at by a person. Assumed: five a week an account, at most. */
export const reviewedOneIn = 5;
