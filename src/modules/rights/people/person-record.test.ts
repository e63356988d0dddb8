import { expect, test } from 'vitest';
import type { Fact } from '../../vault/index.ts';
import { field } from '../fields.ts';
import { closeRecord } from './amend-record.ts';
import { type PersonRecord, type RecordContract, readRecord, recordText } from './person-record.ts';

const contract: RecordContract = {
  contractNumber: 'C1',
  memberNumber: 'M1',
  convention: 'VB',
  csr: '20205',
  responsible: true,
  plan: '',
  days: { start: '2020-01-01', printedEnd: '2026-12-31', onlineEnd: null },
  listing: 7,
  domains: [{ code: 'PHAR', level: '100%', convention: 'VB' }],
};
const person: PersonRecord = {
  lastName: 'Kerbrat',
  firstName: 'Anaïs',
  sex: '2',
  departement: '29',
  deathDate: '',
  identities: [{ nir13: '1840577288123', birthDate: '19840517', birthRank: 1 }],
  contracts: [contract],
};

function factsOf(record: PersonRecord): Fact[] {
  const { compared, kept } = recordText(record);
  const rows = JSON.parse(`[${[kept, compared].filter(Boolean).join(',')}]`) as [number, number, string][];
  return rows.map(([number, index, value]) => ({ field: number, insurer: 1, contract: index, value }));
}

// Its keyed hash is what later files are compared with: another text would seal everybody anew.
test('without a plan and a day of death, what is said is the text of before they could be', () => {
  expect(recordText(person).compared).toBe(
    '[9,0,"Kerbrat"],[10,0,"Anaïs"],[11,0,"2"],[12,0,"29"],[13,0,"C1"],[2,0,"M1"],[3,0,"VB"],[4,0,"20205"],' +
      '[5,0,"true"],[6,0,"2020-01-01"],[8,0,"2026-12-31"],[16,0,"=100%"]',
  );
});

test('a record is read back as it was written', () => {
  const second = { ...contract, contractNumber: 'C2', plan: 'Ponant Confort' };
  for (const contracts of [[], [contract], [contract, second], [{ ...second, closed: true as const }]]) {
    for (const deathDate of ['', '2026-02-03']) {
      const record = { ...person, deathDate, contracts };
      expect(readRecord(factsOf(record))).toEqual(record);
    }
  }
});

test('what ends keeps its plan, and the person their day of death', () => {
  const plan = 'Ponant Confort';
  const record = { ...person, deathDate: '2026-02-03', contracts: [{ ...contract, plan }] };
  const closed = readRecord(factsOf(closeRecord(record, '2026-05-31')));
  expect(closed.contracts).toMatchObject([{ plan, closed: true, days: { onlineEnd: '2026-05-31' } }]);
  expect(closed.deathDate).toBe('2026-02-03');
});

test('both are compared with what was said before', () => {
  const said = { ...person, deathDate: '2026-02-03', contracts: [{ ...contract, plan: 'Ponant Confort' }] };
  const { compared } = recordText(said);
  expect(compared).toContain(`[${field.deathDate},0,"2026-02-03"]`);
  expect(compared).toContain(`[${field.plan},0,"Ponant Confort"]`);
});
