import { type Rule, rules } from '../guarantees/rules.ts';
import { act, type CatalogueAct, datedAmounts } from './catalogue-act.ts';

const imaging = { kind: 'imaging', domains: ['RADL', 'EXTE'] } as const;

/** Without bases: those of imaging were raised and cut several times since 2025. */
const images: readonly CatalogueAct[] = [
  act('ZBQK002', ['Radiographie du thorax', 'X-ray of the chest'], imaging),
  act('QEQK001', ['Mammographie des deux seins', 'Mammography of both breasts'], imaging),
  act('ZCQM008', ['Échographie de l’abdomen', 'Ultrasound of the abdomen'], imaging),
  act('ACQK001', ['Scanner du crâne, sans injection', 'CT scan of the head, plain'], imaging),
  act('NZQN001', ['IRM du membre inférieur, sans injection', 'MRI of a leg, plain'], imaging),
  act('FTN', ['Forfait technique de scanner ou d’IRM', 'Technical fee of a CT or MRI'], imaging),
];

const laboratory = { kind: 'laboratory', domains: ['LABO'] } as const;

/** Each test is a number of the letter B; a laboratory knows the sum of the request. */
const tests: readonly CatalogueAct[] = [
  act('B', ['Analyses de biologie, total', 'Laboratory tests, total'], laboratory),
  act('TB', ['Prélèvement sanguin au laboratoire', 'Blood sample at the laboratory'], laboratory),
  act('9005', ['Forfait pré-analytique', 'Fee before analysis'], laboratory),
  act('1104', ['Hémogramme (NFS, numération)', 'Blood count'], laboratory),
  act('0552', ['Glycémie (glucose)', 'Blood glucose'], laboratory),
  act('1577', ['Hémoglobine glyquée (HbA1c)', 'Glycated haemoglobin'], laboratory),
  act('0592', ['Créatinine', 'Creatinine'], laboratory),
  act('1208', ['TSH (thyroïde)', 'TSH (thyroid)'], laboratory),
  act('1804', ['CRP (protéine C réactive)', 'C-reactive protein'], laboratory),
];

/** The mandatory scheme counts nothing: the whole price is the person's, or their insurer's. */
const nothing: readonly [Rule, ...Rule[]] = [
  { from: '2018-01-01', value: 0, source: 'the rules pay nothing of it', certainty: 'computed' },
];
const stay = { kind: 'hospital-stay', domains: ['HOSP'] } as const;

const stays: readonly CatalogueAct[] = [
  act('GHS', ['Séjour hospitalier (groupe de séjours)', 'Hospital stay (group of stays)'], stay),
  act(
    'FJH',
    ['Forfait journalier hospitalier', 'Daily hospital charge'],
    { kind: 'daily-hospital-charge', domains: ['HOSP'] },
    datedAmounts(nothing, rules['hospital-day']),
  ),
  act(
    'SHO',
    ['Chambre particulière, par nuit', 'Private room, a night'],
    { kind: 'private-room', domains: ['CHAM'] },
    datedAmounts(nothing, []),
  ),
  act(
    'FPU',
    ['Forfait patient urgences (passage sans séjour)', 'Emergency visit charge (without a stay)'],
    { kind: 'emergency-visit', domains: ['EXTE', 'HOSP'], since: '2022-01-01' },
    datedAmounts(nothing, rules.emergency),
  ),
];

const transport = { kind: 'transport', domains: ['TRAN'] } as const;

/** A price is made of a fixed part, kilometres and supplements: the carrier knows it. */
const journeys: readonly CatalogueAct[] = [
  act('ABA', ['Transport en ambulance', 'Transport by ambulance'], transport),
  act('VSL', ['Transport assis en VSL', 'Seated transport by light vehicle'], transport),
  act('TXI', ['Transport en taxi conventionné', 'Transport by contracted taxi'], transport),
];

/** Radiologists, laboratories, hospitals and medical transport. */
export const establishmentActs: readonly CatalogueAct[] = [...images, ...tests, ...stays, ...journeys];
