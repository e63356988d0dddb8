import type { Cents } from './care.ts';

/** A whole percentage of an amount, to the cent, half up; exact in integers. */
export function percentOf(cents: Cents, percent: number): Cents {
  return Math.floor((cents * percent + 50) / 100);
}

/** An amount as people read it: `30.00 €`. */
export function euros(cents: Cents): string {
  const whole = Math.trunc(Math.abs(cents) / 100);
  const rest = String(Math.abs(cents) % 100).padStart(2, '0');
  return `${cents < 0 ? '-' : ''}${whole}.${rest} €`;
}
