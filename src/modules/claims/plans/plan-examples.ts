import type { Act, Practice } from '../guarantees/care.ts';
import { ruleOn } from '../guarantees/rules.ts';

/** Care of every day that a plan is tried on: what it is, in words, and its lines on a day. */
export type PlanExample = {
  readonly fr: string;
  readonly en: string;
  readonly practice: Practice;
  /** The lines, without their day. */
  readonly acts: (day: string) => readonly Omit<Act, 'day'>[];
};

const sectorOne: Practice = { sector: 1, optam: false };
const withOptam: Practice = { sector: 2, optam: true };
const freeFees: Practice = { sector: 2, optam: false };

const specialist = { code: 'CS', kind: 'consultation', quantity: 1, price: 6000 } as const;
const crown = { kind: 'dental-prosthesis', quantity: 1, base: 12_000 } as const;
const ear = { kind: 'hearing-aid', quantity: 1, base: 40_000 } as const;
const glasses = (
  basket: 'full' | 'free',
  [frame, lens]: readonly [price: number, base: number][],
): readonly Omit<Act, 'day'>[] => [
  { ...amounts(frame, 1), code: 'LUN', kind: 'optical-frame', basket },
  { ...amounts(lens, 2), code: 'VER-S', kind: 'optical-lens', basket },
];
const amounts = ([price, base]: readonly [number, number] = [0, 0], quantity: number) => ({
  ...{ quantity, price: quantity * price, base: quantity * base },
});

/**
 * The care that a plan is tried on as it is written. Bases and prices are those of the catalogue of acts,
 * with the sureness they have there; fees beyond the base, free prices and the stay are invented.
 */
export const planExamples = {
  consultation: {
    ...{ fr: 'Consultation du généraliste', en: 'General practitioner’s visit', practice: sectorOne },
    acts: () => [{ code: 'G', kind: 'consultation', quantity: 1, price: 3000, base: 3000 }],
  },
  'specialist-optam': {
    ...{ fr: 'Spécialiste OPTAM', en: 'Specialist with OPTAM', practice: withOptam },
    acts: () => [{ ...specialist, base: 3150 }],
  },
  'specialist-free': {
    ...{ fr: 'Spécialiste hors OPTAM', en: 'Specialist outside OPTAM', practice: freeFees },
    acts: () => [{ ...specialist, base: 2300 }],
  },
  drug: {
    ...{ fr: 'Médicament à 65 %', en: 'Drug paid at 65 %', practice: sectorOne },
    acts: () => [{ code: 'PH7', kind: 'drug', quantity: 1, price: 1000, base: 1000, drugRate: 65 }],
  },
  'crown-full': {
    ...{ fr: 'Couronne 100 % Santé', en: '100 % Santé crown', practice: sectorOne },
    acts: () => [{ ...crown, code: 'HBLD634', price: 50_000, basket: 'full' }],
  },
  'crown-free': {
    ...{ fr: 'Couronne à prix libre', en: 'Crown at a free price', practice: sectorOne },
    acts: () => [{ ...crown, code: 'HBLD734', price: 54_000, basket: 'free' }],
  },
  'glasses-a': {
    ...{ fr: 'Lunettes de classe A', en: 'Class A glasses', practice: sectorOne },
    acts: () =>
      glasses('full', [
        [3000, 900],
        [3250, 975],
      ]),
  },
  'glasses-b': {
    ...{ fr: 'Lunettes de classe B', en: 'Class B glasses', practice: sectorOne },
    acts: () =>
      glasses('free', [
        [15_000, 5],
        [15_000, 5],
      ]),
  },
  'hearing-one': {
    ...{ fr: 'Aide auditive de classe I', en: 'Class I hearing aid', practice: sectorOne },
    acts: () => [{ ...ear, code: 'PAZ', price: 95_000, basket: 'full', ear: 'left' }],
  },
  'hearing-two': {
    ...{ fr: 'Aide auditive de classe II', en: 'Class II hearing aid', practice: sectorOne },
    acts: () => [{ ...ear, code: 'PAU', price: 147_600, basket: 'free', ear: 'left' }],
  },
  'hospital-day': {
    ...{ fr: 'Un jour d’hôpital, chambre seule', en: 'A day in hospital, private room', practice: sectorOne },
    acts: (day) => [
      { code: 'GHS', kind: 'hospital-stay', quantity: 1, price: 100_000, base: 100_000, inHospital: true },
      {
        ...{ code: 'FJH', kind: 'daily-hospital-charge', quantity: 1, base: 0, inHospital: true },
        price: ruleOn('hospital-day', day).value,
      },
      { code: 'SHO', kind: 'private-room', quantity: 1, price: 7000, base: 0, inHospital: true },
    ],
  },
} as const satisfies Readonly<Record<string, PlanExample>>;

/** The word of an example. */
export type PlanExampleName = keyof typeof planExamples;
/** The words, in the order in which they are shown. */
export const planExampleNames = Object.keys(planExamples) as PlanExampleName[];
