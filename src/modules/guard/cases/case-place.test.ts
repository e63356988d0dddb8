import { expect, test } from 'vitest';
import { casePlacePattern, readCasePlace, writeCasePlace } from './case-place.ts';

test('a place is read as it was written, to the last bit; anything else is none', () => {
  for (const bits of [0, 17.25, Math.log(3), 1 / 3, 1e-7, 5e-17, -0.5, 1023.999999999999]) {
    const place = { part: 'open', level: 2, bits, id: '123456789012345678' } as const;
    const text = writeCasePlace(place);
    expect(text).toMatch(new RegExp(casePlacePattern));
    expect(readCasePlace(text)).toEqual(place);
  }
  const wrong = [
    '',
    'open',
    '12',
    'open_2_17.25',
    'open_4_17_1',
    'open_2_NaN_1',
    'open_2_1_0',
    'ended_1_1_1;',
  ];
  for (const text of wrong) expect([text, readCasePlace(text)]).toEqual([text, undefined]);
});
