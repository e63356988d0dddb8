import { expect, test } from 'vitest';
import type { AccountLine } from './account-line.ts';
import { drawPicture, drawShort, drawSummary } from './draw-picture.ts';
import type { ReplayView } from './play-replay.ts';
import { findScenario } from './scenarios.ts';

const calm: AccountLine = {
  ...{ account: 12, profession: 'pharmacist', lookups: 3, refused: 0, people: 3, bits: 2.5 },
  thresholds: { challenge: 17.2, restrict: 20.5, suspend: 23.8 },
  ...{ standing: 'open', contained: null, caseFile: null, end: null },
};
const view: ReplayView = {
  ...{ scenario: 'amelipro-2022', speed: 1, phase: 'playing', trouble: null, startedAt: new Date(0) },
  ...{ seconds: 8.04, hasNetworks: true, people: 3, lines: [calm] },
};
const plain = { rows: 40, hasColour: false };
const lineOf = (some: Partial<AccountLine>) =>
  drawPicture({ ...view, lines: [{ ...calm, ...some }] }, null, plain)[3];
const challenged = { standing: 'challenged', people: 9, seconds: 17.4 } as const;

const standsChallenged = { standing: 'challenged', contained: challenged } as const;
const suspended = { standing: 'suspended', people: 9, seconds: 200 } as const;

// biome-ignore format: a table to read in columns
const states: readonly (readonly [string, Partial<AccountLine>, string])[] = [
  ['at its work', {},
    '     3    2.5 ███·················|··|···|·· open'],
  ['nothing known yet', { bits: 0, people: 0 },
    '     0    0.0 ····················|··|···|·· open'],
  ['below nothing is nothing', { bits: -3, people: 0 },
    '     0    0.0 ····················|··|···|·· open'],
  ['challenged', { bits: 18, people: 9, ...standsChallenged },
    '     9   18.0 ████████████████████|··|···|·· challenged after 9 people, 17 s'],
  ['told more afterwards', { bits: 18, people: 11, ...standsChallenged },
    '    11   18.0 ████████████████████|··|···|·· challenged after 9 people, 17 s, 11 in all'],
  ['a stricter step since',
    { bits: 21, people: 9, standing: 'restricted', contained: challenged },
    '     9   21.0 ████████████████████|██|···|·· challenged after 9 people, 17 s; restricted now'],
  ['off the scale', { bits: 90, standing: 'suspended', contained: suspended, end: 'shut-out' },
    '     3   90.0 ████████████████████|██|███|██ suspended after 9 people, 3 min 20 s (thief shut out)'],
  ['the thief gave up', { people: 9, bits: 18, ...standsChallenged, end: 'gave-up' },
    '     9   18.0 ████████████████████|··|···|·· challenged after 9 people, 17 s (thief gave up)'],
  ['never contained', { people: 50, end: 'at-the-end' },
    '    50    2.5 ███·················|··|···|·· open (list at its end)'],
];

test.each(states)('an account: %s', (_what, some, line) => {
  expect(lineOf(some)).toBe(`      12  pharmacist           ${line}`);
});

test('a name that is too long is cut', () => {
  expect(lineOf({ profession: 'a-profession-of-many-words' })).toContain('  a-profession-of-man…      3 ');
});

test('what was lost stands beside what was lost then', () => {
  const event = findScenario('amelipro-2022')?.event ?? null;
  const text = drawPicture({ ...view, people: 1_340 }, event, plain).join('\n');
  expect(text).toContain('amelipro-2022: under way, 8.0 s');
  expect(text).toContain('Told to the thieves: 1,340 people, by 1 account.');
  expect(text).toContain('19 accounts of professionals, 510,000 people');
});

test('a quickened replay says so', () => {
  expect(drawPicture({ ...view, speed: 10 }, null, plain)[0]).toContain('(10 times as fast as the scenario)');
});

test('a small screen shows as many accounts as it has room for, and says how many more', () => {
  const many = Array.from({ length: 19 }, (_, account) => ({ ...calm, account }));
  const drawn = drawPicture({ ...view, lines: many }, null, { rows: 24, hasColour: false });
  expect(drawn.length).toBeLessThan(24);
  expect(drawn.join('\n')).toContain('more accounts, counted below');
  expect(
    drawPicture({ ...view, lines: many }, null, plain).filter((line) => /pharmacist/.test(line)),
  ).toHaveLength(19);
});

test('colours are only where the screen has them', () => {
  const start = String.fromCharCode(27);
  expect(drawPicture(view, null, plain).join('')).not.toContain(start);
  expect(drawPicture(view, null, { ...plain, hasColour: true }).join('')).toContain(start);
});

test('a line a second says how it stands', () => {
  const lines = [calm, { ...calm, bits: 18.04, standing: 'challenged', contained: challenged } as const];
  expect(drawShort({ ...view, people: 12, lines })).toBe(
    ' 8.0 s  under way: 12 people told, 1 of 2 accounts contained, evidence 18.0 bits at most',
  );
  expect(drawShort({ ...view, phase: 'preparing', seconds: 0 })).toBe(' 0.0 s  the holders are at work');
});

test('the summary says who was not contained', () => {
  const lines = [calm, { ...calm, account: 13, standing: 'challenged', contained: challenged } as const];
  const text = drawSummary({ ...view, phase: 'over', lines }, null, false).join('\n');
  expect(text).toContain('account 12 (pharmacist): open');
  expect(text).toContain('Contained: 1 of 2 accounts.');
  expect(text).toContain('9 to 9; the last was stopped 17 s after they began');
});
