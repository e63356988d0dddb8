import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lintContract, readContract, rejectionWords } from '../../src/modules/claims/index.ts';
import { parseNir, writeNir } from '../../src/modules/rights/index.ts';
import { people } from '../people.ts';
import { sandboxPeople } from './people.ts';
import { sandboxPlans } from './plans.ts';

test('everybody has a number with its right key, of their own sex, year and month, and of no commune', () => {
  for (const { nir, birthDate, name } of sandboxPeople) {
    expect([name, parseNir(nir)]).toEqual([
      name,
      { kind: 'NIR', nir13: nir.slice(0, 13), key: nir.slice(13) },
    ]);
    expect([name, nir.slice(1, 5)]).toEqual([name, birthDate.slice(2, 4) + birthDate.slice(5, 7)]);
    // Before 1968 the département was Algeria's; a commune of it has a code up to 691.
    expect([name, birthDate >= '1969', nir.slice(5, 10)]).toEqual([name, true, '91980']);
  }
});

test('one person does one thing, and every reason to reject has its person', () => {
  const does = sandboxPeople.map((person) => person.does);
  expect(new Set(does).size).toBe(does.length);
  expect(new Set(sandboxPeople.map(({ nir }) => nir)).size).toBe(does.length);
  const rejects = does.filter((word) => word.startsWith('rejects-'));
  expect(rejects).toEqual(rejectionWords.map((word) => `rejects-${word}`));
});

test('nobody of the invented country has a number of theirs', () => {
  const births = [...people(2024, 20_000)].filter(({ nir }) => nir.slice(5, 7) === '91');
  expect(births).toEqual([]);
});

test('the documentation has the same table', () => {
  const page = fileURLToPath(new URL('../../docs/operating/sandbox.md', import.meta.url));
  const documented = readFileSync(page, 'utf8').split('\n');
  const rows = sandboxPeople.map(({ name, nir, birthDate, does, by, says }) => {
    const mark = by === 'scenario' ? ' \\*' : '';
    return `| ${name} | ${writeNir(nir.slice(0, 13))} | ${birthDate} | \`${does}\`${mark} | ${says.en} |`;
  });
  expect(documented.filter((line) => /^\| \S+ \| \d \d\d /.test(line))).toEqual(rows);
});

test('the plans say what they mean', () => {
  for (const { name, document } of Object.values(sandboxPlans)) {
    const version = readContract(document);
    expect([version.contract.id, lintContract(version)]).toEqual([name, []]);
  }
});
