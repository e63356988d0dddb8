import { expect, test } from 'vitest';
import { agentFigures, figuresOf } from './agent-figures.ts';
import { mostPeopleDrawn } from './draw-limit.ts';
import { allowanceFigures } from './figures.ts';
import { professions } from './professions.ts';

test('an insurer’s agent is bounded: forty people, and as many back a day as an agent looks at', () => {
  expect(allowanceFigures(agentFigures)).toEqual({
    ...{ cap: 40, renewalPerDay: 4, usualNewPeoplePerDay: 20, peoplePerDayMax: 114, openingBalance: 0 },
  });
});

test('a stolen agent account draws less than the README’s most exposed profession', () => {
  const most = Math.max(...professions.map(({ figures }) => mostPeopleDrawn(allowanceFigures(figures), 30)));
  expect(mostPeopleDrawn(allowanceFigures(agentFigures), 30)).toBeLessThan(most);
});

test('it is no profession: nobody looks coverage up with it', () => {
  expect(professions.map(({ code }) => code)).not.toContain('insurer-agent');
  expect(figuresOf('insurer-agent')).toBe(agentFigures);
  expect(figuresOf('auditor')).toBeUndefined();
});
