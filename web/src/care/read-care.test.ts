import { describe, expect, test } from 'vitest';
import { acts } from '../../../src/modules/claims/acts/act-catalogue.ts';
import { readCare } from './read-care.ts';
import {
  actOfLine,
  careOfClaim,
  emptyCare,
  kindsOf,
  lineOfAct,
  lineOfAnswer,
  lineOfCode,
  repriced,
  type TypedCare,
  type TypedLine,
} from './typed-care.ts';

const today = '2026-11-24';
const empty = emptyCare(today, { sector: '1', optam: false });
const act = (code: string, place = 0) => {
  const found = acts.filter((one) => one.code === code)[place];
  if (found === undefined) throw new Error(`no ${code}`);
  return found;
};
const box: TypedLine = {
  ...lineOfCode('3400930000001', 'drug'),
  price: '4,20',
  base: '4.20',
  drugRate: '65',
};
const with1 = (line: TypedLine, more: Partial<TypedCare> = {}) => ({ ...empty, lines: [line], ...more });
const prescribed = { rpps: '10101010105', prescribedOn: '2026-11-20' };

describe('what is typed', () => {
  test('is read into what the API takes', () => {
    const { claimed, problems } = readCare(
      with1(box, { ...prescribed, longIllness: true, aid: 'c2s', reference: ' F-1 ' }),
      today,
    );
    expect(problems).toEqual({});
    expect(claimed).toEqual({
      careDate: today,
      acts: [
        {
          ...{ code: '3400930000001', kind: 'drug', quantity: 1, priceCents: 420, baseCents: 420 },
          drugRate: 65,
        },
      ],
      practice: { sector: 1, optam: false },
      situation: { longIllness: true, aid: 'c2s' },
      prescription: { rpps: '10101010105', day: '2026-11-20' },
      reference: 'F-1',
    });
  });

  test.each<[string, Partial<TypedLine>, object]>([
    ['a third decimal', { price: '4,205' }, { price: 'decimals' }],
    ['a negative base', { base: '-1' }, { base: 'negative' }],
    ['a huge amount', { price: '10000000' }, { price: 'huge' }],
    ['no price', { price: '' }, { price: 'empty' }],
    ['no box', { quantity: '0' }, { quantity: 'quantity' }],
    ['a thousand boxes', { quantity: '1000' }, { quantity: 'quantity' }],
    ['a drug without its rate', { drugRate: '' }, { drugRate: 'rate' }],
  ])('%s is told at its field, and nothing is quoted', (_, change, problems) => {
    const read = readCare(with1({ ...box, ...change }), today);
    expect(read.quoted).toBeNull();
    expect([...read.lines.values()]).toEqual([problems]);
  });

  test.each<[string, Partial<TypedCare>, object]>([
    ['no prescriber', {}, { rpps: 'missing', prescribedOn: 'missing' }],
    ['a wrong digit', { ...prescribed, rpps: '10101010107' }, { rpps: 'rpps' }],
    ['a later prescription', { ...prescribed, prescribedOn: '2026-11-25' }, { prescribedOn: 'after-care' }],
    ['care to come', { ...prescribed, careDate: '2026-11-25' }, { careDate: 'future' }],
    ['no such promise', { ...prescribed, engagement: '0000' }, { engagement: 'number' }],
  ])('%s: it is quoted, and not sent', (_, more, problems) => {
    const read = readCare(with1(box, more), today);
    expect(read.problems).toEqual(problems);
    expect(read.quoted).not.toBeNull();
    expect(read.claimed).toBeNull();
  });

  test('of care that nobody prescribes is sent without a prescriber', () => {
    const visit = lineOfAct(act('G'), today, 'fr');
    expect(readCare(with1(visit), today).claimed?.prescription).toBeUndefined();
  });
});

describe('amounts that are proposed', () => {
  const frame = lineOfAct(act('LUN'), today, 'fr');

  test('follow the number of acts and the day', () => {
    expect([frame.price, frame.base]).toEqual(['30,00', '9,00']);
    const two = repriced(frame, { before: today, careDate: today, quantity: '2' }, 'fr');
    expect([two.price, two.base]).toEqual(['60,00', '18,00']);
    const visit = lineOfAct(act('G'), today, 'en');
    expect(visit.price).toBe('30.00');
    const before = repriced(visit, { before: today, careDate: '2024-05-20', quantity: '1' }, 'en');
    expect(before.price).toBe('26.50');
  });

  test('stay as they were typed', () => {
    const own = { ...frame, price: '29,00' };
    const two = repriced(own, { before: today, careDate: today, quantity: '2' }, 'fr');
    expect([two.price, two.base]).toEqual(['29,00', '18,00']);
  });
});

test('every act of the catalogue makes a line that the API takes, and finds its act again', () => {
  for (const one of acts) {
    const line = lineOfAct(one, today, 'fr');
    expect(line.code).toMatch(/^[A-Z0-9][A-Z0-9.+-]{0,19}$/);
    if (one.kind !== 'drug') expect(actOfLine(line)).toBe(one);
  }
});

test('a claim that is corrected begins as it was sent', () => {
  const sent = readCare(with1(box, { ...prescribed, maternity: true, reference: 'F-1' }), today).claimed;
  if (sent === null) throw new Error('not sent');
  const typed = careOfClaim(
    {
      ...({ ...sent, engagement: null, reference: 'F-1' } as unknown as Parameters<typeof careOfClaim>[0]),
    },
    'fr',
  );
  expect(readCare(typed, today).claimed).toEqual(sent);
  expect(sent.acts.map((one) => lineOfAnswer(one, 'en').price)).toEqual(['4.20']);
});

test('a pharmacist gives drugs and devices, an optician glasses', () => {
  expect(kindsOf('pharmacist')).toEqual(['drug', 'device']);
  expect(kindsOf('optician')).toEqual(['optical-frame', 'optical-lens']);
  expect(kindsOf('none')).toEqual([]);
});
