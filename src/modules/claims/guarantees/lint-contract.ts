import type { Act, CareKind, LensClass, Practice, Shares } from './care.ts';
import type { Guarantee } from './contract.ts';
import type { ContractVersion } from './contract-document.ts';
import { euros, percentOf } from './euros.ts';
import { payFor } from './pay-for.ts';
import { ruleOn } from './rules.ts';

/** Something a contract does that it should not, or does not and should; and how to correct it. */
export type Finding = { readonly name: string; readonly says: string; readonly correct: string };

/**
 * What is wrong with a contract, tried on invented care of its first day: what the responsible contract must
 * and must not pay (R. 871-2 CSS), and guarantees that can never be reached. Throws NoRule.
 */
export function lintContract(version: ContractVersion): Finding[] {
  const { contract } = version;
  const structure = [...repeatedNames(contract.guarantees), ...neverReached(contract.guarantees)];
  if (!contract.responsible) return structure;
  return [
    ...structure,
    ...missingCopayment(version),
    ...missingFullCover(version),
    ...tooHigh(version),
    ...glassesOutOfBounds(version),
    ...overruns(version),
    ...missingRenewal(contract.guarantees),
  ];
}

function repeatedNames(guarantees: readonly Guarantee[]): Finding[] {
  const names = guarantees.map(({ name }) => name);
  return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map((name) => ({
    name: 'repeated-name',
    says: `two guarantees are named “${name}”, and would share a counter`,
    correct: 'give each a name of its own',
  }));
}

/** The first that fits pays: what stands behind one that takes all of the same is never asked. */
function neverReached(guarantees: readonly Guarantee[]): Finding[] {
  return guarantees.flatMap((late, place) => {
    const early = guarantees.slice(0, place).find((one) => takesAllOf(one, late));
    if (early === undefined) return [];
    const says = `“${late.name}” is never reached: “${early.name}” before it takes all of its care`;
    return [{ name: 'never-reached', says, correct: 'put the narrower guarantee first' }];
  });
}

function takesAllOf(early: Guarantee, late: Guarantee): boolean {
  const codes = early.codes;
  return (
    late.kinds.every((kind) => early.kinds.includes(kind)) &&
    (codes === undefined || late.codes?.every((code) => codes.includes(code)) === true) &&
    (early.basket === undefined || early.basket === late.basket) &&
    (early.lensClass === undefined || early.lensClass === late.lensClass) &&
    (early.optam === undefined || early.optam === late.optam)
  );
}

const sectorOne: Practice = { sector: 1, optam: false };
const withOptam: Practice = { sector: 2, optam: true };
const freeFees: Practice = { sector: 2, optam: false };
const birthDay = '1980-01-01';

/** Who pays an invented act under this contract alone. */
function tryOn({ from, contract }: ContractVersion, acts: readonly Partial<Act>[], practice = sectorOne) {
  const usual = { code: 'LINT', kind: 'consultation', day: from, quantity: 1, price: 0, base: 0 } as const;
  return payFor({
    acts: acts.map((act) => ({ ...usual, ...act })),
    practice,
    situation: { birthDay, scheme: 'general', longIllness: false, maternity: false, workAccident: false },
    contracts: [{ ...contract, since: '1990-01-01' }],
    used: new Map(),
    keptBefore: { participation: new Map(), franchise: new Map() },
  }).shares;
}

const paidBy = ({ complementary }: Shares) => complementary[0]?.cents ?? 0;
const paidInAll = (shares: readonly Shares[]) =>
  shares.reduce((sum, share) => sum + paidBy(share) + share.mandatoryGross, 0);

const reimbursed: readonly CareKind[] = [
  ...(['consultation', 'technical-act', 'imaging', 'laboratory', 'paramedical', 'dental-care'] as const),
  ...(['dental-prosthesis', 'hospital-stay', 'optical-lens', 'hearing-aid', 'device', 'transport'] as const),
];

