import type { Act, Cents, Situation, Step } from './care.ts';
import { kindRules, localDrugPoints } from './care-kinds.ts';
import { euros, percentOf } from './euros.ts';
import { ruleOn } from './rules.ts';

/** What the mandatory scheme makes of one line, before anybody else pays. */
export type Mandatory = {
  /** What it counts from: the base, or the price when that is lower. */
  readonly counted: Cents;
  readonly gross: Cents;
  /** What the law leaves to be paid of the counted amount: "ticket modérateur", or a fixed participation. */
  readonly copayment: Cents;
  /** Lost outside the coordinated pathway: nobody may pay it for the person. */
  readonly increase: Cents;
  readonly why: readonly Step[];
};

const full = 100;

/** The share of the mandatory scheme, gross: what is due to the professional. Throws NoRule. */
export function payMandatory(act: Act, situation: Situation): Mandatory {
  const counted = Math.min(act.base, act.price);
  const exemption = exemptionOf(act, situation);
  const isCostly = exemption === null && isCostlyAct(act);
  if (isCostly) return payCostly(act, counted);
  const general = exemption === null ? rateOf(act) : full;
  const points = act.outOfPathway === true && kindRules[act.kind].pathway ? pathwayPoints(act.day) : 0;
  const lost = Math.min(points, general);
  const first = percentOf(counted, general - lost);
  const says = exemption === null ? '' : `${exemption}: `;
  const why = [step('mandatory', `${says}AMO ${general - lost} % of ${euros(counted)}`, first)];
  const localRate = exemption === null && situation.scheme === 'alsace-moselle' ? localPoints(act) : 0;
  const second = Math.min(percentOf(counted, localRate), counted - first);
  if (second > 0) why.push(step('local', `local scheme ${localRate} % of ${euros(counted)}`, second));
  const gross = first + second;
  const increase = Math.min(percentOf(counted, lost), counted - gross);
  if (increase > 0)
    why.push(step('out-of-pathway', `${lost} % of ${euros(counted)}, not paid back`, increase));
  return { counted, gross, copayment: counted - gross - increase, increase, why };
}

function payCostly(act: Act, counted: Cents): Mandatory {
  const copayment = Math.min(ruleOn('costly-act', act.day).value, counted);
  const says = `fixed participation instead of a share of ${euros(counted)}`;
  const why = [
    step('mandatory', `AMO ${euros(counted)} less the participation`, counted - copayment),
    step('costly-act', says, copayment),
  ];
  return { counted, gross: counted - copayment, copayment, increase: 0, why };
}

/** Why the whole base is paid, or null when it is not. */
function exemptionOf(act: Act, situation: Situation): string | null {
  if (act.base === 0) return null;
  if (situation.workAccident) return 'work accident';
  if (situation.maternity) return 'maternity';
  if (situation.longIllness && act.forLongIllness === true) return 'long illness (ALD)';
  if (situation.aid === 'ame') return 'state medical aid (AME)';
  return null;
}

function isCostlyAct({ kind, base, day }: Act): boolean {
  return kind === 'technical-act' && base >= ruleOn('costly-act-from', day).value;
}

function rateOf({ kind, day, drugRate }: Act): number {
  const { rate } = kindRules[kind];
  return rate === 'drug' ? (drugRate ?? 0) : ruleOn(rate, day).value;
}

function localPoints({ kind, day, drugRate }: Act): number {
  const { local } = kindRules[kind];
  if (local !== 'drug') return ruleOn(local, day).value;
  return drugRate === undefined ? 0 : localDrugPoints[drugRate];
}

function pathwayPoints(day: string): number {
  return ruleOn('out-of-pathway', day).value;
}

function step(rule: string, says: string, cents: Cents): Step {
  return { rule, says: `${says} = ${euros(cents)}`, cents };
}
