import { expect, test } from 'vitest';
import { decideCoverage } from './coverage.ts';
import { domains } from './domains.ts';
import { fieldReasons } from './field-reasons.ts';
import { contractFields, field, fieldName, fieldsIn } from './fields.ts';
import { professions } from './professions.ts';

const every = Object.values(field).map((number) => fieldName(number));

test('every field that is known of a person has its reason, in both languages', () => {
  expect(fieldReasons.map((row) => row.field).sort()).toEqual([...every].sort());
  for (const { fr, en } of fieldReasons) {
    for (const text of [fr.is, fr.why, en.is, en.why]) expect(text.length).toBeGreaterThan(1);
    expect(fr.why).not.toBe(en.why);
  }
});

test('what the page says is told is all that a lookup can tell, beside the domains of the profession', () => {
  const told = fieldReasons.filter((row) => row.told).map((row) => row.field);
  expect(told).toEqual(contractFields.map((number) => fieldName(number)));
  // Everything an insurer may ever say, under one contract: the most that anybody could be told.
  const facts = fieldsIn((1n << 63n) - 1n).map((number) => {
    const isDay = number === field.onlineStart || number === field.onlineEnd || number === field.printedEnd;
    const value = isDay ? (number === field.onlineStart ? '2020-01-01' : '2030-01-01') : '100';
    return { insurer: 1, contract: 1, field: number, value };
  });
  for (const { code, domains: own } of professions) {
    const decided = decideCoverage(facts, { careDate: '2026-11-24', domains: [], profession: code });
    const names = decided.fields.map((number) => fieldName(number) ?? String(number));
    const ofDomains = own.map((domain) => `domain-${domain}`);
    expect(names.filter((name) => !told.includes(name) && !ofDomains.includes(name))).toEqual([]);
    expect(names.length).toBeLessThan(domains.length + told.length);
  }
});
