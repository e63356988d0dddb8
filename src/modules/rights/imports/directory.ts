import { type ProfessionCode, professions } from '../professions.ts';

/**
 * The columns read of the national directory's open extraction (PS_LibreAcces_Personne_activite), by the
 * names of its own header. They are confirmed in published headers of 2021 and of 2026, which differ in the
 * spelling of some other columns: columns are found by name, whatever their order. The rest stays unread.
 */
export const directoryColumns = {
  required: [
    'Identification nationale PP',
    "Nom d'exercice",
    "Prénom d'exercice",
    'Code profession',
    'Code catégorie professionnelle',
    'Code savoir-faire',
    'Numéro FINESS site',
    'Numéro SIRET site',
    'Identifiant technique de la structure',
    'Raison sociale site',
  ],
  // The last is ours: desks, drivers and suppliers are no professionals of the directory, and need accounts.
  optional: ['Enseigne commerciale site', 'Code section tableau pharmaciens', 'Profession Vigie'],
  delimiters: ['|'],
} as const;

/** Where a row of a table comes from: read in a publication of the nomenclature, known, or chosen by us. */
export type Origin = 'sourced' | 'unconfirmed' | 'assumed';

/** Which of our professions a directory's codes stand for; null: these do not ask for coverage. */
export type DirectoryRule = {
  /** Code profession: table TRE_G15 of the national nomenclatures. */
  readonly profession: string;
  /** Code savoir-faire: table TRE_R38. `some`: any code. Undefined: any, or none. */
  readonly knowHow?: readonly string[] | 'some';
  /** Code section tableau pharmaciens. */
  readonly section?: readonly string[];
  readonly ours: ProfessionCode | null;
  readonly origin: Origin;
  readonly because: string;
};

/**
 * Read from the top: the first row whose codes all agree decides. The directory repeats an activity for each
 * of its holder's qualifications: of one professional's rows at one place, the first found here decides.
 */
export const directoryRules: readonly DirectoryRule[] = [
  {
    profession: '10',
    knowHow: ['SM44'],
    ours: 'radiologist',
    origin: 'sourced',
    because: 'TRE_R38: radio-diagnostic',
  },
  {
    profession: '10',
    knowHow: ['SM03'],
    ours: 'laboratory',
    origin: 'unconfirmed',
    because: 'TRE_R38: medical biology; the code was not read in a publication',
  },
  {
    profession: '10',
    knowHow: ['SM53', 'SM54', 'SM26'],
    ours: 'general-practitioner',
    origin: 'sourced',
    because: 'TRE_R38: general practice, as a specialty, as such, or as a qualification',
  },
  {
    profession: '10',
    knowHow: 'some',
    ours: 'specialist',
    origin: 'assumed',
    because: 'TRE_G15: physician; every other specialty of TRE_R38',
  },
  {
    profession: '10',
    knowHow: [''],
    ours: 'general-practitioner',
    origin: 'assumed',
    because: 'a physician without a listed specialty; counted so by those who publish figures from the file',
  },
  {
    profession: '21',
    section: ['G'],
    ours: 'laboratory',
    origin: 'unconfirmed',
    because: 'TRE_G15: pharmacist; section G of the order: biologists',
  },
  {
    profession: '21',
    section: ['B', 'C', 'H'],
    ours: null,
    origin: 'unconfirmed',
    because: 'sections of industry, distribution and hospitals: they do not bill people',
  },
  {
    profession: '21',
    ours: 'pharmacist',
    origin: 'sourced',
    because: 'TRE_G15: pharmacist; sections A, D and E, or none told',
  },
  { profession: '26', ours: 'audiologist', origin: 'sourced', because: 'TRE_G15: audioprothésiste' },
  { profession: '28', ours: 'optician', origin: 'sourced', because: 'TRE_G15: opticien-lunetier' },
  { profession: '40', ours: 'dentist', origin: 'sourced', because: 'TRE_G15: chirurgien-dentiste' },
  { profession: '50', ours: 'midwife', origin: 'sourced', because: 'TRE_G15: sage-femme' },
  { profession: '60', ours: 'nurse', origin: 'sourced', because: 'TRE_G15: infirmier' },
  {
    profession: '70',
    ours: 'physiotherapist',
    origin: 'sourced',
    because: 'TRE_G15: masseur-kinésithérapeute',
  },
  ...allied('80', 'pédicure-podologue'),
  ...allied('91', 'orthophoniste'),
  ...allied('92', 'orthoptiste'),
  ...suppliers('81', 'orthoprothésiste'),
  ...suppliers('82', 'podo-orthésiste'),
  ...suppliers('83', 'orthopédiste-orthésiste'),
  ...suppliers('84', 'oculariste'),
  ...suppliers('85', 'épithésiste'),
];

/** The codes of one row of the directory that decide its profession. */
export type DirectoryCodes = {
  readonly profession: string;
  readonly knowHow: string;
  readonly section: string;
};

/** The rule of a row of the directory, or null: no row of the table is about its profession. */
export function ruleOf(codes: DirectoryCodes): DirectoryRule | null {
  const rule = directoryRules.find(
    ({ profession, knowHow, section }) =>
      profession === codes.profession &&
      (knowHow === undefined ||
        (knowHow === 'some' ? codes.knowHow !== '' : knowHow.includes(codes.knowHow))) &&
      (section === undefined || section.includes(codes.section)),
  );
  return rule ?? null;
}

const namedRules: ReadonlyMap<string, DirectoryRule> = new Map(
  professions.map(({ code }) => {
    const because = 'the file names our profession itself';
    return [code, { profession: '', ours: code as ProfessionCode, origin: 'assumed', because }];
  }),
);

/** The rule of a row without a profession of the directory that names one of ours, or null. */
export function ruleNamed(ours: string): DirectoryRule | null {
  return namedRules.get(ours) ?? null;
}

/** The rule that decides between two rows of one professional at one place. */
export function narrower(one: DirectoryRule, other: DirectoryRule): DirectoryRule {
  return directoryRules.indexOf(other) < directoryRules.indexOf(one) ? other : one;
}

function allied(profession: string, name: string): readonly DirectoryRule[] {
  return [{ profession, ours: 'allied-professional', origin: 'sourced', because: `TRE_G15: ${name}` }];
}

function suppliers(profession: string, name: string): readonly DirectoryRule[] {
  const because = `TRE_G15: ${name}; that they supply devices under LPP is our choice`;
  return [{ profession, ours: 'medical-supplier', origin: 'assumed', because }];
}
