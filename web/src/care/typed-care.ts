import { acts } from '../../../src/modules/claims/acts/act-catalogue.ts';
import type { CatalogueAct } from '../../../src/modules/claims/acts/catalogue-act.ts';
import { domainsOfKind } from '../../../src/modules/claims/acts/domain-of-act.ts';
import { baseOn, priceOn } from '../../../src/modules/claims/acts/find-acts.ts';
import { type CareKind, careKinds } from '../../../src/modules/claims/guarantees/care.ts';
import { findProfession } from '../../../src/modules/rights/professions.ts';
import type { Api } from '../api/types.d.ts';
import type { Language } from '../texts/language.tsx';
import { typeAmount } from './amount.ts';

/** A line of care as the API takes it. */
export type ActLine = Api['POST /v1/quotes']['body']['acts'][number];
/** A claim, whole, as it is told. */
export type WholeClaim = Api['GET /v1/claims/{claim}']['answer'];
/** Why a claim was rejected, as it is told. */
export type Rejection = NonNullable<WholeClaim['rejection']>;
/** A promise to pay, as it is told. */
export type EngagementAnswer = Api['GET /v1/engagements']['answer']['engagements'][number];

/** One line as it is typed. */
export type TypedLine = {
  /** Where it stands on the page, for as long as it does. */
  readonly key: number;
  readonly code: string;
  readonly kind: CareKind;
  readonly quantity: string;
  readonly price: string;
  readonly base: string;
  readonly basket: '' | NonNullable<ActLine['basket']>;
  readonly lensClass: '' | NonNullable<ActLine['lensClass']>;
  readonly ear: '' | NonNullable<ActLine['ear']>;
  readonly drugRate: '' | '100' | '65' | '30' | '15';
  readonly outOfPathway: boolean;
  readonly inHospital: boolean;
  readonly forLongIllness: boolean;
};

/** Everything that is typed of care; whom it is for stands elsewhere. */
export type TypedCare = {
  readonly careDate: string;
  readonly lines: readonly TypedLine[];
  readonly sector: '1' | '2';
  readonly optam: boolean;
  readonly longIllness: boolean;
  readonly maternity: boolean;
  readonly workAccident: boolean;
  readonly alsaceMoselle: boolean;
  readonly aid: '' | 'c2s' | 'ame';
  readonly rpps: string;
  readonly prescribedOn: string;
  readonly engagement: string;
  readonly reference: string;
};

/** The day it is in Paris. */
export function todayInParis(): string {
  return new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date());
}

/** Care of a day, with nothing typed yet. */
export function emptyCare(careDate: string, practice: Pick<TypedCare, 'sector' | 'optam'>): TypedCare {
  return {
    ...{ careDate, lines: [], ...practice },
    ...{ longIllness: false, maternity: false, workAccident: false, alsaceMoselle: false, aid: '' },
    ...{ rpps: '', prescribedOn: '', engagement: '', reference: '' },
  };
}

const plainLine: Omit<TypedLine, 'key' | 'code' | 'kind'> = {
  ...{ quantity: '1', price: '', base: '', basket: '', lensClass: '', ear: '', drugRate: '' },
  ...{ outOfPathway: false, inHospital: false, forLongIllness: false },
};

/** Tells lines apart for as long as the page is open. */
let lastKey = 0;

/** A line for an act of the catalogue: what is usually invoiced is proposed, and may be overwritten. */
export function lineOfAct(act: CatalogueAct, careDate: string, language: Language): TypedLine {
  const line: TypedLine = {
    ...plainLine,
    ...{ key: ++lastKey, code: codeOf(act), kind: act.kind, basket: act.basket ?? '', ear: act.ear ?? '' },
    lensClass: act.lensClass ?? '',
    drugRate: act.drugRate === undefined ? '' : (String(act.drugRate) as TypedLine['drugRate']),
  };
  return { ...line, ...proposed(act, { careDate, quantity: '1' }, language) };
}

