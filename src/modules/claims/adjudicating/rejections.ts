/** Why a claim is rejected, in the order of precedence, and how to correct it. Assumed: no norm was found. */
export const rejections = {
  'care-in-future': {
    code: 1,
    fr: ['La date de soins est à venir', 'Envoyez la facture une fois le soin donné.'],
    en: ['The day of care is to come', 'Send the claim once care was given.'],
  },
  'care-too-old': {
    code: 2,
    fr: ['Le soin date de plus de deux ans', 'Il n’est plus payé : le délai est passé.'],
    en: ['Care is more than two years old', 'It is not paid any more: the time for it is over.'],
  },
  'act-not-for-profession': {
    code: 3,
    fr: ['Un acte n’est pas de votre profession', 'Retirez-le ; qui l’a donné le facture.'],
    en: ['An act is not one of your profession', 'Take it out; whoever gave it invoices it.'],
  },
  'prescription-missing': {
    code: 4,
    fr: ['La prescription manque', 'Ajoutez le n° RPPS du prescripteur et la date.'],
    en: ['The prescription is missing', 'Add the prescriber’s RPPS number and the day.'],
  },
  'prescription-after-care': {
    code: 5,
    fr: ['La prescription est postérieure au soin', 'Corrigez l’une des deux dates.'],
    en: ['The prescription is later than care', 'Correct one of the two days.'],
  },
  duplicate: {
    code: 6,
    fr: ['Ces soins sont déjà acceptés', 'N’envoyez rien : une facture identique existe.'],
    en: ['This care was accepted already', 'Send nothing: an identical claim exists.'],
  },
  'engagement-unknown': {
    code: 7,
    fr: ['Aucun engagement de ce numéro', 'Vérifiez le numéro et la personne.'],
    en: ['There is no such engagement', 'Check the number and the person.'],
  },
  'engagement-cancelled': {
    code: 8,
    fr: ['L’engagement est annulé', 'Faites un nouveau devis, puis un engagement.'],
    en: ['The engagement was cancelled', 'Make a new quote, then an engagement.'],
  },
  'engagement-used': {
    code: 9,
    fr: ['L’engagement a déjà servi', 'Une facture l’a utilisé : annulez-la, ou faites un nouveau devis.'],
    en: ['The engagement was used', 'A claim used it: cancel that one, or make a new quote.'],
  },
  'engagement-expired': {
    code: 10,
    fr: ['L’engagement a expiré', 'Faites un nouveau devis, puis un engagement.'],
    en: ['The engagement has expired', 'Make a new quote, then an engagement.'],
  },
  'over-engagement': {
    code: 11,
    fr: ['Les actes ou prix dépassent l’engagement', 'Facturez ce qui a été promis, ou refaites un devis.'],
    en: ['Acts or prices go beyond the engagement', 'Invoice what was promised, or quote anew.'],
  },
  'rights-closed': {
    code: 12,
    fr: [
      'Aucun droit ouvert ce jour-là',
      'Consultez les droits à la date de soins ; demandez la nouvelle carte.',
    ],
    en: ['No rights on that day', 'Look rights up for the day of care; ask for the new card.'],
  },
  'domain-not-covered': {
    code: 13,
    fr: ['Le contrat ne couvre pas ces soins', 'La personne paie ce qui reste.'],
    en: ['The contract does not cover this care', 'The person pays what is left.'],
  },
  'engagement-needed': {
    code: 14,
    fr: [
      'Un accord préalable est nécessaire (PEC)',
      'Faites un devis, puis un engagement, et joignez son numéro.',
    ],
    en: ['A prior agreement is needed (PEC)', 'Make a quote, then an engagement, and give its number.'],
  },
  'renewal-too-early': {
    code: 15,
    fr: ['Le délai de renouvellement n’est pas passé', 'Attendez la fin du délai ; la personne peut payer.'],
    en: ['Renewed too early', 'Wait until the period is over; the person may pay.'],
  },
  'amounts-differ': {
    code: 16,
    fr: [
      'Votre part complémentaire est plus haute',
      'Recalculez par un devis ; la décision donne le montant.',
    ],
    en: ['Your complementary share is higher', 'Count again by a quote; the decision gives the amount.'],
  },
} as const satisfies Readonly<
  Record<string, { code: number; fr: readonly [string, string]; en: readonly [string, string] }>
>;

/** Why a claim is rejected. A code is added, never changed or used again. */
export type Rejection = keyof typeof rejections;
/** The words of the list. */
export const rejectionWords = Object.keys(rejections) as Rejection[];

/** The word of a code. */
export function rejectionOf(code: number): Rejection | null {
  return rejectionWords.find((word) => rejections[word].code === code) ?? null;
}
