import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fact, Held } from '../vault/index.ts';
import {
  type CoverageReason,
  coverageReasons,
  coverageRule,
  decideCoverage,
  strongestReason,
} from './coverage.ts';
import { type DomainRight, writeDomainRight } from './domain-right.ts';
import { type DomainCode, domainCodes } from './domains.ts';
import { contractFields, domainField, field } from './fields.ts';
import { professions } from './professions.ts';

const day = '2026-05-04';

type Dates = { start?: string; onlineEnd?: string; printedEnd?: string };
type Cell = Partial<DomainRight> | 'unreadable';

/** One contract as facts: its number, its dates, and its domains. */
function contract(
  number: { insurer: number; contract: number },
  dates: Dates,
  cells: Partial<Record<DomainCode, Cell>>,
): Fact[] {
  const values: [number, string | undefined][] = [
    [field.memberNumber, 'M0042'],
    [field.convention, 'SP'],
    [field.onlineStart, dates.start],
    [field.onlineEnd, dates.onlineEnd],
    [field.printedEnd, dates.printedEnd],
    ...Object.entries(cells).map(([code, cell]): [number, string] => [
      domainField(code as DomainCode),
      cell === 'unreadable' ? '{"level":' : writeDomainRight({ ...blank, ...cell }),
    ]),
  ];
  return values.flatMap(([of, value]) => (value === undefined ? [] : [{ ...number, field: of, value }]));
}

const blank: DomainRight = {
  level: '100 %',
  conventions: ['SP'],
  start: null,
  printedEnd: null,
  onlineEnd: null,
};
const first = { insurer: 1, contract: 0 };
const second = { insurer: 2, contract: 0 };
const current = { start: '2026-01-01', onlineEnd: '2026-12-31' };
const past = { start: '2024-01-01', onlineEnd: '2025-12-31' };
const future = { start: '2027-01-01', onlineEnd: '2027-12-31' };

const table: readonly [what: string, facts: Fact[], reason: CoverageReason][] = [
  ['no contract at all', [], 'no-contract'],
  ['a contract in force that covers it', contract(first, current, { OPTI: {} }), 'covered'],
  ['a contract in force that does not', contract(first, current, { PHAR: {} }), 'domain-not-covered'],
  ['a cell without a level', contract(first, current, { OPTI: { level: '' } }), 'domain-not-covered'],
  ['a contract without any date', contract(first, {}, { OPTI: {} }), 'covered'],
  ['care on the first day', contract(first, { ...current, start: day }, { OPTI: {} }), 'covered'],
  ['care on the last day', contract(first, { ...current, onlineEnd: day }, { OPTI: {} }), 'covered'],
  ['care the day before the first', contract(first, { start: '2026-05-05' }, { OPTI: {} }), 'not-started'],
  ['care the day after the last', contract(first, { onlineEnd: '2026-05-03' }, { OPTI: {} }), 'ended'],
  ['a contract that ended, without the domain', contract(first, past, { PHAR: {} }), 'ended'],
  ['a contract to come, without the domain', contract(first, future, { PHAR: {} }), 'not-started'],
  [
    'a card still printed valid, ended online',
    contract(first, { ...past, printedEnd: '2026-12-31' }, { OPTI: {} }),
    'ended',
  ],
  [
    'a card printed out of date, running on online',
    contract(first, { ...current, printedEnd: '2025-12-31' }, { OPTI: {} }),
    'covered',
  ],
  [
    'a waiting period of the domain',
    contract(first, current, { OPTI: { start: '2026-07-01' } }),
    'not-started',
  ],
  [
    'a domain ended before its contract',
    contract(first, current, { OPTI: { onlineEnd: '2026-03-31' } }),
    'ended',
  ],
  [
    'a domain outliving its contract',
    contract(first, past, { OPTI: { onlineEnd: '2026-06-30' } }),
    'covered',
  ],
  ['a value that cannot be read', contract(first, current, { OPTI: 'unreadable' }), 'rights-unreadable'],
  ['a date that cannot be read', contract(first, { onlineEnd: 'soon' }, { OPTI: {} }), 'rights-unreadable'],
  [
    'ended with one, covered by another',
    [...contract(first, past, { OPTI: {} }), ...contract(second, current, { OPTI: {} })],
    'covered',
  ],
  [
    'unreadable with one, covered by another',
    [...contract(first, current, { OPTI: 'unreadable' }), ...contract(second, current, { OPTI: {} })],
    'covered',
  ],
  [
    'unreadable with one, not covered by another',
    [...contract(first, current, { OPTI: 'unreadable' }), ...contract(second, current, { PHAR: {} })],
    'rights-unreadable',
  ],
  [
    'ended with one, not covered by the one in force',
    [...contract(first, past, { OPTI: {} }), ...contract(second, current, { PHAR: {} })],
    'domain-not-covered',
  ],
  [
    'to come with one, not covered by the one in force',
    [...contract(first, future, { OPTI: {} }), ...contract(second, current, { PHAR: {} })],
    'domain-not-covered',
  ],
  [
    'ended with one, to come with another',
    [...contract(first, past, { OPTI: {} }), ...contract(second, future, { OPTI: {} })],
    'not-started',
  ],
];

