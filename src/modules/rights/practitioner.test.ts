import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { luhnDigit, parseFiness, parseRpps } from './practitioner.ts';

describe('a professional’s number', () => {
  it.each([
    ['10102727017', { problem: 'luhn' }],
    ['10102727012', { rpps: '10102727012' }],
    ['810102727012', { rpps: '10102727012' }],
    ['1 0102 727 012', { rpps: '10102727012' }],
    ['1010272701', { problem: 'length' }],
    ['910102727012', { problem: 'shape' }],
    ['1010272701A', { problem: 'shape' }],
    [10102727012, { problem: 'not-text' }],
  ])('reads %j as %j', (text, read) => {
    expect(parseRpps(text)).toEqual(read);
  });

  it('keeps a published test number whose control digit is wrong when lenient', () => {
    expect(parseRpps('10102727017', { lenient: true })).toEqual({ rpps: '10102727017', wrongLuhn: true });
  });
});

describe('an establishment’s number', () => {
  it.each([
    ['580008803', { finess: '580008803' }],
    ['1580008803', { finess: '580008803' }],
    ['580008804', { problem: 'luhn' }],
    ['2A0008803', { finess: '2A0008803' }],
    ['2b0008803', { finess: '2B0008803' }],
    ['2C0008803', { problem: 'shape' }],
    ['2580008803', { problem: 'shape' }],
    ['58000880', { problem: 'length' }],
    [undefined, { problem: 'not-text' }],
  ])('reads %j as %j', (text, read) => {
    expect(parseFiness(text)).toEqual(read);
  });

  it('keeps a wrong control digit when lenient', () => {
    expect(parseFiness('580008804', { lenient: true })).toEqual({ finess: '580008804', wrongLuhn: true });
  });
});

describe('the control digit', () => {
  const ten = fc.integer({ min: 0, max: 9_999_999_999 }).map((value) => String(value).padStart(10, '0'));

  it('makes a number that is accepted, and any single wrong digit makes one that is not', () => {
    fc.assert(
      fc.property(ten, fc.nat(10), fc.integer({ min: 1, max: 9 }), (digits, place, step) => {
        const rpps = digits + luhnDigit(digits);
        expect(parseRpps(rpps)).toEqual({ rpps });
        const wrong = String((Number(rpps.charAt(place)) + step) % 10);
        expect(parseRpps(rpps.slice(0, place) + wrong + rpps.slice(place + 1))).toEqual({ problem: 'luhn' });
      }),
    );
  });

  it('garbage never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string()), fc.boolean(), (value, lenient) => {
        parseRpps(value, { lenient });
        parseFiness(value, { lenient });
      }),
    );
  });
});
