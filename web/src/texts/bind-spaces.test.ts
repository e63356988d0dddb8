import { expect, test } from 'vitest';
import { bindSpaces } from './bind-spaces.ts';

test('no line begins with a mark or a unit, wherever a text stands', () => {
  const texts = {
    title: 'Garde : ce qui agit',
    heads: ['Pourquoi ?', '« Neuf »'],
    bits: (bits: string) => `Elle est à ${bits} bits ; 2 s après`,
    effect: (people: number) => [`${people} personnes : vues !`],
    none: null,
  };
  const bound = bindSpaces(texts);
  expect(bound.title).toBe('Garde\u00a0: ce qui agit');
  expect(bound.heads).toEqual(['Pourquoi\u00a0?', '«\u00a0Neuf\u00a0»']);
  expect(bound.bits('3,5')).toBe('Elle est à 3,5\u00a0bits\u00a0; 2\u00a0s après');
  expect(bound.effect(2)).toEqual(['2 personnes\u00a0: vues\u00a0!']);
  expect(bound.none).toBeNull();
});
