import { describe, expect, it, test } from 'vitest';
import { domainCodes, type DomainCode as ListedCode } from '../../rights/domains.ts';
import { professions } from '../../rights/professions.ts';
import { adult } from '../guarantees/pay-for.cases.ts';
import { payFor } from '../guarantees/pay-for.ts';
import { acts } from './act-catalogue.ts';
import type { CatalogueAct } from './catalogue-act.ts';
import { careDomainCodes, type DomainCode } from './domain-codes.ts';
import { domainsOfKind, needsPrescriber } from './domain-of-act.ts';
import { baseOn, priceOn } from './find-acts.ts';

const named = acts.map((act) => ({ ...act, name: [act.code, act.basket, act.ear].join(' ').trim() }));
const seenBy = (domains: readonly DomainCode[]) =>
  named.filter((act) => act.domains.some((domain) => domains.includes(domain)));
const repeats = (names: readonly string[]) => names.filter((name, place) => names.indexOf(name) !== place);

test('the domains are those that rights lists', () => {
  const here: readonly ListedCode[] = careDomainCodes;
  const there: readonly DomainCode[] = domainCodes;
  expect(here).toEqual(there);
});

describe('who finds what', () => {
  it('gives each profession something to invoice, but spa care, of which no rate is known', () => {
    const without = professions.filter(({ domains }) => seenBy(domains).length === 0);
    expect(without.map(({ code }) => code)).toEqual(['thermal-spa']);
  });

  it.each(professions)('shows a $code no act twice', ({ domains }) => {
    expect(repeats(seenBy(domains).map(({ name }) => name))).toEqual([]);
  });

  it('has one code of two acts: C is a doctor’s or a midwife’s, and a dentist’s at another rate', () => {
    expect(repeats(named.map(({ name }) => name))).toEqual(['C']);
    expect(acts.filter(({ code }) => code === 'C').map(({ kind }) => kind)).toEqual([
      'consultation',
      'dental-care',
    ]);
  });
});

describe.each(named)('$name, $en', (act) => {
  it('may be invoiced only where its kind of care may', () => {
    expect(act.domains.length).toBeGreaterThan(0);
    expect(act.domains.filter((domain) => !domainsOfKind[act.kind].includes(domain))).toEqual([]);
    expect(act.needsPrescriber).toBe(needsPrescriber[act.kind]);
  });

  it('says what it is in two languages', () => {
    expect(act.fr).not.toBe(act.en);
    expect([act.fr, act.en].every((text) => text.length > 2 && text === text.trim())).toBe(true);
  });

  it('has plausible amounts, and says where they come from', () => {
    const { baseCents, usualPriceCents, bases, prices } = act;
    for (const cents of [baseCents, usualPriceCents]) {
      if (cents !== null) expect(Number.isInteger(cents) && cents >= 0).toBe(true);
    }
    if (baseCents !== null && usualPriceCents !== null)
      expect(baseCents).toBeLessThanOrEqual(usualPriceCents);
    if (baseCents === null) expect(act.certainty).toBe('unconfirmed');
    expect(act.source.length).toBeGreaterThan(3);
    for (const rows of [bases ?? [], prices ?? []]) {
      const days = rows.map(({ from }) => from);
      expect(days).toEqual([...new Set(days)].sort());
    }
    if (bases !== undefined) expect(baseCents).toBe(bases.at(-1)?.value);
    if (prices !== undefined) expect(usualPriceCents).toBe(prices.at(-1)?.value ?? null);
  });

  it('has a rate, a basket and an ear exactly where its kind has one', () => {
    expect(act.drugRate !== undefined).toBe(act.kind === 'drug');
    if (act.kind === 'dental-prosthesis' || act.kind === 'optical-frame') expect(act.basket).toBeDefined();
    if (act.ear !== undefined) expect([act.kind, act.basket]).toEqual(['hearing-aid', expect.any(String)]);
  });
});

test('only these figures are from more than memory', () => {
  const sure = named.filter(({ certainty }) => certainty !== 'unconfirmed');
  const list = sure.map(({ name, certainty, baseCents }) => `${name}: ${baseCents} ${certainty}`);
  expect(list).toEqual([
    'G: 3000 secondary',
    'GS: 3000 secondary',
    'TCG: 2500 secondary',
    ...['GL1: 6000 secondary', 'GL2: 6000 secondary', 'GL3: 6000 secondary'],
    'C: 2300 secondary',
    'CS: 2300 secondary',
    'CS+MCS: 4000 secondary',
    'CNP+MCS: 5700 secondary',
    'APC: 6000 secondary',
    'COE: 6000 secondary',
    'BFGA002: 27170 secondary',
    'HBJD001: 2892 secondary',
    'HBLD680 full: 12000 secondary',
    ...['VER-S free: 5 secondary', 'VER-C free: 5 secondary', 'VER-T free: 5 secondary'],
    ...['PAZ full left: 40000 secondary', 'PAZ full right: 40000 secondary'],
    ...['FJH: 0 computed', 'SHO: 0 computed', 'FPU: 0 computed'],
  ]);
});

/** What a professional would invoice who overwrites nothing. */
function asProposed(act: CatalogueAct, day: string) {
  const { code, kind, basket, ear, drugRate } = act;
  const [base, price] = [baseOn(act, day), priceOn(act, day)];
  if (base === null || price === null) return [];
  const more = { ...(basket && { basket }), ...(ear && { ear }), ...(drugRate && { drugRate }) };
  return [{ code, kind, day, quantity: 1, price, base, ...more }];
}

test('who pays what is proposed can be counted', () => {
  const proposed = acts.flatMap((act) => asProposed(act, '2026-05-04'));
  const { shares } = payFor({
    ...{ acts: proposed, contracts: [], practice: { sector: 1, optam: false }, situation: adult },
    ...{ used: new Map(), keptBefore: { participation: new Map(), franchise: new Map() } },
  });
  expect(shares.length).toBeGreaterThan(40);
  const paid = shares.map(({ mandatoryGross, person }) => mandatoryGross + person);
  expect(paid).toEqual(proposed.map(({ price }) => price));
});
