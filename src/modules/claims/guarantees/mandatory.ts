import type { Act, Cents, Situation, Step, Told } from './care.ts';
import { kindRules, localDrugPoints } from './care-kinds.ts';
import { percentOf, tellEuros } from './euros.ts';
import { ruleOn } from './rules.ts';
import { step } from './step.ts';

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
  const base = tellEuros(counted);
  const why = [step('mandatory', scaleOf(general - lost, base, exemption), first)];
  const localRate = exemption === null && situation.scheme === 'alsace-moselle' ? localPoints(act) : 0;
  const second = Math.min(percentOf(counted, localRate), counted - first);
  if (second > 0) {
    const fr = `régime local ${localRate} % de ${base.fr}`;
    why.push(step('local', { fr, en: `local scheme ${localRate} % of ${base.en}` }, second));
  }
  const gross = first + second;
  const increase = Math.min(percentOf(counted, lost), counted - gross);
  if (increase > 0) {
    const fr = `hors parcours : ${lost} % de ${base.fr} non remboursés`;
    why.push(step('out-of-pathway', { fr, en: `${lost} % of ${base.en}, not paid back` }, increase));
  }
  return { counted, gross, copayment: counted - gross - increase, increase, why };
}

function scaleOf(percent: number, base: Told, exemption: Told | null): Told {
  const fr = `AMO ${percent} % de ${base.fr}`;
  const en = `AMO ${percent} % of ${base.en}`;
  return exemption === null ? { fr, en } : { fr: `${exemption.fr} : ${fr}`, en: `${exemption.en}: ${en}` };
}

function payCostly(act: Act, counted: Cents): Mandatory {
  const copayment = Math.min(ruleOn('costly-act', act.day).value, counted);
  const base = tellEuros(counted);
  const paid: Told = {
    fr: `AMO ${base.fr} moins le forfait acte lourd`,
    en: `AMO ${base.en} less the participation`,
  };
  const left: Told = {
    fr: `forfait acte lourd à la place du TM sur ${base.fr}`,
    en: `fixed participation instead of a share of ${base.en}`,
  };
  const why = [step('mandatory', paid, counted - copayment), step('costly-act', left, copayment)];
  return { counted, gross: counted - copayment, copayment, increase: 0, why };
}

/** Why the whole base is paid, or null when it is not. */
function exemptionOf(act: Act, situation: Situation): Told | null {
  if (act.base === 0) return null;
  if (situation.workAccident) return exemptions.workAccident;
  if (situation.maternity) return exemptions.maternity;
  if (situation.longIllness && act.forLongIllness === true) return exemptions.longIllness;
  return situation.aid === 'ame' ? exemptions.stateAid : null;
}

const exemptions = {
  workAccident: { fr: 'accident du travail', en: 'work accident' },
  maternity: { fr: 'maternité', en: 'maternity' },
  longIllness: { fr: 'affection de longue durée (ALD)', en: 'long illness (ALD)' },
  stateAid: { fr: 'aide médicale de l’État (AME)', en: 'state medical aid (AME)' },
};

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
