import type { Cents, Language, Told } from './care.ts';

/** A whole percentage of an amount, to the cent, half up; exact in integers. */
export function percentOf(cents: Cents, percent: number): Cents {
  return Math.floor((cents * percent + 50) / 100);
}

/** What French puts where a line must not break: between thousands, and before the sign. */
const narrowSpace = '\u202f';
const noBreakSpace = '\u00a0';
const thousands = /\B(?=(?:\d{3})+$)/g;

/** An amount as people read it: `1234.50 €`, and in French `1 234,50 €`. */
export function euros(cents: Cents, language: Language = 'en'): string {
  const positive = Math.abs(cents);
  const sign = cents < 0 ? '-' : '';
  const whole = String(Math.trunc(positive / 100));
  const rest = String(positive % 100).padStart(2, '0');
  if (language === 'en') return `${sign}${whole}.${rest} €`;
  const grouped = whole.length > 3 ? whole.replace(thousands, narrowSpace) : whole;
  return `${sign}${grouped},${rest}${noBreakSpace}€`;
}

/** The same in both languages. */
export function tellEuros(cents: Cents): Told {
  return { fr: euros(cents, 'fr'), en: euros(cents, 'en') };
}
