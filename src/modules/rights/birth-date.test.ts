import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBirthDate, parseBirthRank } from './birth-date.ts';

describe('a birth date', () => {
  it.each([
    ['1979-10-06', { birthDate: '19791006', lunar: false }],
    ['19791006', { birthDate: '19791006', lunar: false }],
    [' 1979-10-06 ', { birthDate: '19791006', lunar: false }],
    ['2024-02-29', { birthDate: '20240229', lunar: false }],
    ['2023-02-29', { problem: 'no-such-day' }],
    ['1979-04-31', { problem: 'no-such-day' }],
    ['1979-13-05', { birthDate: '19791305', lunar: true }],
    ['1950-00-00', { birthDate: '19500000', lunar: true }],
    ['1950-07-00', { birthDate: '19500700', lunar: true }],
    ['1950-99-31', { birthDate: '19509931', lunar: true }],
    ['1950-99-32', { problem: 'no-such-day' }],
    ['1979-1006', { problem: 'shape' }],
    ['06/10/1979', { problem: 'shape' }],
    ['1979-10-6', { problem: 'shape' }],
    ['', { problem: 'shape' }],
    ['1849-12-31', { problem: 'out-of-range' }],
    [19791006, { problem: 'not-text' }],
  ])('reads %j as %j', (text, read) => {
    expect(parseBirthDate(text)).toEqual(read);
  });

  it.each([
    ['2026-05-02', false],
    ['2026-05-03', true],
    ['2026-14-03', false],
    ['2027-14-03', true],
  ])('on 2 May 2026, %s lies ahead: %s', (text, ahead) => {
    expect('problem' in parseBirthDate(text, '2026-05-02')).toBe(ahead);
  });

  it('every day of the calendar reads back as its eight digits', () => {
    const days = fc.date({ min: new Date('1850-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        const read = { birthDate: day.replaceAll('-', ''), lunar: false };
        expect(parseBirthDate(day)).toEqual(read);
        expect(parseBirthDate(read.birthDate)).toEqual(read);
      }),
    );
  });

  it('garbage never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string()), (value) => {
        parseBirthDate(value);
        parseBirthRank(value);
      }),
    );
  });
});

describe('a birth rank', () => {
  it.each([
    [undefined, { birthRank: 1 }],
    [null, { birthRank: 1 }],
    [1, { birthRank: 1 }],
    [9, { birthRank: 9 }],
    ['2', { birthRank: 2 }],
    [0, { problem: 'rank' }],
    [10, { problem: 'rank' }],
    [1.5, { problem: 'rank' }],
    ['', { problem: 'rank' }],
    [Number.NaN, { problem: 'rank' }],
  ])('reads %j as %j', (rank, read) => {
    expect(parseBirthRank(rank)).toEqual(read);
  });
});
