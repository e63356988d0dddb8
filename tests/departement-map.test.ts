import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { birthDepartements } from '../src/modules/rights/noticing/departements.ts';
import { departementNames, gridSize, tiles } from '../web/src/guard/departements.ts';
import { guardEn } from '../web/src/texts/guard-en.ts';
import { guardFr } from '../web/src/texts/guard-fr.ts';

test('every département that a number can tell has one square, and no two share one', () => {
  expect(tiles.map(({ code }) => code).sort()).toEqual([...birthDepartements].sort());
  const places = new Set(tiles.map(({ column, row }) => `${column} ${row}`));
  expect(places.size).toBe(tiles.length);
  for (const { column, row } of tiles) {
    expect([column < gridSize.columns, row < gridSize.rows]).toEqual([true, true]);
  }
});

test('names are those of the official list; former times and abroad have theirs in the texts', () => {
  const listed = createRequire(import.meta.url)('@etalab/decoupage-administratif/data/departements.json') as {
    code: string;
    nom: string;
  }[];
  const official = new Map(listed.map(({ code, nom }) => [code, nom.replaceAll("'", '’')]));
  for (const code of birthDepartements) {
    const special = [guardFr, guardEn].map(({ places }) => places.special[code]);
    if (official.has(code)) expect([code, departementNames.get(code)]).toEqual([code, official.get(code)]);
    else expect([code, special.every((name) => name !== undefined)]).toEqual([code, true]);
  }
});
