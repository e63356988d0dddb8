import { expect, test } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { guardEn } from './guard-en.ts';
import { guardFr } from './guard-fr.ts';
import { numbersIn } from './numbers.ts';

test('thousands are grouped as each language groups them, in sentences too', () => {
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
  expect(plain(numbersIn('fr')(1234567))).toBe('1 234 567');
  expect(numbersIn('en')(1234.56, 1)).toBe('1,234.6');
  expect(plain(fr.account.allowanceOf(1234, 20_000))).toBe('1 234 personnes non justifiées sur 20 000');
  expect(en.account.allowanceOf(1234, 20_000)).toBe('1,234 people not explained of 20,000');
  expect(plain(fr.meter.left(1234, 2000))).toBe('1 234 personnes nouvelles sur 2 000');
  expect(en.meter.today(1200, 3000)).toBe('1,200 different people today, 3,000 at most');
  expect(plain(guardFr.case.allLookups(1500))).toContain('(1 500)');
  expect(guardEn.case.allLookups(1500)).toContain('(1,500)');
});
