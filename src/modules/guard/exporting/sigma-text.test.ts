import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { ReadCase } from '../cases/read-cases.ts';
import { detectors } from '../detectors/detectors.ts';
import { expressions } from './expressions.ts';
import { sigmaText } from './sigma-text.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 8, minutes));
const bitsOf = (given: Readonly<Record<string, number>>) => detectors.map(({ name }) => given[name] ?? 0);
const stolen: ReadCase = {
  ...{ id: '12', account: 41, organisation: 7, profession: 'optician', isShadow: false, state: 'open' },
  ...{ standing: 'suspended', bits: 24.13, isHoney: false, openedAt: at(0), closedAt: null },
  ...{ thresholds: { challenge: 13, restrict: 17, suspend: 20 }, expiresAt: null },
  ...{ ledBy: 'own', sweep: null, peopleBefore: 3, campaign: null, group: null, peopleSince: 0 },
  steps: [
    ...[{ what: 'contained', at: at(1), from: 'open', to: 'challenged', by: 0 } as const],
    ...[{ what: 'contained', at: at(3), from: 'challenged', to: 'suspended', by: 0 } as const],
  ].map((step) => ({
    ...{
      ...step,
      ledBy: 'own' as const,
      because: '0/77',
      entry: '0/78',
      bits: 24,
      why: 'a: word # of | nobody\n---',
    },
  })),
  points: [0, 1, 2, 3].map((minute) => ({
    ...{ entry: `0/${minute}`, at: at(minute), bits: 6 * minute },
    own: bitsOf({
      ...{ 'never-seen': 4 * minute, rhythm: 2 * minute, honey: minute === 3 ? 30 : 0, hours: 0.4 },
      // As many as there may be without a single number that nobody has.
      'unknown-people': Math.log2(1 + minute),
    }),
  })),
};
type Rule = Record<string, unknown> & { title: string; name: string; id: string; level: string };
type Correlation = { type: string; rules: string[]; timespan: string; condition: object };
const rulesOf = (text: string) => parseAllDocuments(text).map((one) => one.toJS() as Rule);

test('what fired is said, strongest first, with its bits; what Sigma cannot say is named', () => {
  const text = sigmaText(stolen, detectors);
  expect(text).toMatch(/^# What the guard of Vigie found .* Sigma: specification 2\.1\.0/);
  const [told, ...others] = rulesOf(text);
  expect(told).toMatchObject({
    logsource: { product: 'vigie', service: 'guard' },
    detection: {
      selection: {
        type: ['guard.account.challenged', 'guard.account.suspended'],
        ...{ 'data.case': '12', 'data.account': 41 },
      },
      condition: 'selection',
    },
    level: 'critical',
    description: expect.stringContaining('rhythm (it compares the waits between lookups)'),
  });
  expect(told?.vigie).toMatchObject({
    detectors: [
      { name: 'honey', bits: 30, events: 1 },
      { name: 'never-seen', bits: 12, events: 3 },
      { name: 'rhythm', bits: 6, events: 3 },
      { name: 'unknown-people', bits: 2, events: 0 },
    ],
  });
  expect(others.map(({ name }) => name)).toEqual([
    'vigie_case_12_honey',
    'vigie_case_12_never_seen',
    'vigie_case_12_never_seen_counted',
  ]);
  expect(others[2]?.correlation).toEqual({
    ...{ type: 'value_count', rules: ['vigie_case_12_never_seen'], 'group-by': ['account'] },
    ...{ timespan: '3m', condition: { field: 'subject', gte: 3 } },
  });
});

test('every document is one that the schemas of Sigma allow; the same case is the same text', () => {
  const all = bitsOf(Object.fromEntries(detectors.map(({ name }) => [name, 9])));
  const text = sigmaText(
    { ...stolen, points: stolen.points.map((point) => ({ ...point, own: all })) },
    detectors,
  );
  const rules = rulesOf(text);
  expect(rules.length).toBeGreaterThan(10);
  expect(rules.find(({ name }) => name.endsWith('shared_people_counted'))?.correlation).toMatchObject({
    timespan: '7d',
    condition: { field: 'organisation', gte: 4 },
  });
  for (const rule of rules) {
    expect(rule.title.length).toBeLessThanOrEqual(256);
    expect(rule.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(rule.status).toBe('experimental');
    expect(rule.date).toBe('2026-11-24');
    expect(['informational', 'low', 'medium', 'high', 'critical']).toContain(rule.level);
    if (rule.correlation === undefined) {
      expect(rule).toMatchObject({ logsource: { product: 'vigie' }, detection: { condition: 'selection' } });
      continue;
    }
    const { type, rules: of, timespan, condition } = rule.correlation as Correlation;
    expect(['value_count', 'event_count']).toContain(type);
    expect(rules.map(({ name }) => name)).toEqual(expect.arrayContaining(of));
    expect(timespan).toMatch(/^[1-9][0-9]*[smhd]$/);
    expect(Object.keys(condition).sort()).toEqual(type === 'value_count' ? ['field', 'gte'] : ['gte']);
  }
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(sigmaText(stolen, detectors)).toBe(sigmaText(stolen, detectors));
});

test('no reason that somebody wrote is in it', () => {
  expect(sigmaText(stolen, detectors)).not.toContain('nobody\n');
  expect(sigmaText(stolen, detectors)).not.toContain('a: word');
});

test('a shadow case is low; every detector is said or says why not', () => {
  const rules = rulesOf(sigmaText({ ...stolen, isShadow: true }, detectors));
  expect(rules[0]).toMatchObject({
    level: 'low',
    detection: { selection: { type: ['guard.account.marked'] } },
  });
  expect(Object.keys(expressions).sort()).toEqual(detectors.map(({ name }) => name).sort());
});
