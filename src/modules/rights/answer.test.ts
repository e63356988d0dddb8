import { describe, expect, it } from 'vitest';
import type { Fact } from '../vault/index.ts';
import { assembleAnswer } from './answer.ts';
import { decideCoverage } from './coverage.ts';
import { type DomainRight, readDomainRight, writeDomainRight } from './domain-right.ts';
import { domainField, field } from './fields.ts';

const right: DomainRight = {
  level: '100/100/85',
  conventions: ['IT', 'IS'],
  start: null,
  printedEnd: null,
  onlineEnd: '2026-06-30',
};
const insurers = new Map([[4, { name: 'Mutuelle Aubépine', amcCode: '99500011' }]]);
const facts: Fact[] = [
  [field.memberNumber, '00421337'],
  [field.convention, 'VA'],
  [field.csr, '01'],
  [field.responsibleContract, 'R'],
  [field.onlineStart, '2026-01-01'],
  [field.onlineEnd, '2026-12-31'],
  [field.printedEnd, '2026-11-30'],
  [domainField('PHAR'), writeDomainRight(right)],
  [domainField('OPTI'), writeDomainRight({ ...right, level: 'PEC' })],
].map(([number, value]) => ({ field: Number(number), insurer: 4, contract: 0, value: String(value) }));
const question = { careDate: '2026-05-04', domains: [], profession: 'pharmacist' };
const decision = decideCoverage(facts, question);

describe('the answer to a lookup', () => {
  it('reads like the card: insurer, the block’s identifiers, the level and the days that hold', () => {
    const answer = assembleAnswer({ careDate: question.careDate, decision, facts, insurers });
    expect(answer).toMatchObject({ careDate: '2026-05-04', covered: true, reason: 'covered' });
    expect(answer.domains[0]).toEqual({
      domain: 'PHAR',
      label: { fr: 'Pharmacie', en: 'Pharmacy' },
      covered: true,
      reason: 'covered',
    });
    expect(answer.contracts).toEqual([
      {
        insurer: { name: 'Mutuelle Aubépine', amcCode: '99500011' },
        memberNumber: '00421337',
        convention: 'VA',
        csr: '01',
        responsibleContract: true,
        onlineStart: '2026-01-01',
        onlineEnd: '2026-12-31',
        printedEnd: '2026-11-30',
        domains: [
          {
            domain: 'PHAR',
            level: '100/100/85',
            conventions: ['IT', 'IS'],
            onlineStart: '2026-01-01',
            onlineEnd: '2026-06-30',
            printedEnd: '2026-11-30',
          },
        ],
      },
    ]);
  });

  it('leaves out a fact that was released and not decided', () => {
    const answer = assembleAnswer({ careDate: question.careDate, decision, facts, insurers });
    expect(JSON.stringify(answer)).not.toContain('PEC');
  });

  it('shows a domain under the contracts that cover it, not under one where it ended', () => {
    const lpp = domainField('LPP');
    const ended = {
      field: lpp,
      insurer: 4,
      contract: 0,
      value: writeDomainRight({ ...right, onlineEnd: '2026-02-01' }),
    };
    const running = { ...ended, contract: 1, value: writeDomainRight(right) };
    const both = [...facts, ended, running];
    const two = decideCoverage(both, question);
    const answer = assembleAnswer({ careDate: question.careDate, decision: two, facts: both, insurers });
    const shown = answer.contracts.map((contract) => contract.domains.map((each) => each.domain));
    expect(shown).toEqual([['PHAR'], ['LPP']]);
  });

  it('says nothing that was not released', () => {
    const none = new Map<number, { name: string; amcCode: string }>();
    const answer = assembleAnswer({ careDate: question.careDate, decision, facts: [], insurers: none });
    expect(answer.contracts).toEqual([
      {
        insurer: { name: null, amcCode: null },
        memberNumber: null,
        convention: null,
        csr: null,
        responsibleContract: null,
        onlineStart: null,
        onlineEnd: null,
        printedEnd: null,
        domains: [],
      },
    ]);
  });

  it.each([
    ['R', true],
    ['true', true],
    ['1', true],
    ['0', false],
    ['false', false],
    ['', null],
  ])('takes %j as a responsible contract: %s', (value, responsible) => {
    const marked = facts.map((fact) =>
      fact.field === field.responsibleContract ? { ...fact, value } : fact,
    );
    const answer = assembleAnswer({ careDate: question.careDate, decision, facts: marked, insurers });
    expect(answer.contracts[0]?.responsibleContract).toBe(responsible);
  });

  it('of a person without rights is a reason and no contract', () => {
    const empty = decideCoverage([], question);
    const answer = assembleAnswer({ careDate: question.careDate, decision: empty, facts: [], insurers });
    expect(answer).toMatchObject({ covered: false, reason: 'no-contract', contracts: [] });
    expect(answer.domains.every((each) => each.reason === 'no-contract')).toBe(true);
  });
});

describe('the value of a domain’s field', () => {
  it('reads back as it was written', () => {
    expect(readDomainRight(writeDomainRight(right))).toEqual(right);
  });

  it.each([
    '',
    'null',
    '[]',
    '{"level":1,"conventions":[]}',
    '{"level":"100 %"}',
    '{"level":"100 %","conventions":[1]}',
    '{"level":"100 %","conventions":[],"start":"tomorrow"}',
  ])('%j is not one', (value) => {
    expect(readDomainRight(value)).toBeNull();
  });

  it('may leave its days to the contract', () => {
    expect(readDomainRight('{"level":"100 %","conventions":[]}')).toMatchObject({
      start: null,
      onlineEnd: null,
    });
  });
});
