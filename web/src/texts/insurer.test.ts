import { expect, test } from 'vitest';
import { claimSignalWords } from '../../../src/modules/claims/adjudicating/signals.ts';
import { tryPlan } from '../../../src/modules/claims/plans/try-plan.ts';
import { sayIn } from './insurer.ts';
import { insurerFr } from './insurer-fr.ts';

const head = (from = '2026-01-01') => `contract: Essai\nfrom: ${from}\nresponsible: yes\nguarantees:\n`;
const guarantee = (fields: string) => `  - { ${fields} }\n`;
const today = '2026-11-24';

/** Documents with something wrong of every sort. */
const bad = [
  head() + guarantee('name: A, kinds: [consultation, optical-frame, optical-lens], pays: 400 % BR'),
  head() +
    guarantee('name: A, kinds: [consultation], pays: 100 % BR') +
    guarantee('name: A, kinds: [consultation], pays: rien'),
  head() + guarantee('name: L, kinds: [optical-lens, optical-frame, hearing-aid], pays: frais réels'),
  head() + guarantee('name: L, kinds: [optical-lens, optical-frame], pays: 60 € / acte'),
  head('2026-02-30') + guarantee('name: A, kinds: [consultation], pays: 100 % BR'),
  head('2001-01-01') + guarantee('name: A, kinds: [consultation], pays: 100 % BR'),
  head() + guarantee('name: A, kinds: [magic], pays: much, surprise: yes'),
  head() + guarantee('name: A, kinds: [], pays: 100 % BR, limit: { period: year }'),
  head() + guarantee('name: A, kinds: [drug], pays: 100 % BR, limit: { period: year }'),
  head() + guarantee('name: A, kinds: [drug], pays: 1 BR, waiting: { months: x, meanwhile: much }'),
  head() + guarantee('name: A, kinds: [drug], pays: 100 % BR, limit: { acts: 1.5, euros: 3, period: week }'),
  head() + guarantee(`name: ${'a'.repeat(101)}, kinds: drug, pays: { a: b }`),
  `${head()}  - &a { name: A, kinds: [drug], pays: rien }\n  - *a\n`,
  'guarantees: []',
  '- 1',
];

test('what the linter and the reader say is said in French, each sentence of it', () => {
  const said = bad.flatMap((document) => {
    const { problems, findings } = tryPlan({ document, today });
    expect(problems.length + findings.length).toBeGreaterThan(0);
    return [...problems.map(({ says }) => says), ...findings.flatMap(({ says, correct }) => [says, correct])];
  });
  expect(said.length).toBeGreaterThan(40);
  expect(said.filter((says) => sayIn('fr', says) === null)).toEqual([]);
  for (const says of said) expect(sayIn('fr', says)).not.toMatch(/\b(the|with|left|must|pays)\b/);
  for (const says of said) expect(sayIn('en', says)).toBe(says);
});

test('every finding and every reason to look has its words', () => {
  const names = bad.flatMap((document) => tryPlan({ document, today }).findings.map(({ name }) => name));
  expect([...new Set(names)].filter((name) => insurerFr.findings[name] === undefined)).toEqual([]);
  expect(Object.keys(insurerFr.flagged.signals)).toEqual(claimSignalWords);
});

test('an error of YAML itself stays as its reader says it', () => {
  const [problem] = tryPlan({ document: 'contract: a: b', today }).problems;
  expect([problem?.line, sayIn('fr', problem?.says ?? '')]).toEqual([1, null]);
});
