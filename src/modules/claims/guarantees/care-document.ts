import { type Static, Type } from '@sinclair/typebox';
import { type Act, careKinds, lensClasses, type Practice, type Situation } from './care.ts';
import { dayText, numberText, oneOf, priceText, readCents, yesOrNo } from './document-texts.ts';
import { readDocument } from './read-document.ts';

const closed = { additionalProperties: false };
const actSchema = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 20 }),
    kind: oneOf(careKinds),
    day: dayText,
    quantity: Type.Optional(numberText),
    price: priceText,
    base: priceText,
    drugRate: Type.Optional(oneOf(['100', '65', '30', '15'])),
    basket: Type.Optional(oneOf(['full', 'moderate', 'free'])),
    lensClass: Type.Optional(oneOf(lensClasses)),
    outOfPathway: Type.Optional(yesOrNo),
    forLongIllness: Type.Optional(yesOrNo),
    inHospital: Type.Optional(yesOrNo),
    reducedCharge: Type.Optional(yesOrNo),
  },
  closed,
);
const situationSchema = Type.Object(
  {
    birthDay: dayText,
    scheme: Type.Optional(oneOf(['general', 'alsace-moselle'])),
    longIllness: Type.Optional(yesOrNo),
    maternity: Type.Optional(yesOrNo),
    workAccident: Type.Optional(yesOrNo),
    aid: Type.Optional(oneOf(['c2s', 'ame'])),
  },
  closed,
);
const careSchema = Type.Object(
  {
    practice: Type.Object({ sector: oneOf(['1', '2']), optam: Type.Optional(yesOrNo) }, closed),
    situation: situationSchema,
    since: Type.Optional(dayText),
    acts: Type.Array(actSchema, { minItems: 1, maxItems: 100 }),
  },
  closed,
);

/** An invented care, to try a contract on; nothing of a real person belongs in it. */
export type WrittenCare = {
  readonly acts: readonly Act[];
  readonly practice: Practice;
  readonly situation: Situation;
  /** The day the person joined the contracts. */
  readonly since: string;
};

/** Reads the document of a care; throws DocumentProblem with all that is wrong. */
export function readCare(text: string): WrittenCare {
  const { practice, situation, since, acts } = readDocument(text, careSchema);
  return {
    acts: acts.map(readAct),
    practice: { sector: practice.sector === '1' ? 1 : 2, optam: practice.optam === 'yes' },
    situation: {
      birthDay: situation.birthDay,
      scheme: situation.scheme ?? 'general',
      longIllness: situation.longIllness === 'yes',
      maternity: situation.maternity === 'yes',
      workAccident: situation.workAccident === 'yes',
      ...(situation.aid === undefined ? {} : { aid: situation.aid }),
    },
    since: since ?? '2000-01-01',
  };
}

function readAct(written: Static<typeof actSchema>): Act {
  const { code, kind, day, quantity, price, base, drugRate, basket, lensClass } = written;
  return {
    ...{ code, kind, day, quantity: Math.max(1, Number(quantity ?? 1)) },
    ...{ price: readCents(price), base: readCents(base) },
    ...(drugRate === undefined ? {} : { drugRate: Number(drugRate) as NonNullable<Act['drugRate']> }),
    ...(basket === undefined ? {} : { basket }),
    ...(lensClass === undefined ? {} : { lensClass }),
    outOfPathway: written.outOfPathway === 'yes',
    forLongIllness: written.forLongIllness === 'yes',
    inHospital: written.inHospital === 'yes',
    reducedCharge: written.reducedCharge === 'yes',
  };
}