function missingCopayment(version: ContractVersion): Finding[] {
  const sum = 10_000;
  const classes = new Set(version.contract.guarantees.flatMap(({ lensClass }) => lensClass ?? []));
  const acts: (Pick<Act, 'kind' | 'price'> & Partial<Act>)[] = [
    ...reimbursed.map((kind) => ({ kind, price: sum, base: sum })),
    ...[...classes].map((lensClass) => ({ kind: 'optical-lens', lensClass, price: sum, base: sum }) as const),
    { kind: 'drug', price: sum, base: sum, drugRate: 65 } as const,
    { kind: 'daily-hospital-charge', price: ruleOn('hospital-day', version.from).value } as const,
    { kind: 'emergency-visit', price: ruleOn('emergency', version.from).value } as const,
  ];
  return acts.flatMap((act) =>
    [sectorOne, freeFees].flatMap((practice) => {
      const [share] = tryOn(version, [act], practice);
      if (share === undefined || share.person === 0) return [];
      const where = practice === freeFees ? ', outside OPTAM' : '';
      const what = act.lensClass === undefined ? act.kind : `${act.kind} (${act.lensClass})`;
      const says = `of ${what}${where}, ${euros(share.person)} of ${euros(act.price)} are left unpaid`;
      return [{ name: 'copayment-not-covered', says, correct: 'pay at least 100 % TM of it' }];
    }),
  );
}

function missingFullCover(version: ContractVersion): Finding[] {
  const { from } = version;
  const full = (kind: CareKind, price: number, base: number) => ({
    kind,
    price,
    base,
    basket: 'full' as const,
  });
  const acts = [
    full('optical-frame', ruleOn('full-frame', from).value, percentOf(ruleOn('full-frame', from).value, 30)),
    full('optical-lens', ruleOn('full-lens', from).value, percentOf(ruleOn('full-lens', from).value, 30)),
    full('hearing-aid', ruleOn('full-hearing', from).value, 40_000),
    full('dental-prosthesis', 50_000, 12_000),
  ];
  return acts.flatMap((act) => {
    const [share] = tryOn(version, [act]);
    if (share === undefined || share.person === 0) return [];
    const says = `of 100 % Santé ${act.kind}, ${euros(share.person)} of ${euros(act.price)} are left`;
    return [{ name: 'full-cover-missing', says, correct: 'pay “100 % Santé” for the basket “full”' }];
  });
}

/** Equipment outside 100 % Santé that is dearer than any contract pays; glasses have nearly no base. */
const dear = { basket: 'free', price: 100_000, base: 5 } as const;
const dearFrame = { ...dear, kind: 'optical-frame' } as const;
const dearHearingAid = { ...dear, kind: 'hearing-aid', price: 400_000, base: 40_000 } as const;

function tooHigh(version: ContractVersion): Finding[] {
  const probes = [
    { what: 'a frame', rule: 'most-frame', act: dearFrame },
    { what: 'a hearing aid', rule: 'most-hearing', act: dearHearingAid },
  ] as const;
  return probes.flatMap(({ what, rule, act }) =>
    brokenCeiling(what, paidInAll(tryOn(version, [act])), ruleOn(rule, version.from).value),
  );
}

function brokenCeiling(what: string, paid: number, most: number): Finding[] {
  if (paid <= most) return [];
  const says = `for ${what} it pays up to ${euros(paid)} with the mandatory share; at most ${euros(most)}`;
  return [{ name: 'ceiling-broken', says, correct: 'lower it, or give the guarantee a limit in euros' }];
}

/** Glasses as the law tells them apart. */
const glasses = [
  { name: 'simple', lenses: ['simple', 'simple'] },
  { name: 'simple-complex', lenses: ['simple', 'complex'] },
  { name: 'complex', lenses: ['complex', 'complex'] },
  { name: 'simple-very-complex', lenses: ['simple', 'very-complex'] },
  { name: 'complex-very-complex', lenses: ['complex', 'very-complex'] },
  { name: 'very-complex', lenses: ['very-complex', 'very-complex'] },
] as const;

