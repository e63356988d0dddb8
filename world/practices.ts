import type { ProfessionCode } from '../src/modules/rights/index.ts';

/** How many accounts of a profession an organisation has; `first`: in the country's first one. */
export type Staff = {
  readonly profession: ProfessionCode;
  readonly least: number;
  readonly most: number;
  readonly first?: number;
};

/** A kind of organisation: how many serve an area, what they are called, who works there. */
export type Kind = {
  /** `…` stands for “of” and its commune. */
  readonly name: string;
  readonly ofArea: number;
  readonly isCentral?: true;
  readonly staff: readonly Staff[];
};

/**
 * Organisations for 20,000 people. Opticians (12,700 shops), laboratories (4,060 sites), hospitals (3,065)
 * and emergency services (719) follow the counts behind the allowance's figures; the others are orders of
 * magnitude, assumed.
 */
export const kinds: readonly Kind[] = [
  { name: 'Pharmacie', ofArea: 6, staff: [staff('pharmacist', 1, 4)] },
  { name: 'Optique', ofArea: 3.7, staff: [staff('optician', 1, 3)] },
  { name: 'Cabinet médical', ofArea: 10, staff: [staff('general-practitioner', 1, 3)] },
  { name: 'Cabinet de spécialistes', ofArea: 8, staff: [staff('specialist', 1, 3)] },
  { name: 'Cabinet dentaire', ofArea: 6, staff: [staff('dentist', 1, 3)] },
  { name: 'Audition', ofArea: 1.7, staff: [staff('audiologist', 1, 2)] },
  { name: 'Cabinet infirmier', ofArea: 10, staff: [staff('nurse', 1, 4)] },
  { name: 'Cabinet de kinésithérapie', ofArea: 12, staff: [staff('physiotherapist', 1, 3)] },
  { name: 'Maison des naissances', ofArea: 1.5, staff: [staff('midwife', 1, 2)] },
  { name: 'Cabinet paramédical', ofArea: 6, staff: [staff('allied-professional', 1, 2)] },
  { name: 'Laboratoire', ofArea: 1.2, staff: [staff('laboratory', 1, 4)] },
  { name: "Centre d'imagerie", ofArea: 0.7, staff: [staff('radiologist', 1, 4)] },
  { name: 'Centre de santé', ofArea: 0.8, staff: [staff('health-centre', 1, 5)] },
  { name: 'Clinique', ofArea: 0.6, staff: [staff('hospital-admission', 2, 12)] },
  {
    name: 'Centre hospitalier …',
    ofArea: 0.21,
    isCentral: true,
    staff: [staff('hospital-admission', 15, 60, 40), staff('emergency-admission', 3, 10)],
  },
  { name: 'Ambulances', ofArea: 1.6, staff: [staff('medical-transport', 1, 2)] },
  { name: 'Matériel médical', ofArea: 1, staff: [staff('medical-supplier', 1, 2)] },
  { name: 'Thermes', ofArea: 0.05, staff: [staff('thermal-spa', 1, 3)] },
];

function staff(profession: ProfessionCode, least: number, most: number, first?: number): Staff {
  return { profession, least, most, ...(first === undefined ? {} : { first }) };
}