describe('whether optics is covered, for an optician', () => {
  it.each(table)('%s', (_, facts, reason) => {
    const decision = decideCoverage(facts, { careDate: day, domains: [], profession: 'optician' });
    expect(decision.reason).toBe(reason);
    expect(decision.domains.map(({ domain, covered }) => ({ domain, covered }))).toEqual([
      { domain: 'OPTI', covered: reason === 'covered' },
    ]);
    // That it is not covered is told about the person too, so the entry names the domain.
    const told = { contracts: [], insurers: [], fields: [domainField('OPTI')] };
    if (reason !== 'covered') expect(decision).toMatchObject(told);
  });

  it('every reason appears in this file', () => {
    const seen = new Set<CoverageReason>([
      ...table.map(([, , reason]) => reason),
      'domain-not-for-profession',
    ]);
    expect([...seen].sort()).toEqual([...coverageReasons].sort());
  });
});

describe('what is told', () => {
  const facts = [
    ...contract(first, current, { OPTI: {}, PHAR: {}, HOSP: {} }),
    ...contract(second, current, { PHAR: {} }),
    ...contract({ insurer: 3, contract: 0 }, past, { OPTI: {}, PHAR: {} }),
  ];

  it('is the least: one profession, its covered domain, the contract that covers it', () => {
    const decision = decideCoverage(facts, { careDate: day, domains: [], profession: 'optician' });
    expect(decision.contracts).toEqual([first]);
    expect(decision.insurers).toEqual([1]);
    // No CSR, no responsible mark, no printed end: what an insurer did not say is not recorded as told.
    expect(decision.fields).toEqual([0, 1, 2, 3, 6, 7, domainField('OPTI')]);
  });

  it('names each contract that covers, domain by domain', () => {
    const decision = decideCoverage(facts, {
      careDate: day,
      domains: ['PHAR', 'LPP'],
      profession: 'pharmacist',
    });
    expect(decision.domains).toEqual([
      { domain: 'PHAR', covered: true, reason: 'covered', contracts: [first, second] },
      { domain: 'LPP', covered: false, reason: 'domain-not-covered', contracts: [] },
    ]);
    expect(decision.reason).toBe('covered');
    // "LPP is not covered" is told too.
    expect(decision.fields).toContain(domainField('LPP'));
  });

  it('is nothing of a domain that is not for the profession, whatever the facts', () => {
    const question = { careDate: day, domains: ['PHAR', 'HOSP'] as const, profession: 'optician' };
    const decision = decideCoverage(facts, question);
    expect(decision).toEqual(decideCoverage([], question));
    expect(decision.reason).toBe('domain-not-for-profession');
  });

  it('answers what is for the profession when something else was asked too', () => {
    const question = { careDate: day, domains: ['HOSP', 'OPTI'] as const, profession: 'optician' };
    expect(decideCoverage(facts, question)).toMatchObject({
      reason: 'covered',
      fields: expect.not.arrayContaining([domainField('HOSP')]),
    });
  });

  it('is nothing to a profession nobody knows', () => {
    const decision = decideCoverage(facts, { careDate: day, domains: [], profession: 'astrologer' });
    expect(decision).toMatchObject({ reason: 'domain-not-for-profession', domains: [], fields: [] });
  });

  it('lists contracts by insurer and number, in whatever order they were read', () => {
    const option = { insurer: 1, contract: 1 };
    const facts = [second, option, first].flatMap((number) => contract(number, current, { OPTI: {} }));
    const decision = decideCoverage(facts, { careDate: day, domains: [], profession: 'optician' });
    expect(decision).toMatchObject({ contracts: [first, option, second], insurers: [1, 2] });
  });

  it('keeps two contracts of one insurer apart', () => {
    const option = { insurer: 1, contract: 1 };
    const both = [...contract(first, current, { PHAR: {} }), ...contract(option, current, { OPTI: {} })];
    const decision = decideCoverage(both, { careDate: day, domains: [], profession: 'optician' });
    expect(decision).toMatchObject({ contracts: [option], insurers: [1] });
  });
});