/** Whoever pays more than the copayment of some glasses pays the least of all; nobody more than the most. */
function glassesOutOfBounds(version: ContractVersion): Finding[] {
  const { from } = version;
  const tried = glasses.map(({ name, lenses }) => {
    const what = `a frame with ${[...new Set(lenses)].join(' and ')} lenses`;
    return { name, what, paid: paidOfGlasses(version, lenses) };
  });
  // Beyond the bases of the three is beyond their copayment.
  const paysOverruns = tried.some(({ paid }) => paid > 3 * dear.base);
  const found = tried.flatMap(({ name, paid, what }) => {
    const least = ruleOn(`least-glasses-${name}`, from).value;
    if (!paysOverruns || paid >= least) {
      return brokenCeiling(what, paid, ruleOn(`most-glasses-${name}`, from).value);
    }
    const says = `for ${what} it pays ${euros(paid)} with the mandatory share; at least ${euros(least)}`;
    const correct = 'pay more of them, or only the copayment of all glasses';
    return [{ name: 'floor-missing', says, correct }];
  });
  if (!version.contract.guarantees.some(({ lensClass }) => lensClass !== undefined)) return found;
  // Lenses whose class nobody tells may be of any: they are held to the highest ceiling alone.
  const untold = paidOfGlasses(version, [undefined, undefined]);
  const highest = ruleOn('most-glasses-very-complex', from).value;
  return [...found, ...brokenCeiling('a frame with lenses of no class', untold, highest)];
}

/** What glasses are paid at most, the mandatory share in it. */
function paidOfGlasses(version: ContractVersion, lenses: readonly (LensClass | undefined)[]): number {
  const lens = { ...dear, kind: 'optical-lens' } as const;
  const acts = lenses.map((lensClass) => (lensClass === undefined ? lens : { ...lens, lensClass }));
  const [frame, ...rest] = tryOn(version, [dearFrame, ...acts]).map((share) => paidInAll([share]));
  // What a frame is paid beyond its own ceiling is told of the frame, and not of all glasses again.
  const ofFrame = Math.min(frame ?? 0, ruleOn('most-frame', version.from).value);
  return rest.reduce((sum, paid) => sum + paid, ofFrame);
}

/** Overruns of doctors who do not limit their fees: never more than the base, and 20 points less. */
function overruns(version: ContractVersion): Finding[] {
  const base = 10_000;
  const act = { price: 100_000, base };
  const paid = (practice: Practice) => paidInAll(tryOn(version, [act], practice)) - base;
  const [limited, free] = [paid(withOptam), paid(freeFees)];
  const points = ruleOn('overrun-points', version.from).value;
  const most = Math.min(
    percentOf(base, ruleOn('most-overrun', version.from).value),
    Math.max(0, limited - percentOf(base, points)),
  );
  if (free <= most) return [];
  const says = `outside OPTAM it pays overruns of ${free / 100} % BR; at most ${most / 100} %`;
  return [
    {
      name: 'overrun-too-high',
      says,
      correct: `pay ${points} points less than with OPTAM, 100 % BR at most`,
    },
  ];
}

const renewals = [
  { kind: 'optical-frame', period: 'two-years', years: 'two years' },
  { kind: 'optical-lens', period: 'two-years', years: 'two years' },
  { kind: 'hearing-aid', period: 'four-years', years: 'four years' },
] as const;

function missingRenewal(guarantees: readonly Guarantee[]): Finding[] {
  return guarantees.flatMap(({ name, kinds, pays, limit }) =>
    renewals.flatMap(({ kind, period, years }) => {
      const isLimited = limit?.period === period && limit.acts !== undefined;
      if (!kinds.includes(kind) || pays.form === 'nothing' || isLimited) return [];
      const says = `“${name}” pays ${kind} again within ${years}`;
      return [{ name: 'renewal-missing', says, correct: `limit its acts for the period ${period}` }];
    }),
  );
}
