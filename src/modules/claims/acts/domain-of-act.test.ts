import { describe, expect, it, test } from 'vitest';
import { findProfession } from '../../rights/professions.ts';
import { type Act, careKinds } from '../guarantees/care.ts';
import { careDomainCodes } from './domain-codes.ts';
import { domainOfAct, domainsOfKind } from './domain-of-act.ts';

type Told = Pick<Act, 'kind' | 'drugRate' | 'inHospital'>;

describe('the domain of an act', () => {
  it.each<[string, Told, string | undefined]>([
    ['general-practitioner', { kind: 'consultation' }, 'MEDG'],
    ['specialist', { kind: 'consultation' }, 'MEDS'],
    ['specialist', { kind: 'technical-act' }, 'MEDS'],
    ['midwife', { kind: 'consultation' }, 'SAGE'],
    ['health-centre', { kind: 'consultation' }, 'CSTE'],
    ['health-centre', { kind: 'dental-care' }, 'CSTE'],
    ['health-centre', { kind: 'paramedical' }, 'CSTE'],
    ['pharmacist', { kind: 'drug', drugRate: 65 }, 'PHAR'],
    ['pharmacist', { kind: 'drug', drugRate: 15 }, 'PH15'],
    ['pharmacist', { kind: 'drug' }, 'PHAR'],
    ['pharmacist', { kind: 'device' }, 'LPP'],
    ['medical-supplier', { kind: 'device' }, 'LPP'],
    ['optician', { kind: 'optical-frame' }, 'OPTI'],
    ['optician', { kind: 'optical-lens' }, 'OPTI'],
    ['audiologist', { kind: 'hearing-aid' }, 'AUDI'],
    ['dentist', { kind: 'dental-care' }, 'DESO'],
    ['dentist', { kind: 'dental-prosthesis' }, 'DEPR'],
    ['nurse', { kind: 'paramedical' }, 'INF'],
    ['physiotherapist', { kind: 'paramedical' }, 'KIN'],
    ['allied-professional', { kind: 'paramedical' }, 'AUXM'],
    ['laboratory', { kind: 'laboratory' }, 'LABO'],
    ['radiologist', { kind: 'imaging' }, 'RADL'],
    ['hospital-admission', { kind: 'hospital-stay' }, 'HOSP'],
    ['hospital-admission', { kind: 'daily-hospital-charge' }, 'HOSP'],
    ['hospital-admission', { kind: 'private-room' }, 'CHAM'],
    ['hospital-admission', { kind: 'consultation' }, 'EXTE'],
    ['hospital-admission', { kind: 'technical-act' }, 'EXTE'],
    ['hospital-admission', { kind: 'technical-act', inHospital: true }, 'HOSP'],
    ['emergency-admission', { kind: 'emergency-visit' }, 'EXTE'],
    ['medical-transport', { kind: 'transport' }, 'TRAN'],
    ['optician', { kind: 'hearing-aid' }, undefined],
    ['dentist', { kind: 'consultation' }, undefined],
    ['general-practitioner', { kind: 'drug', drugRate: 15 }, undefined],
    ['specialist', { kind: 'consultation', inHospital: true }, 'MEDS'],
  ])('%s, %o: %s', (profession, act, domain) => {
    expect(domainOfAct(act, findProfession(profession)?.domains ?? [])).toBe(domain);
  });
});

test('no kind of care is without a domain, and two domains are without care', () => {
  expect(careKinds.filter((kind) => domainsOfKind[kind].length === 0)).toEqual([]);
  const reached = new Set(Object.values(domainsOfKind).flat());
  expect(careDomainCodes.filter((code) => !reached.has(code))).toEqual(['DEOR', 'CURE']);
});
