import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planExampleNames } from './plan-examples.ts';
import { tryPlan } from './try-plan.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../../../docs/operating/guarantees/${name}`, import.meta.url), 'utf8');
const aubepine = read('aubepine.yaml');
const today = '2026-11-24';

test('each example of a whole plan is paid to the cent, and 100 % Santé leaves nothing', () => {
  const { examples, problems, version } = tryPlan({ document: aubepine, today });
  expect([problems, version?.contract.id]).toEqual([[], 'Aubépine Équilibre']);
  expect(examples.map(({ example }) => example)).toEqual(planExampleNames);
  for (const { acts, shares } of examples) {
    acts.forEach(({ price }, place) => {
      const share = shares[place];
      const paid = share?.complementary.reduce((sum, { cents }) => sum + cents, 0) ?? 0;
      expect((share?.mandatoryGross ?? 0) + paid + (share?.person ?? 0)).toBe(price);
    });
  }
  const left = Object.fromEntries(
    examples.map(({ example, shares }) => [example, shares.reduce((sum, { person }) => sum + person, 0)]),
  );
  expect(left).toMatchObject({
    ...{ consultation: 0, 'crown-full': 0, 'glasses-a': 0, 'hearing-one': 0 },
    // 60.00 − 70 % of 23.00 − (130 % of 23.00 − 16.10).
    'specialist-free': 3010,
    'specialist-optam': 1275,
  });
});

test('a plan that begins later is tried on its first day, one that has begun today', () => {
  const dayOf = (from: string) => {
    const document = aubepine.replace('from: 2026-01-01', `from: ${from}`);
    return tryPlan({ document, today }).examples[0]?.acts[0]?.day;
  };
  expect([dayOf('2027-01-01'), dayOf('2026-01-01')]).toEqual(['2027-01-01', today]);
});

test('the care that comes with it is paid too, and what is wrong with that is told apart', () => {
  const paid = tryPlan({ document: aubepine, care: read('care.yaml'), today });
  expect(paid.care?.shares.map(({ person }) => person)).toEqual([3010, 0]);
  const wrong = tryPlan({ document: aubepine, care: 'acts: []', today });
  expect([wrong.care, wrong.problems]).toEqual([null, []]);
  expect(wrong.careProblems.length).toBeGreaterThan(0);
});

test.each([
  ['pays: 150 % BR', 'pays: much', 'guarantees.0.pays', 9],
  ['kinds: [consultation, technical-act, imaging]', 'kinds: [magic]', 'guarantees.0.kinds.0', 7],
  ['from: 2026-01-01', 'from: 2026-02-30', 'from', 3],
  ['from: 2026-01-01', 'from: 2001-01-01', 'from', 3],
  ['    optam: yes', '    optam: yes\n    surprise: yes', 'guarantees.0.surprise', 9],
  ['responsible: yes', 'responsible: yes: no', 'the document', 4],
])('“%s” that became “%s” is told of by its place and line', (from, to, where, line) => {
  const { problems, version } = tryPlan({ document: aubepine.replace(from, to), today });
  expect(version).toBeNull();
  expect(problems[0]).toMatchObject({ where, line });
});

test('a guarantee that lacks what it needs is told of where it stands', () => {
  const document = aubepine.replace('    pays: 100 % BR\n', '');
  const [problem] = tryPlan({ document, today }).problems;
  expect(problem).toMatchObject({ where: 'guarantees.2.pays', line: 13 });
});