/** A line for a code that the catalogue does not have: a box, a product, an act of a special trade. */
export function lineOfCode(code: string, kind: CareKind): TypedLine {
  return { ...plainLine, key: ++lastKey, code, kind };
}

/** A line as it was sent before. */
export function lineOfAnswer(act: ActLine, language: Language): TypedLine {
  const { code, kind, quantity = 1, priceCents, baseCents, drugRate } = act;
  return {
    ...{ key: ++lastKey, code, kind, quantity: String(quantity) },
    ...{ price: typeAmount(priceCents, language), base: typeAmount(baseCents, language) },
    ...{ basket: act.basket ?? '', lensClass: act.lensClass ?? '', ear: act.ear ?? '' },
    drugRate: drugRate === undefined ? '' : (String(drugRate) as TypedLine['drugRate']),
    outOfPathway: act.outOfPathway ?? false,
    inHospital: act.inHospital ?? false,
    forLongIllness: act.forLongIllness ?? false,
  };
}

/** Care as it was sent before, to be corrected. */
export function careOfClaim(claim: WholeClaim, language: Language): TypedCare {
  const { careDate, practice, situation, prescription, engagement, reference } = claim;
  return {
    careDate,
    lines: claim.acts.map((act) => lineOfAnswer(act, language)),
    ...{ sector: practice.sector === 2 ? '2' : '1', optam: practice.optam },
    longIllness: situation.longIllness ?? false,
    maternity: situation.maternity ?? false,
    workAccident: situation.workAccident ?? false,
    alsaceMoselle: situation.scheme === 'alsace-moselle',
    aid: situation.aid ?? '',
    ...{ rpps: prescription?.rpps ?? '', prescribedOn: prescription?.day ?? '' },
    ...{ engagement: engagement ?? '', reference: reference ?? '' },
  };
}

/** The act of the catalogue that a line was made from, if any: its name, and what it usually costs. */
export function actOfLine(line: Pick<TypedLine, 'code' | 'kind' | 'basket' | 'ear'>): CatalogueAct | null {
  const same = acts.filter((act) => codeOf(act) === line.code && act.kind === line.kind);
  const exact = same.find((act) => (act.basket ?? '') === line.basket && (act.ear ?? '') === line.ear);
  return exact ?? same[0] ?? null;
}

/** A line after its number or its day changed: amounts that were proposed follow, typed ones stay. */
export function repriced(
  line: TypedLine,
  on: { readonly before: string; readonly careDate: string; readonly quantity: string },
  language: Language,
): TypedLine {
  const act = actOfLine(line);
  const next = { ...line, quantity: on.quantity };
  if (act === null) return next;
  const was = proposed(act, { careDate: on.before, quantity: line.quantity }, language);
  const is = proposed(act, { careDate: on.careDate, quantity: on.quantity }, language);
  return {
    ...next,
    ...(line.price === was.price ? { price: is.price } : {}),
    ...(line.base === was.base ? { base: is.base } : {}),
  };
}

function proposed(
  act: CatalogueAct,
  { careDate, quantity }: { readonly careDate: string; readonly quantity: string },
  language: Language,
): Pick<TypedLine, 'price' | 'base'> {
  const many = /^[1-9]\d{0,2}$/.test(quantity) ? Number(quantity) : 1;
  const write = (cents: number | null) => (cents === null ? '' : typeAmount(cents * many, language));
  return { price: write(priceOn(act, careDate)), base: write(baseOn(act, careDate)) };
}

/** The code of an act as it is invoiced: without the space that people read it with. */
export function codeOf({ code }: Pick<CatalogueAct, 'code'>): string {
  return code.replaceAll(' ', '');
}

/** The kinds of care that a profession gives. */
export function kindsOf(profession: string): readonly CareKind[] {
  const own = findProfession(profession)?.domains ?? [];
  return careKinds.filter((kind) => domainsOfKind[kind].some((domain) => own.includes(domain)));
}
