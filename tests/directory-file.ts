/** The header of the national directory's open extraction, as published in 2026; it ends with a bar. */
export const directoryHeader =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|" +
  "Libellé civilité exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|" +
  'Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|' +
  'Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|' +
  'Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|' +
  'Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|' +
  'Enseigne commerciale site|Complément destinataire (coord. structure)|' +
  'Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|' +
  'Indice répétition voie (coord. Structure)|Code type de voie (coord. structure)|' +
  'Libellé type de voie (coord. structure)|Libellé Voie (coord. structure)|' +
  'Mention distribution (coord. structure)|Bureau cedex (coord. structure)|' +
  'Code postal (coord. structure)|Code commune (coord. structure)|Libellé commune (coord. structure)|' +
  'Code pays (coord. structure)|Libellé pays (coord. structure)|Téléphone (coord. structure)|' +
  'Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|' +
  'Code département (coord. structure)|Libellé département (coord. structure)|' +
  "Ancien identifiant de la structure|Autorité d'enregistrement|Code secteur d'activité|" +
  "Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|" +
  "Code fonction|Libellé fonction|Code genre d'activité|Libellé genre d'activité|";

const names = directoryHeader.split('|');

/** What a line of the directory tells; what is left out is empty. */
export type DirectoryLine = {
  readonly rpps: string;
  readonly family?: string;
  readonly given?: string;
  readonly profession?: string;
  readonly category?: string;
  readonly knowHow?: string;
  readonly section?: string;
  readonly finess?: string;
  readonly siret?: string;
  readonly structure?: string;
  readonly company?: string;
};

/** One line of the directory: a professional at a place. */
export function directoryLine(told: DirectoryLine): string {
  const values: Readonly<Record<string, string | undefined>> = {
    "Type d'identifiant PP": '8',
    'Identifiant PP': told.rpps,
    'Identification nationale PP': told.rpps.length === 11 ? `8${told.rpps}` : told.rpps,
    "Nom d'exercice": told.family ?? 'MARTINÉ',
    "Prénom d'exercice": told.given ?? 'Zoé',
    'Code profession': told.profession ?? '60',
    'Code catégorie professionnelle': told.category ?? 'C',
    'Code savoir-faire': told.knowHow,
    'Numéro FINESS site': told.finess,
    'Numéro SIRET site': told.siret,
    'Identifiant technique de la structure': told.structure,
    'Raison sociale site': told.company ?? 'CABINET DES TILLEULS',
    'Code section tableau pharmaciens': told.section,
  };
  return names.map((name) => values[name] ?? '').join('|');
}

/** A whole file of the directory. */
export function directoryFile(lines: readonly DirectoryLine[]): string {
  return `${[directoryHeader, ...lines.map(directoryLine)].join('\n')}\n`;
}
