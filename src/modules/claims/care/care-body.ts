import { type Static, Type } from '@sinclair/typebox';
import { choice } from '../../access/index.ts';
import { type Act, careKinds, lensClasses, type Practice, type Situation } from '../guarantees/care.ts';

const closed = { additionalProperties: false };
const centsMax = 100_000_000;
const cents = (description: string) => Type.Integer({ minimum: 0, maximum: centsMax, description });
const flag = (description: string) => Type.Optional(Type.Boolean({ description }));

/** One line of care in a body. Amounts are integer cents of the whole line. */
export const actBody = Type.Object(
  {
    code: Type.String({
      pattern: '^[A-Z0-9][A-Z0-9.+-]{0,19}$',
      description: 'NGAP, CCAM, LPP or CIP code.',
    }),
    kind: choice(careKinds, 'What it is, for the rules and for the guarantees.'),
    quantity: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 999, description: 'Boxes, days, lenses; 1.' }),
    ),
    priceCents: Type.Integer({ minimum: 1, maximum: centsMax, description: 'Price of the line, in cents.' }),
    baseCents: cents('What the mandatory scheme counts from (BR), in cents; 0 when it pays nothing.'),
    drugRate: Type.Optional(Type.Union([100, 65, 30, 15].map((rate) => Type.Literal(rate)))),
    basket: Type.Optional(choice(['full', 'moderate', 'free'], 'Basket: full is 100 % Santé.')),
    lensClass: Type.Optional(choice(lensClasses, 'Lenses: how strong, as contracts tell them apart.')),
    ear: Type.Optional(choice(['left', 'right'], 'Hearing aids: which ear.')),
    outOfPathway: flag('Outside the coordinated pathway.'),
    inHospital: flag('During a stay.'),
    forLongIllness: flag('Linked to a long illness (ALD).'),
    reducedCharge: flag('Daily charge of psychiatry, or reduced charge of an emergency (ALD, maternity …).'),
  },
  closed,
);

/** How the professional is bound to the mandatory scheme. */
export const practiceBody = Type.Object(
  { sector: Type.Union([Type.Literal(1), Type.Literal(2)]), optam: Type.Boolean() },
  closed,
);

/** What the mandatory scheme knows of the person on the day of care, as their card or ADRi says. */
export const situationBody = Type.Object(
  {
    scheme: Type.Optional(choice(['general', 'alsace-moselle'], 'Scheme; general.')),
    longIllness: flag('Has a long illness (ALD).'),
    maternity: flag('From the sixth month of pregnancy to 12 days after birth.'),
    workAccident: flag('A work accident, or an occupational illness.'),
    aid: Type.Optional(choice(['c2s', 'ame'], 'Complementary cover by solidarity, or state medical aid.')),
  },
  closed,
);

/** The care of a body: what was done, by whom, in which situation. */
export const careFields = {
  acts: Type.Array(actBody, { minItems: 1, maxItems: 100, description: 'The lines, in any order.' }),
  practice: Type.Optional(practiceBody),
  situation: Type.Optional(situationBody),
};

const careSchema = Type.Object(careFields);
type CareBody = Static<typeof careSchema> & { readonly careDate: string; readonly birthDate: string };

/** Care as it is kept with a quote or a claim: no birth date is in it. */
export type Care = {
  readonly acts: readonly Act[];
  readonly practice: Practice;
  readonly situation: Situation;
};

/** The age that matters is all that is kept of a birth date: minors have one of today, the others of 1900. */
const longAgo = '1900-01-01';

/** Reads the care of a body that was checked. */
export function careOf({ acts, practice, situation, careDate, birthDate }: CareBody): Care {
  const comesOfAge = `${Number(birthDate.slice(0, 4)) + 18}${birthDate.slice(4)}`;
  const {
    scheme = 'general',
    longIllness = false,
    maternity = false,
    workAccident = false,
  } = situation ?? {};
  return {
    acts: acts.map(({ priceCents, baseCents, quantity = 1, drugRate, ...act }) => ({
      ...act,
      ...{ day: careDate, quantity, price: priceCents, base: baseCents },
      ...(drugRate === undefined ? {} : { drugRate: drugRate as NonNullable<Act['drugRate']> }),
    })),
    practice: practice ?? { sector: 1, optam: false },
    situation: {
      ...{ scheme, longIllness, maternity, workAccident },
      birthDay: careDate < comesOfAge ? careDate : longAgo,
      ...(situation?.aid === undefined ? {} : { aid: situation.aid }),
    },
  };
}
