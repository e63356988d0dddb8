import { contractFields, fieldName } from './fields.ts';

/** One thing that is known of a person: what it is, whether a lookup tells it, and why or why not. */
export type FieldReason = {
  readonly field: string;
  readonly told: boolean;
  readonly fr: { readonly is: string; readonly why: string };
  readonly en: { readonly is: string; readonly why: string };
};

type Words = { readonly is: string; readonly why: string };
type Row = { readonly fr: Words; readonly en: Words };

const toAddress = {
  fr: 'Vous adressez la facture au bon organisme.',
  en: 'You send the claim to the right insurer.',
};
const decides = {
  fr: 'Ces dates décident si le jour des soins est couvert.',
  en: 'These dates decide whether the day of care is covered.',
};
const inFront = {
  fr: 'La personne est devant vous : la réponse n’apprend à personne qui se tient derrière un numéro.',
  en: 'The person is in front of you: the answer tells nobody who stands behind a number.',
};
const ofInsurer = {
  fr: 'L’organisme s’en sert, la facture non : le n° d’adhérent suffit.',
  en: 'The insurer uses it, the claim does not: the member number is enough.',
};

/** What each field is told or kept back for, in the order they are shown. Whether it is told: fields.ts. */
const rows: Readonly<Record<string, Row>> = {
  'insurer-name': row('Nom de l’organisme', 'Insurer’s name', toAddress),
  'insurer-code': row('N° AMC', 'AMC number', toAddress),
  'member-number': row('N° d’adhérent', 'Member number', {
    fr: 'L’organisme retrouve le contrat par ce numéro.',
    en: 'The insurer finds the contract by this number.',
  }),
  convention: row('Convention', 'Convention', {
    fr: 'Elle dit selon quelles règles vous êtes payé.',
    en: 'It says by which rules you are paid.',
  }),
  csr: row('CSR', 'CSR', {
    fr: 'Il conduit la facture au bon centre de gestion.',
    en: 'It brings the claim to the right office of the insurer.',
  }),
  'responsible-contract': row('Contrat responsable', 'Responsible contract', {
    fr: 'Il change ce que l’organisme paie et ce qui reste au patient.',
    en: 'It changes what the insurer pays and what is left to the patient.',
  }),
  'online-start': row('Début des droits', 'Start of rights', decides),
  'online-end': row('Fin des droits', 'End of rights', decides),
  'printed-end': row('Fin sur la carte', 'End on the card', {
    fr: 'Elle explique un écart avec la carte en main. Elle ne décide de rien.',
    en: 'It explains why the card in hand says otherwise. It decides nothing.',
  }),
  'last-name': row('Nom', 'Last name', inFront),
  'first-name': row('Prénom', 'First name', inFront),
  sex: row('Sexe', 'Sex', inFront),
  departement: row('Département', 'Département', {
    fr: 'Où quelqu’un habite ne change pas ce qui est couvert.',
    en: 'Where somebody lives does not change what is covered.',
  }),
  'contract-number': row('N° de contrat', 'Contract number', ofInsurer),
  identity: row('Les autres numéros de la personne', 'Other numbers of the person', {
    fr: 'Vous avez saisi celui qu’il faut. En donner un autre ouvrirait une autre porte.',
    en: 'You typed the one it takes. Telling another would open another door.',
  }),
  plan: row('Formule', 'Plan', {
    fr: 'Le contrat s’y lit en entier. Savoir si un soin est couvert n’en demande pas tant.',
    en: 'The whole contract stands in it. It takes less to know whether care is covered.',
  }),
  'death-date': row('Jour du décès', 'Day of death', {
    fr: 'La fin des droits suffit à répondre.',
    en: 'The end of rights is answer enough.',
  }),
  listing: row('La ligne du fichier de l’organisme', 'The line of the insurer’s file', ofInsurer),
};

/** Every field that is known of a person, those that are told first. */
export const fieldReasons: readonly FieldReason[] = Object.entries(rows).map(([field, words]) => ({
  field,
  told: contractFields.some((number) => fieldName(number) === field),
  ...words,
}));

function row(fr: string, en: string, why: { readonly fr: string; readonly en: string }): Row {
  return { fr: { is: fr, why: why.fr }, en: { is: en, why: why.en } };
}
