import { act, type CatalogueAct, fee, memory } from './catalogue-act.ts';

// Not in AUXM, though some insurers cover them there: every allied profession would find all of them.
const nursing = { kind: 'paramedical', domains: ['INF', 'CSTE'] } as const;
const nursingFee = (cents: number) => fee(cents, memory('tariff of nurses, not checked'));

/** A letter and its coefficient are one code, because the number of acts is not the coefficient. */
const nurses: readonly CatalogueAct[] = [
  act(
    'AMI 1',
    ['Injection, insuline (soin infirmier)', 'Injection, insulin (nursing)'],
    nursing,
    nursingFee(315),
  ),
  act('AMI 1.5', ['Prise de sang (soin infirmier)', 'Blood sample (nursing)'], nursing, nursingFee(473)),
  act('AMI 2', ['Pansement simple (soin infirmier)', 'Simple dressing (nursing)'], nursing, nursingFee(630)),
  act(
    'AMI 4',
    ['Pansement complexe (soin infirmier)', 'Complex dressing (nursing)'],
    nursing,
    nursingFee(1260),
  ),
  act(
    'AIS 3',
    ['Séance de soins infirmiers (toilette)', 'Nursing session (washing)'],
    nursing,
    nursingFee(795),
  ),
  act(
    'BSA',
    ['Forfait de dépendance légère, par jour', 'Light dependency, a day'],
    nursing,
    nursingFee(1300),
  ),
  act(
    'BSB',
    ['Forfait de dépendance intermédiaire, par jour', 'Medium dependency, a day'],
    nursing,
    nursingFee(1820),
  ),
  act(
    'BSC',
    ['Forfait de dépendance lourde, par jour', 'Heavy dependency, a day'],
    nursing,
    nursingFee(2870),
  ),
  act('MAU', ['Majoration d’acte unique', 'Supplement for a single act'], nursing, nursingFee(135)),
  act('IFD', ['Indemnité forfaitaire de déplacement', 'Travel allowance'], {
    kind: 'paramedical',
    domains: ['KIN', 'INF', 'AUXM', 'CSTE'],
  }),
];

const physiotherapy = { kind: 'paramedical', domains: ['KIN', 'CSTE'] } as const;
/** Letters by part of the body, which replaced AMS; AMK stays for assessments. */
const byBodyPart = { ...physiotherapy, since: '2024-02-22' } as const;

const physiotherapists: readonly CatalogueAct[] = [
  act('AMK', ['Bilan et acte de kinésithérapie', 'Physiotherapy assessment and act'], physiotherapy),
  act('AMS', ['Rééducation (lettre d’avant 2024)', 'Rehabilitation (letter of before 2024)'], physiotherapy),
  act('RAM', ['Rééducation du rachis non opéré', 'Rehabilitation of the spine, not operated'], byBodyPart),
  act(
    'RSM',
    ['Rééducation du membre supérieur non opéré', 'Rehabilitation of an arm, not operated'],
    byBodyPart,
  ),
  act(
    'RIM',
    ['Rééducation du membre inférieur non opéré', 'Rehabilitation of a leg, not operated'],
    byBodyPart,
  ),
  act(
    'NMI',
    ['Rééducation neuromusculaire ou inflammatoire', 'Neuromuscular or inflammatory rehabilitation'],
    byBodyPart,
  ),
  act(
    'RAB',
    ['Rééducation abdominale et du périnée', 'Abdominal and pelvic floor rehabilitation'],
    byBodyPart,
  ),
];

const otherAllied = { kind: 'paramedical', domains: ['AUXM', 'CSTE'] } as const;

const others: readonly CatalogueAct[] = [
  act('AMO', ['Séance d’orthophonie', 'Speech therapy session'], otherAllied),
  act('AMY', ['Acte d’orthoptie', 'Orthoptic act'], otherAllied),
  act(
    'POD',
    ['Séance de podologie du pied diabétique', 'Podiatry of the diabetic foot'],
    otherAllied,
    fee(2700, memory('magnolia.fr, not checked')),
  ),
];

/** Of the kinds that doctors have, because the rate is theirs; allied professions have a lower one. */
const midwives: readonly CatalogueAct[] = [
  act('SF', ['Acte de la sage-femme', 'Midwife’s act'], { kind: 'technical-act', domains: ['SAGE', 'CSTE'] }),
  act('SP', ['Séance de préparation à la naissance', 'Birth preparation session'], {
    kind: 'consultation',
    domains: ['SAGE', 'CSTE'],
  }),
  act(
    'MSF',
    ['Majoration de la sage-femme', 'Midwife’s supplement'],
    { kind: 'consultation', domains: ['SAGE', 'CSTE'] },
    fee(350, memory('tariff of midwives, not checked')),
  ),
];

/** Nurses, physiotherapists, other allied professions and midwives. */
export const alliedActs: readonly CatalogueAct[] = [...nurses, ...physiotherapists, ...others, ...midwives];
