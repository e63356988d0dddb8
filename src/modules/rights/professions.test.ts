import { describe, expect, it } from 'vitest';
import { domainCodes } from './domains.ts';
import { allowanceFigures } from './figures.ts';
import { findProfession, professions } from './professions.ts';

describe('the table of professions', () => {
  it.each([
    ['pharmacist', 'PHAR PH15 LPP'],
    ['optician', 'OPTI'],
    ['general-practitioner', 'MEDG'],
    ['specialist', 'MEDS'],
    ['dentist', 'DESO DEPR DEOR'],
    ['audiologist', 'AUDI'],
    ['nurse', 'INF AUXM'],
    ['physiotherapist', 'KIN AUXM'],
    ['midwife', 'SAGE'],
    ['allied-professional', 'AUXM'],
    ['laboratory', 'LABO'],
    ['radiologist', 'RADL'],
    ['health-centre', 'CSTE'],
    ['hospital-admission', 'HOSP CHAM EXTE'],
    ['emergency-admission', 'EXTE HOSP'],
    ['medical-transport', 'TRAN'],
    ['medical-supplier', 'LPP DIV'],
    ['thermal-spa', 'CURE'],
  ])('%s sees %s and nothing else', (code, seen) => {
    expect(findProfession(code)?.domains.join(' ')).toBe(seen);
  });

  it('leaves no domain that nobody may see', () => {
    const seen = new Set(professions.flatMap((each) => each.domains));
    expect(domainCodes.filter((code) => !seen.has(code))).toEqual([]);
  });

  it('knows no other profession', () => {
    expect(findProfession('astrologer')).toBeUndefined();
    expect(findProfession('constructor')).toBeUndefined();
  });
});

describe('the figures an allowance is opened with', () => {
  it.each([
    ['pharmacist', 30, 259, 375],
    ['optician', 2, 18, 10],
    ['general-practitioner', 3, 41, 55],
    ['dentist', 2, 24, 30],
    ['nurse', 2, 46, 63],
    ['laboratory', 42, 208, 300],
    ['hospital-admission', 13, 300, 225],
    ['emergency-admission', 42, 149, 213],
  ])(
    '%s: %i usual new people, %i people on the busiest days, %i to open with',
    (code, usual, p99, opening) => {
      const figures = findProfession(code)?.figures;
      expect(figures && allowanceFigures(figures)).toEqual({
        cap: 40,
        renewalPerDay: 4,
        usualNewPeoplePerDay: usual,
        peoplePerDayMax: 3 * p99,
        openingBalance: opening,
      });
    },
  );

  it.each(professions)(
    '$code: every figure is a plausible number with a mark and a reason',
    ({ figures }) => {
      for (const figure of Object.values(figures)) {
        expect(['sourced', 'assumed', 'derived']).toContain(figure.mark);
        expect(figure.because.length).toBeGreaterThan(8);
        expect(Number.isFinite(figure.value)).toBe(true);
      }
      for (const count of Object.values(allowanceFigures(figures)))
        expect(Number.isInteger(count)).toBe(true);
      for (const share of [figures.presenceShare, figures.relationShare]) {
        expect(share.value).toBeGreaterThanOrEqual(0);
        expect(share.value).toBeLessThanOrEqual(1);
      }
      expect(figures.distinctPeoplePerDayP99.value).toBeGreaterThan(figures.peoplePerDay.value);
    },
  );

  it.each(professions)('$code: an ordinary day at the stated shares stays under the cap', ({ figures }) => {
    const { peoplePerDay, relationShare, presenceShare, cap } = figures;
    const charged = peoplePerDay.value * (1 - relationShare.value) * (1 - presenceShare.value);
    expect(charged).toBeLessThan(cap.value);
  });
});
