import { type Static, Type } from '@sinclair/typebox';
import { careKinds, lensClasses } from './care.ts';
import type { Contract, Form, Guarantee, Limit } from './contract.ts';
import { dayText, numberText, oneOf, priceText, readCents, yesOrNo } from './document-texts.ts';
import { notations, readForm } from './form-text.ts';
import { DocumentProblem, type Problem, readDocument } from './read-document.ts';

const closed = { additionalProperties: false };
const name = Type.String({ minLength: 1, maxLength: 100 });

const limitSchema = Type.Object(
  {
    acts: Type.Optional(numberText),
    euros: Type.Optional(priceText),
    period: oneOf(['year', 'two-years', 'four-years']),
    shared: Type.Optional(oneOf(['person', 'family'])),
  },
  closed,
);
const guaranteeSchema = Type.Object(
  {
    name,
    kinds: Type.Array(oneOf(careKinds), { minItems: 1 }),
    codes: Type.Optional(Type.Array(name, { minItems: 1 })),
    basket: Type.Optional(oneOf(['full', 'moderate', 'free'])),
    lensClass: Type.Optional(oneOf(lensClasses)),
    optam: Type.Optional(yesOrNo),
    pays: name,
    limit: Type.Optional(limitSchema),
    waiting: Type.Optional(Type.Object({ months: numberText, meanwhile: name }, closed)),
  },
  closed,
);
const contractSchema = Type.Object(
  {
    contract: name,
    from: dayText,
    responsible: yesOrNo,
    includesBase: Type.Optional(yesOrNo),
    guarantees: Type.Array(guaranteeSchema, { minItems: 1, maxItems: 500 }),
  },
  closed,
);

/** A contract as its insurer wrote it, and the first day of care it is for. */
export type ContractVersion = { readonly from: string; readonly contract: Omit<Contract, 'since'> };

/** Reads the document of a contract; throws DocumentProblem with all that is wrong. */
export function readContract(text: string): ContractVersion {
  const read = readDocument(text, contractSchema);
  const problems: Problem[] = [];
  const guarantees = read.guarantees.map((one, place) =>
    readGuarantee(one, (where, says) => problems.push({ where: `guarantees.${place}.${where}`, says })),
  );
  if (problems.length > 0) throw new DocumentProblem(problems);
  const contract = {
    id: read.contract,
    responsible: read.responsible === 'yes',
    includesBase: read.includesBase === 'yes',
    guarantees,
  };
  return { from: read.from, contract };
}

type Hear = (where: string, says: string) => void;

function readGuarantee(written: Static<typeof guaranteeSchema>, hear: Hear): Guarantee {
  const { name, kinds, codes, basket, lensClass, optam, waiting } = written;
  const form = (where: string, text: string): Form => {
    const read = readForm(text);
    if (read === undefined) hear(where, `“${text}” is not one of: ${examples}`);
    return read ?? { form: 'nothing' };
  };
  const limit = written.limit === undefined ? undefined : readLimit(written.limit);
  if (limit !== undefined && limit.acts === undefined && limit.cents === undefined) {
    hear('limit', 'needs acts, euros or both');
  }
  return {
    ...{ name, kinds, pays: form('pays', written.pays) },
    ...(codes === undefined ? {} : { codes }),
    ...(basket === undefined ? {} : { basket }),
    ...(lensClass === undefined ? {} : { lensClass }),
    ...(optam === undefined ? {} : { optam: optam === 'yes' }),
    ...(limit === undefined ? {} : { limit }),
    ...(waiting === undefined
      ? {}
      : {
          waiting: {
            months: Number(waiting.months),
            meanwhile: form('waiting.meanwhile', waiting.meanwhile),
          },
        }),
  };
}

const examples = notations.map(({ example }) => example).join(' · ');

function readLimit({ acts, euros, period, shared }: Static<typeof limitSchema>): Limit {
  return {
    ...{ period, shared: shared ?? 'person' },
    ...(acts === undefined ? {} : { acts: Number(acts) }),
    ...(euros === undefined ? {} : { cents: readCents(euros) }),
  };
}
