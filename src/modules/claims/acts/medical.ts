import type { Rule } from '../guarantees/rules.ts';
import { act, base, type CatalogueAct, datedFee, fee, memory, press } from './catalogue-act.ts';

/** The first day is not that of the change: it is that of the published example. */
const generalist: readonly [Rule, ...Rule[]] = [
  {
    ...{ from: '2018-04-03', value: 2500, certainty: 'sourced' },
    source: 'indsante/Documentation-SNDS, montant_soins_de_ville',
  },
  { from: '2023-11-01', value: 2650, ...memory('quechoisir for May 2024; the day is from memory') },
  { from: '2024-12-22', value: 3000, ...press('europe1 236095, magnolia') },
];
/** Counted for doctors who do not limit their fees; the day is that of the published example. */
const freeFees: readonly [Rule, ...Rule[]] = [
  { from: '2022-03-01', value: 2300, ...press('ag2r; beincrypto1.de ?p=1522454') },
];
const in2026 = (value: number, source: string) => datedFee([{ from: '2026-01-01', value, ...press(source) }]);
const specialties = 'social.linked.fr, previssima.fr';
const tariff = memory('tariff of doctors, from memory');

const generalistVisit = { kind: 'consultation', domains: ['MEDG', 'CSTE'] } as const;
const generalistVisitOrEmergency = { kind: 'consultation', domains: ['MEDG', 'CSTE', 'EXTE'] } as const;
const specialistVisit = { kind: 'consultation', domains: ['MEDS', 'CSTE', 'EXTE'] } as const;
const doctorVisit = { kind: 'consultation', domains: ['MEDG', 'MEDS', 'CSTE', 'EXTE'] } as const;
const anyVisit = { kind: 'consultation', domains: ['MEDG', 'MEDS', 'SAGE', 'CSTE', 'EXTE'] } as const;

const longVisit = { ...generalistVisit, since: '2026-01-01' } as const;
const longFee = in2026(6000, 'ousoigner.fr, rachida-dati.eu; the letters are those of csmf.org');

const consultations: readonly CatalogueAct[] = [
  act(
    'G',
    ['Consultation du médecin généraliste', 'General practitioner’s consultation'],
    generalistVisitOrEmergency,
    datedFee(generalist),
  ),
  act(
    'GS',
    ['Consultation du spécialiste en médecine générale', 'Consultation of a specialist in general practice'],
    generalistVisitOrEmergency,
    datedFee(generalist),
  ),
  act(
    'VG',
    ['Visite à domicile du médecin généraliste', 'General practitioner’s home visit'],
    generalistVisit,
    fee(3000, memory('as G, from memory')),
  ),
  act(
    'TCG',
    ['Téléconsultation du médecin généraliste', 'General practitioner’s remote consultation'],
    generalistVisit,
    fee(2500, press('medi-sphere.be')),
  ),
  act('TC', ['Téléconsultation, toutes spécialités', 'Remote consultation, any specialty'], anyVisit),
  act(
    'GL1',
    ['Consultation longue, 80 ans et plus : sortie d’hôpital', 'Long consultation, 80 or over: after a stay'],
    longVisit,
    longFee,
  ),
  act(
    'GL2',
    [
      'Consultation longue, 80 ans et plus : trop de médicaments',
      'Long consultation, 80 or over: too many drugs',
    ],
    longVisit,
    longFee,
  ),
  act(
    'GL3',
    [
      'Consultation longue, 80 ans et plus : aide à l’autonomie',
      'Long consultation, 80 or over: help at home',
    ],
    longVisit,
    longFee,
  ),
  // A midwife's is the same, from memory.
  act(
    'C',
    ['Consultation (secteur 2 sans OPTAM, sage-femme)', 'Consultation (sector 2 outside OPTAM, midwife)'],
    anyVisit,
    datedFee(freeFees),
  ),
  act('CS', ['Consultation du spécialiste', 'Specialist’s consultation'], doctorVisit, datedFee(freeFees)),
  // With its supplement on one line: the figures that are published hold for both together.
  act(
    'CS+MCS',
    ['Consultation coordonnée du gynécologue médical', 'Coordinated consultation of a medical gynaecologist'],
    specialistVisit,
    in2026(4000, 'beincrypto1.de ?p=1522454'),
  ),
  act(
    'CNP+MCS',
    ['Consultation coordonnée du psychiatre', 'Coordinated consultation of a psychiatrist'],
    specialistVisit,
    in2026(5700, specialties),
  ),
  act('MPC', ['Majoration du spécialiste', 'Specialist’s supplement'], specialistVisit, fee(200, tariff)),
  act(
    'MCS',
    ['Majoration de coordination du spécialiste', 'Specialist’s coordination supplement'],
    specialistVisit,
    fee(500, tariff),
  ),
  act(
    'MD',
    ['Majoration de déplacement à domicile', 'Supplement for going to a home'],
    { kind: 'consultation', domains: ['MEDG', 'MEDS', 'SAGE', 'CSTE'] },
    fee(1000, tariff),
  ),
  act(
    'APC',
    ['Avis ponctuel de consultant', 'Consultant’s single opinion'],
    doctorVisit,
    datedFee([{ from: '2024-12-22', value: 6000, ...press('europe1 236095') }]),
  ),
  act(
    'COE',
    [
      'Examen obligatoire de l’enfant, avec certificat',
      'Compulsory examination of a child, with certificate',
    ],
    doctorVisit,
    in2026(6000, specialties),
  ),
];

const ofDoctors = { kind: 'technical-act', domains: ['MEDG', 'MEDS', 'CSTE', 'EXTE'] } as const;
const ofSpecialists = { kind: 'technical-act', domains: ['MEDS', 'CSTE', 'EXTE'] } as const;
const ofWomen = { kind: 'technical-act', domains: ['MEDG', 'MEDS', 'SAGE', 'CSTE'] } as const;
const operation = { kind: 'technical-act', domains: ['MEDS', 'HOSP'] } as const;
const cardiology = memory('lecardiologue.com, not checked');

const technicalActs: readonly CatalogueAct[] = [
  act('DEQP003', ['Électrocardiogramme', 'Electrocardiogram'], ofDoctors, fee(1426, cardiology)),
  act(
    'DZQM006',
    ['Échographie-doppler du cœur', 'Doppler ultrasound of the heart'],
    ofSpecialists,
    fee(9649, cardiology),
  ),
  act(
    'QZJA002',
    ['Suture d’une plaie profonde de moins de 3 cm', 'Suture of a deep wound under 3 cm'],
    ofDoctors,
  ),
  act('JKHD001', ['Prélèvement cervico-vaginal (frottis)', 'Cervical smear'], ofWomen),
  act(
    'JKLD001',
    ['Pose d’un stérilet (dispositif intra-utérin)', 'Insertion of an intrauterine device'],
    ofWomen,
  ),
  act('JQQM010', ['Échographie de grossesse du premier trimestre', 'First-trimester pregnancy ultrasound'], {
    kind: 'technical-act',
    domains: ['MEDS', 'SAGE', 'CSTE', 'RADL', 'EXTE'],
  }),
  act(
    'BFGA002',
    ['Opération de la cataracte, avec implant', 'Cataract operation, with implant'],
    operation,
    base(27_170, press('lesmutuellespascheres.com, chirurgie-cataracte.paris')),
  ),
];

/** Doctors: consultations and technical acts. Midwives, radiologists and hospitals share some. */
export const medicalActs: readonly CatalogueAct[] = [...consultations, ...technicalActs];
