import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCare } from './care-document.ts';
import { readContract } from './contract-document.ts';
import { lintContract } from './lint-contract.ts';
import { payFor } from './pay-for.ts';
import { DocumentProblem, type Problem } from './read-document.ts';

const folder = new URL('../../../../docs/operating/guarantees/', import.meta.url);
const example = readFileSync(new URL('aubepine.yaml', folder), 'utf8');

function problemsOf(text: string, read: (text: string) => unknown = readContract): readonly Problem[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof DocumentProblem) return error.problems;
    throw error;
  }
  return [];
}

test('the contract that is shown is read, and nothing is found in it', () => {
  const version = readContract(example);
  expect(version.contract.guarantees.map(({ pays }) => pays.form)).toContain('percent-of-base');
  expect(lintContract(version)).toEqual([]);
});

test('a document is the same in JSON', () => {
  const written = { contract: 'A', from: '2026-01-01', responsible: 'no', guarantees: [] as unknown[] };
  written.guarantees.push({ name: 'all', kinds: ['drug'], pays: '100 % TM' });
  expect(readContract(JSON.stringify(written)).contract.guarantees).toHaveLength(1);
});

describe('what is wrong is said with its place', () => {
  const with_ = (from: string, to: string) => problemsOf(example.replace(from, to));
  test.each<[string, string, string, RegExp]>([
    ['pays: 150 % BR', 'pays: 150 % XX', 'guarantees.0.pays', /“150 % XX” is not one of: 150 % BR/],
    ['from: 2026-01-01', 'from: 2026-02-32', 'from', /must be a day/],
    ['responsible: yes', 'responsible: true', 'responsible', /yes, no/],
    ['lensClass: complex', 'lensClass: progressive', 'guarantees.10.lensClass', /very-complex/],
    ['[private-room]', '[private-rooms]', 'guarantees.4.kinds.0', /private-room/],
    ['"1500.00"', '"1500.005"', 'guarantees.4.limit.euros', /two decimals/],
    ['"1500.00"', '"-1"', 'guarantees.4.limit.euros', /two decimals/],
    ['euros: "1500.00", ', '', 'guarantees.4.limit', /acts, euros or both/],
    ['months: 3', 'months: 3.5', 'guarantees.6.waiting.months', /whole number/],
    ['responsible: yes', 'responsible: yes\nresponsible: no', 'the document', /unique/],
    ['responsible: yes', 'responsible: yes\nbonus: 1', 'bonus', /unexpected/],
  ])('%s made %s', (from, to, where, says) => {
    expect(with_(from, to)).toEqual([{ where, says: expect.stringMatching(says) }]);
  });

  test('a document that would grow without end, or is too long, is refused at once', () => {
    const bomb = 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]';
    expect(problemsOf(bomb)).toEqual([{ where: 'the document', says: expect.stringContaining('alias') }]);
    expect(problemsOf('x'.repeat(1_000_001))[0]?.says).toContain('longer');
  });
});

test('amounts of care are read to the cent, or refused', () => {
  const care = readFileSync(new URL('care.yaml', folder), 'utf8');
  expect(readCare(care).acts.map(({ price }) => price)).toEqual([6000, 50_000]);
  for (const wrong of ['60.005', '-60.00', '1e9', '99999999', '60,00', 'NaN']) {
    const [problem] = problemsOf(care.replace('price: 60.00', `price: "${wrong}"`), readCare);
    expect(problem, wrong).toEqual({ where: 'acts.0.price', says: expect.stringContaining('two decimals') });
  }
});

test('the class of a lens, and a reduced charge, are read', () => {
  const care = readFileSync(new URL('care.yaml', folder), 'utf8');
  const lens =
    '{ code: VER-C, kind: optical-lens, day: 2026-05-04, price: 200.00, base: 0.05, lensClass: complex }';
  const visit =
    '{ code: FPU, kind: emergency-visit, day: 2026-05-04, price: 9.96, base: 0.00, reducedCharge: yes }';
  const { acts } = readCare(`${care}  - ${lens}\n  - ${visit}\n`);
  expect(acts[2]).toMatchObject({ lensClass: 'complex', reducedCharge: false });
  expect(acts[3]).toMatchObject({ price: 996, reducedCharge: true });
  const wrong = problemsOf(`${care}  - ${lens.replace('complex', 'progressive')}\n`, readCare);
  expect(wrong).toEqual([{ where: 'acts.2.lensClass', says: expect.stringContaining('very-complex') }]);
});

test('the care that is shown costs what its flow says', () => {
  const { since, ...care } = readCare(readFileSync(new URL('care.yaml', folder), 'utf8'));
  const { contract } = readContract(example);
  const { shares } = payFor({
    ...care,
    contracts: [{ ...contract, since }],
    ...{ used: new Map(), keptBefore: { participation: new Map(), franchise: new Map() } },
  });
  expect(shares.map(({ person }) => person)).toEqual([3010, 0]);
});

describe('the linter finds', () => {
  const found = (from: string | RegExp, to: string) => {
    expect(example).not.toBe(example.replace(from, to));
    return lintContract(readContract(example.replace(from, to))).map(({ name }) => name);
  };
  test.each<[string, string | RegExp, string, string[]]>([
    ['overruns outside OPTAM as high as with it', 'pays: 130 % BR', 'pays: 150 % BR', ['overrun-too-high']],
    ['a copayment left unpaid', 'pays: 100 % BR\n  - name: Hôpital', 'pays: 50 % TM\n  - name: Hôpital', []],
    ['a frame above its ceiling', '"99.97"', '"120.00"', ['ceiling-broken']],
    ['hearing aids above theirs', '425 % BR', '426 % BR', ['ceiling-broken']],
    [
      'glasses twice in two years',
      /acts: 1, euros: "99.97", period: two-years/,
      'euros: "99.97", period: two-years',
      ['renewal-missing'],
    ],
    ['a guarantee twice under one name', 'name: Verres simples', 'name: Monture', ['repeated-name']],
    [
      'an emergency left to the person',
      ', emergency-visit]',
      ']',
      ['copayment-not-covered', 'copayment-not-covered'],
    ],
    [
      'a crown of 100 % Santé left to pay',
      'basket: full\n    pays: 100 % Santé\n  - name: Prothèses dentaires\n',
      'basket: full\n    pays: 100 % BR\n  - name: Prothèses dentaires\n',
      ['full-cover-missing'],
    ],
    ['a guarantee behind one that takes all', '    optam: yes\n', '', ['never-reached', 'overrun-too-high']],
  ])('%s', (_says, from, to, names) => {
    const all = found(from, to);
    if (names.length === 0) expect(new Set(all)).toEqual(new Set(['copayment-not-covered']));
    else expect(all).toEqual(names);
  });

  test('nothing of it in a contract that does not say it is responsible, but what is never reached', () => {
    const free = example.replace('responsible: yes', 'responsible: no').replace('    optam: yes\n', '');
    expect(lintContract(readContract(free)).map(({ name }) => name)).toEqual(['never-reached']);
  });
});
