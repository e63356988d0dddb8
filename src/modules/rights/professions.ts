import type { DomainCode } from './domains.ts';
import {
  assumed,
  completeFigures,
  derived,
  type Figure,
  type Figures,
  sourced,
  type Volumes,
} from './figures.ts';

/** What a profession may see, and what its accounts may draw. */
export type Profession = {
  readonly code: string;
  readonly fr: string;
  readonly en: string;
  /** Nothing outside these domains is ever decided on, recorded or answered. */
  readonly domains: readonly DomainCode[];
  readonly figures: Figures;
};

type Row = Omit<Profession, 'code' | 'figures'> & Partial<Volumes> & { people: Figure; neverSeen: Figure };

const onceEach = assumed(1, 'one lookup for one person');
const halfPresent = assumed(0.5, 'at a counter or a desk; refusals are also measured at 0, 0.25 and 0.75');
const quarterPresent = assumed(0.25, 'booked by telephone or by another service more often than not');
const mostlyKnown = assumed(0.05, 'series of care for the same people; no published figure');

/** The one table: who may see what, and how many people a day brings, each figure with its origin. */
const table = {
  pharmacist: {
    fr: 'Pharmacien',
    en: 'Pharmacist',
    domains: ['PHAR', 'PH15', 'LPP'],
    people: assumed(150, 'a shop, several clerks; 100 to 250; no published daily figure'),
    neverSeen: assumed(0.2, '80 % of people always use the same pharmacy (survey of 2007)'),
  },
  optician: {
    fr: 'Opticien',
    en: 'Optician',
    domains: ['OPTI'],
    people: derived(4, '3.7 equipments a day in 2014 over 12,700 shops, 2.7 in 2019, rounded up'),
    lookupsPerPerson: assumed(2.5, 'two to three quotes for a sale'),
    neverSeen: assumed(0.5, 'people renew every two and a half to three years'),
    distinctPeoplePerDayP99: derived(
      18,
      'log-normal through the published 37 % below 2 and 5 % above 10 a day',
    ),
  },
  'general-practitioner': {
    fr: 'Médecin généraliste',
    en: 'General practitioner',
    domains: ['MEDG'],
    people: sourced(22, '22.4 (men) and 21.1 (women) consultations a working day'),
    neverSeen: assumed(0.15, 'upper end of 0.10 to 0.15; one patient comes 5.3 times a year'),
  },
  specialist: {
    fr: 'Médecin spécialiste',
    en: 'Specialist',
    domains: ['MEDS'],
    people: assumed(20, 'near a general practitioner; no published figure'),
    neverSeen: assumed(0.35, 'people are referred to them; no published figure'),
  },
  dentist: {
    fr: 'Chirurgien-dentiste',
    en: 'Dentist',
    domains: ['DESO', 'DEPR', 'DEOR'],
    people: derived(12, 'some 870 distinct patients a year, 4.5 to 5 days a week, 2 to 3 an hour'),
    neverSeen: assumed(0.12, 'near a general practitioner'),
  },
  audiologist: {
    fr: 'Audioprothésiste',
    en: 'Audiologist',
    domains: ['AUDI'],
    people: assumed(6, 'long appointments, many for adjustment; no published figure'),
    lookupsPerPerson: assumed(2, 'a quote is redone'),
    neverSeen: assumed(0.3, 'aids are renewed every four years, adjusted in between'),
  },
  nurse: {
    fr: 'Infirmier',
    en: 'Nurse',
    // Some insurers give nurses a domain of their own, others cover them with all allied professions.
    domains: ['INF', 'AUXM'],
    people: assumed(25, '20 to 30; no published figure'),
    neverSeen: mostlyKnown,
  },
  physiotherapist: {
    fr: 'Masseur-kinésithérapeute',
    en: 'Physiotherapist',
    domains: ['KIN', 'AUXM'],
    people: assumed(25, '20 to 30; no published figure'),
    neverSeen: mostlyKnown,
  },
  midwife: {
    fr: 'Sage-femme',
    en: 'Midwife',
    domains: ['SAGE'],
    people: assumed(15, 'long appointments; no published figure'),
    neverSeen: assumed(0.12, 'near a general practitioner'),
  },
  'allied-professional': {
    fr: 'Autre auxiliaire médical',
    en: 'Other allied professional',
    domains: ['AUXM'],
    people: assumed(15, 'speech therapists, orthoptists, podiatrists; no published figure'),
    neverSeen: assumed(0.1, 'series of care, some for one visit'),
  },
  laboratory: {
    fr: 'Laboratoire de biologie',
    en: 'Laboratory',
    domains: ['LABO'],
    people: derived(120, '500,000 patients a day over 4,060 sites are 123 a site'),
    neverSeen: assumed(0.35, 'people come rarely, and to the nearest site'),
  },
  radiologist: {
    fr: 'Radiologue',
    en: 'Radiologist',
    domains: ['RADL'],
    people: assumed(80, 'a site with several rooms; no published figure'),
    neverSeen: assumed(0.5, 'people are sent once; no published figure'),
  },
  'health-centre': {
    fr: 'Centre de santé',
    en: 'Health centre',
    domains: ['CSTE'],
    people: assumed(80, 'several practitioners behind one desk; no published figure'),
    neverSeen: assumed(0.2, 'between a general practitioner and a specialist'),
  },
  'hospital-admission': {
    fr: 'Bureau des admissions',
    en: 'Hospital admission office',
    domains: ['HOSP', 'CHAM', 'EXTE'],
    people: derived(26, '28.5 million stays a year over some 3,065 sites'),
    neverSeen: assumed(0.5, 'as in emergencies'),
    presence: quarterPresent,
    distinctPeoplePerDayP99: assumed(300, 'the largest sites: 25 to 300 a day by size'),
  },
  'emergency-admission': {
    fr: 'Accueil des urgences',
    en: 'Emergency admission desk',
    domains: ['EXTE', 'HOSP'],
    people: derived(85, '21 million visits over 719 services are 80 a day; 88 public, 60 private'),
    neverSeen: assumed(0.5, 'people come rarely, and to the nearest service'),
  },
  'medical-transport': {
    fr: 'Transporteur sanitaire',
    en: 'Medical transport',
    domains: ['TRAN'],
    people: assumed(15, 'a few vehicles; no published figure'),
    neverSeen: assumed(0.3, 'half the journeys are series (dialysis, chemotherapy)'),
    presence: quarterPresent,
  },
  'medical-supplier': {
    fr: 'Fournisseur de matériel médical',
    en: 'Medical supplier',
    domains: ['LPP', 'DIV'],
    people: assumed(15, 'rentals and deliveries; no published figure'),
    neverSeen: assumed(0.3, 'rentals come back monthly'),
    presence: quarterPresent,
  },
  'thermal-spa': {
    fr: 'Établissement thermal',
    en: 'Thermal spa',
    domains: ['CURE'],
    people: assumed(30, 'arrivals of a season; no published figure'),
    neverSeen: assumed(0.4, 'many come back each year'),
    presence: quarterPresent,
  },
} as const satisfies Readonly<Record<string, Row>>;

/** The code of a profession, as accounts carry it. */
export type ProfessionCode = keyof typeof table;

/** Every profession, in the order of the table. */
export const professions: readonly Profession[] = Object.entries(table).map(([code, row]) =>
  complete(code, row),
);

const byCode: ReadonlyMap<string, Profession> = new Map(professions.map((each) => [each.code, each]));

/** The profession of a code, if there is one. */
export function findProfession(code: string): Profession | undefined {
  return byCode.get(code);
}

function complete(code: string, row: Row): Profession {
  const { fr, en, domains } = row;
  const figures = completeFigures({
    ...row,
    lookupsPerPerson: row.lookupsPerPerson ?? onceEach,
    presence: row.presence ?? halfPresent,
  });
  return Object.freeze({ code, fr, en, domains, figures });
}
