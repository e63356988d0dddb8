import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LaneFold } from '../fold/lane-fold.ts';
import { detectors } from './detectors.ts';
import { writeEntries } from './short-notation.ts';

/** A sequence in short notation, and the evidence that one detector makes of it. */
type Case = {
  readonly says: string;
  readonly profession: string;
  readonly daily: number;
  readonly entries: string;
  readonly bits: number;
};

const folder = import.meta.dirname;
const names = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory());

test('every detector has its folder, and every folder its detector', () => {
  expect(names.map(({ name }) => name).sort()).toEqual(detectors.map(({ name }) => name).sort());
});

for (const [place, { name }] of detectors.entries()) {
  const cases = JSON.parse(readFileSync(join(folder, name, 'cases.json'), 'utf8')) as readonly Case[];
  for (const { says, profession, daily, entries, bits } of cases)
    test(`${name}: ${says}`, () => {
      const fold = new LaneFold(() => ({ profession, dailyLookups: daily }));
      let found = 0;
      for (const entry of writeEntries(entries)) {
        const finding = fold.fold(entry);
        if (finding?.account === 1) found = finding.own[place] ?? 0;
      }
      expect(Math.round(found * 10) / 10).toBe(bits);
    });
}
