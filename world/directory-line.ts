import type { ProfessionCode } from '../src/modules/rights/index.ts';
import type { DemoProfessional } from './professionals.ts';

/** The columns of the national directory's open extraction, and one of ours for whom it does not list. */
const columns = [
  "Type d'identifiant PP",
  'Identifiant PP',
  'Identification nationale PP',
  "Code civilité d'exercice",
  "Libellé civilité d'exercice",
  'Code civilité',
  'Libellé civilité',
  "Nom d'exercice",
  "Prénom d'exercice",
  'Code profession',
  'Libellé profession',
  'Code catégorie professionnelle',
  'Libellé catégorie professionnelle',
  'Code type savoir-faire',
  'Libellé type savoir-faire',
  'Code savoir-faire',
  'Libellé savoir-faire',
  'Code mode exercice',
  'Libellé mode exercice',
  'Numéro SIRET site',
  'Numéro SIREN site',
  'Numéro FINESS site',
  'Numéro FINESS établissement juridique',
  'Identifiant technique de la structure',
  'Raison sociale site',
  'Enseigne commerciale site',
  'Complément destinataire (coord. structure)',
  'Complément point géographique (coord. structure)',
  'Numéro Voie (coord. structure)',
  'Indice répétition voie (coord. structure)',
  'Code type de voie (coord. structure)',
  'Libellé type de voie (coord. structure)',
  'Libellé Voie (coord. structure)',
  'Mention distribution (coord. structure)',
  'Bureau cedex (coord. structure)',
  'Code postal (coord. structure)',
  'Code commune (coord. structure)',
  'Libellé commune (coord. structure)',
  'Code pays (coord. structure)',
  'Libellé pays (coord. structure)',
  'Téléphone (coord. structure)',
  'Téléphone 2 (coord. structure)',
  'Télécopie (coord. structure)',
  'Adresse e-mail (coord. structure)',
  'Code Département (structure)',
  'Libellé Département (structure)',
  'Ancien identifiant de la structure',
  "Autorité d'enregistrement",
  "Code secteur d'activité",
  "Libellé secteur d'activité",
  'Code section tableau pharmaciens',
  'Libellé section tableau pharmaciens',
  'Profession Vigie',
] as const;

type Column = (typeof columns)[number];
type Codes = readonly [profession: string, label: string, knowHow?: string, knowHowLabel?: string];

// Of several, each professional has one by their number.
// biome-ignore format: a table to read in columns
const codes: Readonly<Partial<Record<ProfessionCode, readonly Codes[]>>> = {
  pharmacist: [['21', 'Pharmacien']],
  optician: [['28', 'Opticien-Lunetier']],
  'general-practitioner': [['10', 'Médecin', 'SM54', 'Médecine générale']],
  specialist: [
    ['10', 'Médecin', 'SM04', 'Cardiologie et maladies vasculaires'],
    ['10', 'Médecin', 'SM15', 'Dermatologie et vénéréologie'],
    ['10', 'Médecin', 'SM38', 'Ophtalmologie'],
    ['10', 'Médecin', 'SM40', 'Pédiatrie'],
    ['10', 'Médecin', 'SM42', 'Psychiatrie'],
  ],
  dentist: [['40', 'Chirurgien-Dentiste']],
  audiologist: [['26', 'Audioprothésiste']],
  nurse: [['60', 'Infirmier']],
  physiotherapist: [['70', 'Masseur-Kinésithérapeute']],
  midwife: [['50', 'Sage-Femme']],
  'allied-professional': [['91', 'Orthophoniste'], ['80', 'Pédicure-Podologue'], ['92', 'Orthoptiste']],
  laboratory: [['21', 'Pharmacien']],
  radiologist: [['10', 'Médecin', 'SM44', 'Radio-diagnostic']],
  'medical-supplier': [['81', 'Orthoprothésiste'], ['83', 'Orthopédiste-Orthésiste']],
};

const sections: Readonly<Partial<Record<ProfessionCode, string>>> = { pharmacist: 'A', laboratory: 'G' };

/** Whether the directory has such professionals; the others are clerks, drivers and desks. */
export function isListed(profession: ProfessionCode): boolean {
  return codes[profession] !== undefined;
}

export const directoryHeader = `${columns.join('|')}|\n`;

/** A professional as a line of the directory's extraction. */
export function directoryLine(one: DemoProfessional): string {
  const { organisation, profession, rpps } = one;
  const { commune } = organisation;
  const those = codes[profession] ?? [];
  const [code = '', label = '', knowHow = '', knowHowLabel = ''] =
    those[Number(rpps[9]) % those.length] ?? [];
  const values: Partial<Record<Column, string>> = {
    "Type d'identifiant PP": '8',
    'Identifiant PP': rpps,
    'Identification nationale PP': `8${rpps}`,
    'Code civilité': one.sex === 1 ? 'M' : 'MME',
    'Libellé civilité': one.sex === 1 ? 'Monsieur' : 'Madame',
    "Nom d'exercice": one.familyName.toUpperCase(),
    "Prénom d'exercice": one.givenName,
    'Code profession': code,
    'Libellé profession': label,
    'Code catégorie professionnelle': 'C',
    'Libellé catégorie professionnelle': 'Civil',
    'Code type savoir-faire': knowHow === '' ? '' : 'S',
    'Libellé type savoir-faire': knowHow === '' ? '' : 'Spécialité ordinale',
    'Code savoir-faire': knowHow,
    'Libellé savoir-faire': knowHowLabel,
    'Numéro FINESS site': organisation.finess,
    'Identifiant technique de la structure': `F${organisation.finess}`,
    'Raison sociale site': organisation.name.toUpperCase(),
    'Code postal (coord. structure)': commune.postcode,
    'Code commune (coord. structure)': commune.code,
    'Libellé commune (coord. structure)': commune.name,
    'Bureau cedex (coord. structure)': `${commune.postcode} ${commune.name.toUpperCase()}`,
    'Adresse e-mail (coord. structure)': one.email,
    'Code Département (structure)': commune.departement,
    'Code section tableau pharmaciens': sections[profession] ?? '',
    'Profession Vigie': isListed(profession) ? '' : profession,
  };
  return `${columns.map((column) => values[column] ?? '').join('|')}|\n`;
}
