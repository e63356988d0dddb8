import type { Act, Cents, Told } from './care.ts';
import type { Form, Per } from './contract.ts';
import { percentOf, tellEuros } from './euros.ts';
import type { Mandatory } from './mandatory.ts';
import { ruleOn } from './rules.ts';

/** A line once the mandatory scheme has paid. */
export type Line = { readonly act: Act; readonly mandatory: Mandatory };

/** What a form comes to, before what is left and before limits; and how it was counted. */
export type Worth = { readonly cents: Cents; readonly says: Told };

type Named<F extends Form['form']> = Extract<Form, { form: F }>;
type Forms = { readonly [F in Form['form']]: (form: Named<F>, line: Line) => Worth };

/** One row for each form that contracts are written in. */
const forms: Forms = {
  'percent-of-base': ({ percent, includesMandatory }, line) => {
    const { fr, en } = tellEuros(line.act.base);
    const says = { fr: `${percent} % BR de ${fr}`, en: `${percent} % BR of ${en}` };
    return onTop(percentOf(line.act.base, percent), says, includesMandatory, line);
  },
  'percent-of-copayment': ({ percent }, { mandatory: { copayment } }) => {
    const { fr, en } = tellEuros(copayment);
    const says = { fr: `${percent} % du TM ${fr}`, en: `${percent} % of TM ${en}` };
    return { cents: percentOf(copayment, percent), says };
  },
  'copayment-and-percent-of-base': ({ percent }, { act, mandatory: { copayment } }) => {
    const [left, base] = [tellEuros(copayment), tellEuros(act.base)];
    const says = {
      fr: `TM ${left.fr} + ${percent} % BR de ${base.fr}`,
      en: `TM ${left.en} + ${percent} % BR of ${base.en}`,
    };
    return { cents: copayment + percentOf(act.base, percent), says };
  },
  'percent-of-price': ({ percent, includesMandatory, atMostPercentOfBase: most }, line) => {
    const { price, base } = line.act;
    const { fr, en } = tellEuros(price);
    const says = { fr: `${percent} % FR de ${fr}`, en: `${percent} % FR of ${en}` };
    const asked = percentOf(price, percent);
    if (most === undefined) return onTop(asked, says, includesMandatory, line);
    const limited = { fr: `${says.fr}, au plus ${most} % BR`, en: `${says.en}, at most ${most} % BR` };
    return onTop(Math.min(asked, percentOf(base, most)), limited, includesMandatory, line);
  },
  amount: ({ cents, per }, line) => flat(cents, per, line),
  'percent-of-ceiling': ({ percent, per }, line) => {
    const ceiling = ruleOn('monthly-ceiling', line.act.day).value;
    const { cents, says } = flat(percentOf(ceiling, percent), per, line);
    const share = `${percent} % PMSS`;
    return { cents, says: { fr: `${share}, ${says.fr}`, en: `${share}, ${says.en}` } };
  },
  'real-cost': (_form, line) => ({ cents: left(line), says: { fr: 'frais réels', en: 'real cost' } }),
  'full-cover': (_form, line) => ({
    cents: line.act.basket === 'full' ? left(line) : 0,
    says: { fr: '100 % Santé', en: '100 % Santé' },
  }),
  nothing: () => ({ cents: 0, says: { fr: 'rien', en: 'nothing' } }),
};

/** What a form comes to for a line, in cents, never negative. Throws NoRule. */
export function worthOf(form: Form, line: Line): Worth {
  const count = forms[form.form] as (form: Form, line: Line) => Worth;
  const { cents, says } = count(form, line);
  return { cents: Math.max(0, cents), says };
}

/** What a form may pay in all in its own period; undefined when it has none. */
export function envelopeOf(form: Form, day: string): Cents | undefined {
  if (!('per' in form) || (form.per !== 'year' && form.per !== 'two-years')) return undefined;
  return form.form === 'amount' ? form.cents : percentOf(ruleOn('monthly-ceiling', day).value, form.percent);
}

/** A total that has the mandatory share in it leaves the rest; what the pathway lost is not made up for. */
function onTop(total: Cents, says: Told, includesMandatory: boolean, { mandatory }: Line): Worth {
  if (!includesMandatory) return { cents: total, says };
  const { gross, increase } = mandatory;
  const paid = tellEuros(gross);
  const lost = increase > 0 ? lostOutside(tellEuros(increase)) : { fr: '', en: '' };
  return {
    cents: total - gross - increase,
    says: {
      fr: `${says.fr} moins AMO ${paid.fr}${lost.fr}`,
      en: `${says.en} less AMO ${paid.en}${lost.en}`,
    },
  };
}

function lostOutside({ fr, en }: Told): Told {
  return { fr: ` et ${fr} perdus hors parcours`, en: ` and ${en} lost outside the pathway` };
}

/** So much for each unit of the line; of a period, whatever is left is asked of its envelope. */
function flat(cents: Cents, per: Per, line: Line): Worth {
  const { fr, en } = tellEuros(cents);
  const unit = units[per];
  const says = { fr: `${fr} ${unit.fr}`, en: `${en} ${unit.en}` };
  if (per === 'year' || per === 'two-years') return { cents: left(line), says };
  const { quantity } = line.act;
  return {
    cents: cents * quantity,
    says: { fr: `${quantity} × ${says.fr}`, en: `${quantity} × ${says.en}` },
  };
}

const units: Readonly<Record<Per, Told>> = {
  act: { fr: 'par acte', en: 'an act' },
  day: { fr: 'par jour', en: 'a day' },
  night: { fr: 'par nuit', en: 'a night' },
  ear: { fr: 'par oreille', en: 'an ear' },
  equipment: { fr: 'par équipement', en: 'for equipment' },
  year: { fr: 'par an', en: 'a year' },
  'two-years': { fr: 'pour deux ans', en: 'for two years' },
};

function left({ act, mandatory }: Line): Cents {
  return act.price - mandatory.gross - mandatory.increase;
}