const anyDay = fc.constantFrom(
  undefined,
  '',
  '2025-12-31',
  '2026-05-03',
  day,
  '2026-05-05',
  '2027-01-01',
  'soon',
);
const anyCell = fc.oneof(
  fc
    .record({ level: fc.constantFrom('', '100 %', 'PEC'), start: anyDay, onlineEnd: anyDay })
    .map((cell) => JSON.stringify({ ...cell, conventions: ['SP'] })),
  fc.string(),
);
const anyFact: fc.Arbitrary<Fact> = fc
  .record({
    insurer: fc.nat(3),
    contract: fc.nat(2),
    field: fc.constantFrom(...contractFields, 16, 18, 31, 62),
  })
  .chain((place) =>
    (place.field < 16 ? anyDay.map((value) => value ?? 'x') : anyCell).map((value) => ({ ...place, value })),
  );
const anyFacts = fc.uniqueArray(anyFact, {
  selector: (each) => `${each.insurer}/${each.contract}/${each.field}`,
});
const anyQuestion = fc.record({
  careDate: fc.constant(day),
  domains: fc.uniqueArray(fc.constantFrom(...domainCodes), { maxLength: 4 }),
  profession: fc.constantFrom(...professions.map((each) => each.code), 'astrologer'),
});

describe('for any facts and any question', () => {
  it('answers in codes that a Held lets out, and never more than the profession may see', () => {
    fc.assert(
      fc.property(anyFacts, anyQuestion, (facts, question) => {
        const held = new Held('00000000-0000-4000-8000-000000000001', facts);
        const decision = held.decide(coverageRule, question);
        const seen = professions.find((each) => each.code === question.profession)?.domains ?? [];
        const allowed = new Set([...contractFields, ...seen.map(domainField)]);
        expect(decision.fields.every((number) => allowed.has(number))).toBe(true);
        expect(decision.domains.some((each) => each.covered)).toBe(decision.reason === 'covered');
        const told = decision.domains.filter((each) => each.reason !== 'domain-not-for-profession');
        for (const { domain } of told) expect(decision.fields).toContain(domainField(domain));
        const insurers = new Set(decision.contracts.map((each) => each.insurer));
        expect(new Set(decision.insurers)).toEqual(insurers);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the facts', () => {
    fc.assert(
      fc.property(
        anyFacts.chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
        ),
        anyQuestion,
        ([facts, shuffled], question) => {
          expect(decideCoverage(shuffled, question)).toEqual(decideCoverage(facts, question));
        },
      ),
    );
  });

  it('decides and tells the same with a plan and a day of death', () => {
    fc.assert(
      fc.property(anyFacts, anyQuestion, (facts, question) => {
        const plans = facts.map((each) => ({ ...each, field: field.plan, value: 'Ponant Confort' }));
        const death = { insurer: 8, contract: 0, field: field.deathDate, value: '2026-02-03' };
        const more = [...facts, ...plans, death];
        expect(decideCoverage(more, question)).toEqual(decideCoverage(facts, question));
      }),
    );
  });

  it('takes nothing away when a contract is added', () => {
    fc.assert(
      fc.property(anyFacts, anyQuestion, (facts, question) => {
        const more = [...facts, ...contract({ insurer: 9, contract: 0 }, current, { PHAR: {} })];
        const before = decideCoverage(facts, question).domains;
        const after = decideCoverage(more, question).domains;
        before.forEach((decision, i) => {
          if (decision.covered) expect(after[i]?.covered).toBe(true);
        });
      }),
    );
  });
});

it('the strongest of no reason is that there is no contract', () => {
  expect(strongestReason([])).toBe('no-contract');
  expect(strongestReason(['ended', 'not-started'])).toBe('not-started');
});
