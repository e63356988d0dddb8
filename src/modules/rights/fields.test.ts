import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainCodes, domainLabels, domains, findDomain, readDomains } from './domains.ts';
import {
  contractFields,
  domainField,
  field,
  fieldName,
  fieldSet,
  fieldsIn,
  highestField,
  isOfCoverage,
} from './fields.ts';

describe('the list of fields', () => {
  // Entries name fields by these numbers for ever: this table may grow, and no line of it may change.
  it('keeps every number that was ever given', () => {
    expect(field).toEqual({
      insurerName: 0,
      insurerCode: 1,
      memberNumber: 2,
      convention: 3,
      csr: 4,
      responsibleContract: 5,
      onlineStart: 6,
      onlineEnd: 7,
      printedEnd: 8,
      lastName: 9,
      firstName: 10,
      sex: 11,
      departement: 12,
      contractNumber: 13,
      identity: 14,
      listing: 15,
      plan: 39,
      deathDate: 40,
    });
    expect(domains.map(({ code, field: number }) => `${number} ${code}`).join(', ')).toBe(
      '16 PHAR, 17 PH15, 18 LPP, 19 MEDG, 20 MEDS, 21 LABO, 22 RADL, 23 INF, 24 KIN, 25 AUXM, 26 SAGE, ' +
        '27 EXTE, 28 CSTE, 29 HOSP, 30 CHAM, 31 OPTI, 32 AUDI, 33 DESO, 34 DEPR, 35 DEOR, 36 TRAN, ' +
        '37 DIV, 38 CURE',
    );
  });

  it('gives each field one number and one name', () => {
    const numbers = [...Object.values(field), ...domainCodes.map(domainField)];
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(new Set(numbers.map(fieldName)).size).toBe(numbers.length);
    expect(numbers.map(fieldName)).not.toContain(undefined);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(highestField);
    expect(fieldName(60)).toBeUndefined();
  });

  it('tells what a contract says from what is kept of the person', () => {
    const kept = Object.values(field).filter((number) => !isOfCoverage(number));
    expect(kept).toEqual([9, 10, 11, 12, 13, 14, 15, field.deathDate]);
    expect([...contractFields, ...domainCodes.map(domainField), field.plan].every(isOfCoverage)).toBe(true);
    expect(contractFields).not.toContain(field.plan);
  });

  it('reads back the bit set it wrote', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(highestField)), (numbers) => {
        const set = fieldSet(numbers);
        expect(set < 2n ** 63n).toBe(true);
        expect(fieldsIn(set)).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });

  it.each([-1, 63, 1.5, Number.NaN])('refuses %s as a field', (number) => {
    expect(() => fieldSet([number])).toThrow('no such field');
  });
});

describe('the domains asked', () => {
  it.each([
    [['OPTI'], { domains: ['OPTI'] }],
    [['OPTI', 'OPTI'], { domains: ['OPTI'] }],
    [['OPAU', 'AUDI'], { domains: ['OPTI', 'AUDI'] }],
    [['SVIL'], { domains: ['SAGE', 'LABO', 'RADL', 'AUXM'] }],
    [['DENT'], { domains: ['DESO'] }],
    [[], { domains: [] }],
    [['OPTI', 'XXXX', 'opti'], { unknown: ['XXXX', 'opti'] }],
    [['constructor', '__proto__'], { unknown: ['constructor', '__proto__'] }],
  ])('reads %j as %j', (codes, read) => {
    expect(readDomains(codes)).toEqual(read);
  });

  it('opens labels into domains that exist, and no label is a domain', () => {
    for (const [label, members] of Object.entries(domainLabels)) {
      expect(findDomain(label)).toBeUndefined();
      for (const member of members) expect(findDomain(member)).toBeDefined();
    }
  });
});
