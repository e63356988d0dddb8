import { describe, expect, test } from 'vitest';
import type { LensClass } from './care.ts';
import { readContract } from './contract-document.ts';
import { lintContract } from './lint-contract.ts';
import { ruleOn } from './rules.ts';

type Cents = Readonly<Record<LensClass | 'frame', number>>;

/** What the linter says of glasses in a responsible contract that pays so many cents for each part. */
function glassesFound(cents: Cents): string[] {
  const pays = (part: keyof Cents) => `${(cents[part] / 100).toFixed(2)} € / acte`;
  const lens = (lensClass: LensClass) =>
    `  - { name: ${lensClass}, kinds: [optical-lens], lensClass: ${lensClass}, pays: ${pays(lensClass)} }`;
  const document = [
    'contract: lunettes\nfrom: 2026-01-01\nresponsible: yes\nguarantees:',
    `  - { name: frame, kinds: [optical-frame], pays: ${pays('frame')} }`,
    ...(['simple', 'complex', 'very-complex'] as const).map(lens),
  ].join('\n');
  const found = lintContract(readContract(document));
  return found
    .filter(({ name, says }) => /^(ceiling|floor)/.test(name) && says.includes('lenses'))
    .map(({ name, says }) => `${name}: ${says}`);
}

/** Least and most of a frame with two lenses, in euros: R. 871-2 CSS, as the facts have it. */
const law: readonly [LensClass, LensClass, number, number][] = [
  ['simple', 'simple', 50, 420],
  ['simple', 'complex', 125, 560],
  ['complex', 'complex', 200, 700],
  ['simple', 'very-complex', 125, 610],
  ['complex', 'very-complex', 200, 750],
  ['very-complex', 'very-complex', 200, 800],
];

describe.each(law)('glasses with a %s and a %s lens', (one, other, least, most) => {
  /** Paid so many cents in all, 9 of them by the mandatory scheme: 3 of the frame and of each lens. */
  const found = (total: number) => {
    const lens = Math.floor((total - 9) / 2);
    const cents = { simple: lens, complex: lens, 'very-complex': lens, frame: total - 9 - 2 * lens };
    const what = one === other ? one : `${one} and ${other}`;
    return glassesFound(cents).filter((says) => says.includes(`for a frame with ${what} lenses`));
  };

  test(`are paid ${least}.00 to ${most}.00 €, to the cent`, () => {
    expect(found(least * 100)).toEqual([]);
    expect(found(most * 100)).toEqual([]);
    expect(found(least * 100 - 1)).toEqual([expect.stringMatching(/^floor-missing.* at least \d+\.00 €$/)]);
    expect(found(most * 100 + 1)).toEqual([expect.stringMatching(/^ceiling-broken.* at most \d+\.00 €$/)]);
  });
});

test('a contract that pays only the copayment of glasses needs no floor; one cent more, and it does', () => {
  const copayment = { frame: 2, simple: 2, complex: 2, 'very-complex': 2 };
  expect(glassesFound(copayment)).toEqual([]);
  expect(glassesFound({ ...copayment, frame: 3 })).toHaveLength(6);
});

test('a frame above its own ceiling is told once, not of all glasses again', () => {
  const lenses = { simple: 16_000, complex: 30_000, 'very-complex': 35_000 };
  expect(glassesFound({ ...lenses, frame: 30_000 })).toHaveLength(6);
  const lower = { simple: 15_997, complex: 29_997, 'very-complex': 34_997 };
  expect(glassesFound({ ...lower, frame: 30_000 })).toEqual([]);
});

test('lenses of no class are held to the highest ceiling', () => {
  const found = (cents: number) => {
    const document = [
      'contract: lunettes\nfrom: 2026-01-01\nresponsible: yes\nguarantees:',
      '  - { name: frame, kinds: [optical-frame], pays: 99.97 € / acte }',
      '  - { name: complex, kinds: [optical-lens], lensClass: complex, pays: 200 € / acte }',
      '  - { name: simple, kinds: [optical-lens], lensClass: simple, pays: 120 € / acte }',
      '  - { name: very, kinds: [optical-lens], lensClass: very-complex, pays: 300 € / acte }',
      `  - { name: others, kinds: [optical-lens], pays: ${(cents / 100).toFixed(2)} € / acte }`,
    ].join('\n');
    return lintContract(readContract(document)).filter(({ name }) => name === 'ceiling-broken');
  };
  expect(found(34_997)).toEqual([]);
  expect(found(34_998).map(({ says }) => says)).toEqual([
    'for a frame with lenses of no class it pays up to 800.02 € with the mandatory share; at most 800.00 €',
  ]);
});

test('lenses of a class that the contract pays too little of are found', () => {
  const document = [
    'contract: lunettes\nfrom: 2026-01-01\nresponsible: yes\nguarantees:',
    '  - { name: complex, kinds: [optical-lens], lensClass: complex, pays: 50 % TM }',
    '  - { name: others, kinds: [optical-lens], pays: 100 % TM }',
  ].join('\n');
  const says = lintContract(readContract(document)).map((finding) => finding.says);
  expect(says.filter((text) => text.startsWith('of optical-lens'))).toEqual([
    'of optical-lens (complex), 20.00 € of 100.00 € are left unpaid',
    'of optical-lens (complex), outside OPTAM, 20.00 € of 100.00 € are left unpaid',
  ]);
});

test('a guarantee for one class of lenses does not hide the others', () => {
  const document = (early: string, late: string) =>
    [
      'contract: lunettes\nfrom: 2026-01-01\nresponsible: no\nguarantees:',
      `  - { name: early, kinds: [optical-lens], ${early}pays: frais réels }`,
      `  - { name: late, kinds: [optical-lens], ${late}pays: frais réels }`,
    ].join('\n');
  const found = (early: string, late: string) =>
    lintContract(readContract(document(early, late))).map(({ name }) => name);
  expect(found('lensClass: complex, ', '')).toEqual([]);
  expect(found('lensClass: complex, ', 'lensClass: simple, ')).toEqual([]);
  expect(found('', 'lensClass: simple, ')).toEqual(['never-reached']);
});

test('before 2020 each was 50.00 € more', () => {
  expect(ruleOn('most-glasses-simple', '2019-12-31').value).toBe(47_000);
  expect(ruleOn('most-glasses-very-complex', '2019-12-31').value).toBe(85_000);
});
