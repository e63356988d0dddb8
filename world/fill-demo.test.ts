import { expect, test } from 'vitest';
import { findExample } from './fill-demo.ts';
import { demoWorld } from './load-world.ts';
import { people } from './people.ts';

const day = '2026-06-15';
const everyone = [...people(demoWorld.seed, 200, day)];

test('the demo shows somebody alive, whom an optician finds covered', () => {
  const found = findExample(everyone, day);
  expect(found?.deathDate).toBeNull();
  const codes = found?.contracts.flatMap(({ domains }) => domains.map(({ code }) => code));
  expect(codes).toContain('OPTI');
});

test('never somebody who died, though nobody else is there', () => {
  const dead = everyone.map((person) => ({ ...person, deathDate: '2025-11-02' }));
  const uncovered = everyone.slice(0, 1).map((person) => ({ ...person, contracts: [] }));
  expect(findExample(dead, day)).toBeUndefined();
  expect(findExample([...dead, ...uncovered], day)).toEqual(uncovered[0]);
  expect(findExample([...dead, ...everyone], day)).toEqual(findExample(everyone, day));
});
