import type { Act, Cents } from './care.ts';
import type { Form, Per } from './contract.ts';
import { euros, percentOf } from './euros.ts';
import type { Mandatory } from './mandatory.ts';
import { ruleOn } from './rules.ts';

/** A line once the mandatory scheme has paid. */
export type Line = { readonly act: Act; readonly mandatory: Mandatory };

/** What a form comes to, before what is left and before limits; and how it was counted. */
export type Worth = { readonly cents: Cents; readonly says: string };

type Named<F extends Form['form']> = Extract<Form, { form: F }>;
type Forms = { readonly [F in Form['form']]: (form: Named<F>, line: Line) => Worth };

/** One row for each form that contracts are written in. */
const forms: Forms = {
  'percent-of-base': ({ percent, includesMandatory }, line) => {
    const { base } = line.act;
    return onTop(percentOf(base, percent), `${percent} % BR of ${euros(base)}`, includesMandatory, line);
  },
  'percent-of-copayment': ({ percent }, { mandatory: { copayment } }) => ({
    cents: percentOf(copayment, percent),
    says: `${percent} % of TM ${euros(copayment)}`,
  }),
  'copayment-and-percent-of-base': ({ percent }, { act, mandatory: { copayment } }) => ({
    cents: copayment + percentOf(act.base, percent),
    says: `TM ${euros(copayment)} + ${percent} % BR of ${euros(act.base)}`,
  }),
  'percent-of-price': ({ percent, includesMandatory, atMostPercentOfBase }, line) => {
    const { price, base } = line.act;
    const says = `${percent} % FR of ${euros(price)}`;
    if (atMostPercentOfBase === undefined)
      return onTop(percentOf(price, percent), says, includesMandatory, line);
    const cents = Math.min(percentOf(price, percent), percentOf(base, atMostPercentOfBase));
    return onTop(cents, `${says}, at most ${atMostPercentOfBase} % BR`, includesMandatory, line);
  },
  amount: ({ cents, per }, line) => flat(cents, per, line),
  'percent-of-ceiling': ({ percent, per }, line) => {
    const cents = percentOf(ruleOn('monthly-ceiling', line.act.day).value, percent);
    const worth = flat(cents, per, line);
    return { ...worth, says: `${percent} % PMSS, ${worth.says}` };
  },
  'real-cost': (_form, line) => ({ cents: left(line), says: 'real cost' }),
  'full-cover': (_form, line) => ({
    cents: line.act.basket === 'full' ? left(line) : 0,
    says: '100 % Santé',
  }),
  nothing: () => ({ cents: 0, says: 'nothing' }),
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
function onTop(total: Cents, says: string, includesMandatory: boolean, { mandatory }: Line): Worth {
  if (!includesMandatory) return { cents: total, says };
  const { gross, increase } = mandatory;
  const lost = increase > 0 ? ` and ${euros(increase)} lost outside the pathway` : '';
  return { cents: total - gross - increase, says: `${says} less AMO ${euros(gross)}${lost}` };
}

/** So much for each unit of the line; of a period, whatever is left is asked of its envelope. */
function flat(cents: Cents, per: Per, line: Line): Worth {
  if (per === 'year' || per === 'two-years') return { cents: left(line), says: `${euros(cents)} a ${per}` };
  const { quantity } = line.act;
  return { cents: cents * quantity, says: `${quantity} × ${euros(cents)} a ${per}` };
}

function left({ act, mandatory }: Line): Cents {
  return act.price - mandatory.gross - mandatory.increase;
}
