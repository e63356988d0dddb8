import type { Act, CareKind, Practice, Shares } from './care.ts';
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

const reimbursed: readonly CareKind[] = [
  ...(['consultation', 'technical-act', 'imaging', 'laboratory', 'paramedical', 'dental-care'] as const),
  ...(['dental-prosthesis', 'hospital-stay', 'optical-lens', 'hearing-aid', 'device', 'transport'] as const),
];

function missingCopayment(version: ContractVersion): Finding[] {
  const sum = 10_000;
  const acts = [
    ...reimbursed.map((kind) => ({ kind, price: sum, base: sum })),
    { kind: 'drug', price: sum, base: sum, drugRate: 65 } as const,
    { kind: 'daily-hospital-charge', price: ruleOn('hospital-day', version.from).value } as const,
    { kind: 'emergency-visit', price: ruleOn('emergency', version.from).value } as const,
  ];
  return acts.flatMap((act) =>
    [sectorOne, freeFees].flatMap((practice) => {
      const [share] = tryOn(version, [act], practice);
      if (share === undefined || share.person === 0) return [];
      const where = practice === freeFees ? ', outside OPTAM' : '';
      const says = `of ${act.kind}${where}, ${euros(share.person)} of ${euros(act.price)} are left unpaid`;
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

function tooHigh(version: ContractVersion): Finding[] {
  const dear = (kind: CareKind, price: number, base: number) => ({
    kind,
    price,
    base,
    basket: 'free' as const,
  });
  const frame = dear('optical-frame', 100_000, 5);
  const lens = dear('optical-lens', 100_000, 5);
  const probes = [
    { what: 'a frame', rule: 'most-frame', acts: [frame] },
    { what: 'a frame and two lenses', rule: 'most-glasses', acts: [frame, lens, lens] },
    { what: 'a hearing aid', rule: 'most-hearing', acts: [dear('hearing-aid', 400_000, 40_000)] },
  ] as const;
  return probes.flatMap(({ what, rule, acts }) => {
    const shares = tryOn(version, acts);
    const paid = shares.reduce((sum, share) => sum + paidBy(share) + share.mandatoryGross, 0);
    const most = ruleOn(rule, version.from).value;
    if (paid <= most) return [];
    const says = `for ${what} it pays up to ${euros(paid)} with the mandatory share; at most ${euros(most)}`;
    return [{ name: 'ceiling-broken', says, correct: 'lower it, or give the guarantee a limit in euros' }];
  });
}

/** Overruns of doctors who do not limit their fees: never more than the base, and 20 points less. */
function overruns(version: ContractVersion): Finding[] {
  const base = 10_000;
  const act = { price: 100_000, base };
  const paid = (practice: Practice) =>
    tryOn(version, [act], practice).reduce((sum, share) => sum + paidBy(share) + share.mandatoryGross, 0) -
    base;
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
