import type { Language } from '../texts/language.tsx';

/** Why a text is no amount of money. */
export type AmountProblem = 'empty' | 'shape' | 'decimals' | 'negative' | 'huge' | 'zero';

/** The API takes no line above a million euros. */
const centsMost = 100_000_000;

/** Reads euros as they are typed, with a comma or a dot, into cents: never rounded, never guessed. */
export function readAmount(text: string, least: 0 | 1 = 0): number | AmountProblem {
  const plain = text.replaceAll(/[\s\u00a0\u202f€]/g, '').replace(',', '.');
  if (plain === '') return 'empty';
  if (/^[-−]/.test(plain)) return 'negative';
  const [, euros, decimals = ''] = /^(\d+)(?:\.(\d*))?$/.exec(plain) ?? [];
  if (euros === undefined) return 'shape';
  if (decimals.length > 2) return 'decimals';
  const cents = Number(euros) * 100 + Number(decimals.padEnd(2, '0'));
  if (cents > centsMost) return 'huge';
  return cents < least ? 'zero' : cents;
}

/** Cents as somebody would type them. */
export function typeAmount(cents: number, language: Language): string {
  const plain = (cents / 100).toFixed(2);
  return language === 'fr' ? plain.replace('.', ',') : plain;
}
