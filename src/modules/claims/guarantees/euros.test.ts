import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros } from './euros.ts';

test.each([
  [0, '0.00 €', '0,00\u00a0€'],
  [5, '0.05 €', '0,05\u00a0€'],
  [-1234, '-12.34 €', '-12,34\u00a0€'],
  [373_052, '3730.52 €', '3\u202f730,52\u00a0€'],
])('%d cents', (cents, en, fr) => {
  expect(euros(cents)).toBe(en);
  expect(euros(cents, 'fr')).toBe(fr);
});

test('French amounts are those that pages and letters show', () => {
  const shown = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
      expect(euros(cents, 'fr')).toBe(shown.format(cents / 100));
    }),
  );
});
