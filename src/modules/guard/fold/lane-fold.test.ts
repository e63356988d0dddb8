import { assert, constantFrom, integer, array as listOf, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Detector } from '../detectors/detector.ts';
import { detectors } from '../detectors/detectors.ts';
import { writeEntries } from '../detectors/short-notation.ts';
import { stateBytes } from './account-state.ts';
import { type Level, levels } from './finding.ts';
import type { FollowedEntry } from './followed-entry.ts';
import { type HonestWork, honestDays } from './honest-days.ts';
import { LaneFold } from './lane-fold.ts';
import { accountDays, challengeAgainAfterHours } from './thresholds.ts';

const profile = { profession: 'pharmacist', dailyLookups: 150 };
const words = [
  'k',
  'n',
  'f',
  'p',
  'v',
  'r',
  'a',
  'd',
  'u',
  'h',
  'i',
  'o',
  'x',
  'c',
  'e*5',
  's',
  'b',
  'g',
  '+5h',
  '+3d',
  '+8d',
];

function verdicts(fold: LaneFold, entries: readonly FollowedEntry[]): string[] {
  return entries.map((entry) => JSON.stringify(fold.fold(entry) ?? null));
}

/** Another fold that goes on where this one stopped. */
function carriedOn(fold: LaneFold): LaneFold {
  const other = new LaneFold(() => profile);
  other.restoreLane(fold.laneState());
  for (const account of fold.accounts()) other.restore(account, fold.stateOf(account));
  return other;
}

describe('the fold', () => {
  test('stopped and restored anywhere it gives the verdicts of one that never stopped', () => {
    assert(
      property(
        listOf(constantFrom(...words), { minLength: 20, maxLength: 120 }),
        integer({ min: 0 }),
        (list, cut) => {
          const entries = writeEntries(`e*21 k*30 ${list.join(' ')}`);
          const at = cut % entries.length;
          const whole = new LaneFold(() => profile);
          const first = new LaneFold(() => profile);
          const before = verdicts(first, entries.slice(0, at));
          const after = verdicts(carriedOn(first), entries.slice(at));
          expect([...before, ...after]).toEqual(verdicts(whole, entries));
        },
      ),
      { numRuns: 60, seed: 6 },
    );
  });

  test('the same over weeks of many accounts', () => {
    const work = { accounts: 8, days: 40, dailyLookups: 22, neverSeen: 0.2, claimed: 0.7 };
    const entries = [...honestDays({ ...work, seed: 3 })];
    const [whole, first] = [new LaneFold(() => profile), new LaneFold(() => profile)];
    const at = Math.floor(entries.length * 0.6);
    const before = verdicts(first, entries.slice(0, at));
    expect([...before, ...verdicts(carriedOn(first), entries.slice(at))]).toEqual(verdicts(whole, entries));
  });

  test('an account is at most 4 kB', () => {
    const fold = new LaneFold(() => profile);
    verdicts(fold, writeEntries('n*300'));
    expect(fold.stateOf(1).length).toBe(stateBytes);
    expect(stateBytes).toBeLessThanOrEqual(4096);
  });

  test('a snapshot of another layout is refused, not misread', () => {
    const fold = new LaneFold(() => profile);
    expect(() => fold.restore(1, new Uint8Array(stateBytes))).toThrow('not of this layout');
    expect(() => fold.restoreLane(new Uint8Array(16))).toThrow('not of this layout');
  });

  test('a detector that throws is left out and counted; the others give what they gave', () => {
    const broken: Detector = {
      ...(detectors[0] as Detector),
      look(look) {
        if (look.entry.seq % 2 === 0) throw new Error('broken');
      },
    };
    const fold = new LaneFold(() => profile, [broken, ...detectors.slice(1)]);
    const whole = new LaneFold(() => profile);
    const entries = writeEntries('k*30 f*10');
    for (const entry of entries) {
      const own = fold.fold(entry)?.own.slice(1);
      expect(own).toEqual(whole.fold(entry)?.own.slice(1));
    }
    expect(fold.thrown()).toEqual([20, ...Array(11).fill(0)]);
    expect(carriedOn(fold).thrown()[0]).toBe(20);
  });

  test('one that throws at a claim is left out too; who waits for claims hears of them', () => {
    const broken: Detector = {
      ...(detectors[0] as Detector),
      explanation() {
        throw new Error('broken');
      },
    };
    const [drawn, claims, later] = ['e*25 n*20', 'c*20', '+12h e +12h e k '.repeat(4)];
    const fold = new LaneFold(() => profile, [broken, ...detectors.slice(1)]);
    const whole = verdicts(new LaneFold(() => profile), writeEntries(`${drawn} ${claims} ${later}`));
    expect(verdicts(fold, writeEntries(`${drawn} ${claims} ${later}`))).toEqual(whole);
    // Claims of account 2, of which nothing is known here, ask no detector.
    expect(fold.thrown()).toEqual([20, ...Array(11).fill(0)]);
    expect(fold.lastThrown).toEqual(new Error('broken'));
    const notExplained = detectors.findIndex(({ name }) => name === 'not-explained');
    const without = verdicts(new LaneFold(() => profile), writeEntries(`${drawn} ${later}`));
    const [heard = 0, unheard = 0] = [whole, without].map(
      (all) => JSON.parse(all.at(-1) ?? '').own[notExplained],
    );
    expect(heard).toBe(0);
    expect(unheard).toBeGreaterThan(5);
  });
});

describe('levels', () => {
  const attacked = (fold: LaneFold, entries: readonly FollowedEntry[]) =>
    entries.map((entry) => fold.fold(entry)?.level).filter((level) => level !== undefined);

  test('a thief is challenged, restricted and suspended within fifteen people', () => {
    const fold = new LaneFold(() => profile);
    const seen = attacked(fold, writeEntries('k*60 f*15')).slice(60);
    expect([
      seen.indexOf('challenge') + 1,
      seen.indexOf('restrict') + 1,
      seen.indexOf('suspend') + 1,
    ]).toEqual([8, 9, 10]);
  });

  const standing = { kind: 3, subject: null };
  const heldAt = (action: number) => ({ ...standing, action, by: 0, reason: 2 });
  const ends = {
    answered: { ...standing, action: 0, by: 1, reason: 3 },
    expired: { ...standing, action: 0, by: 0, reason: 2 },
    opened: { ...standing, action: 0, by: 99, reason: 1 },
  };
  /** Robbed until a step of this level, which ends so; then what comes, a quarter of an hour apart. */
  function levelsAfter(robbed: string, level: number, how: keyof typeof ends, then: string) {
    const fold = new LaneFold(() => profile);
    const first = writeEntries(`v*10 k*60 ${robbed}`);
    attacked(fold, first);
    const last = first.at(-1) as FollowedEntry;
    fold.fold({ ...last, ...heldAt(level) });
    fold.fold({ ...last, ...ends[how], at: last.at + 24 * 3_600_000_000 });
    return writeEntries(then).map((entry) => {
      const at = last.at + 25 * 3_600_000_000 + entry.seq * 9e8;
      const subject = entry.subject?.startsWith('known') ? entry.subject : `then ${entry.subject}`;
      const { bits, level: now } = fold.fold({ ...entry, at, subject }) ?? { bits: 0, level: 'none' };
      return { bits, level: now };
    });
  }

  test.each([
    ['an answered challenge', 'f*8', 1, 'answered'],
    ['a restriction that is over after a day', 'f*9', 2, 'expired'],
    ['a suspension that e-BH did not allow, over after a day', 'f*10', 2, 'expired'],
  ] as const)('%s does not come again because of known patients', (_says, robbed, level, how) => {
    const seen = levelsAfter(robbed, level, how, 'v*10');
    // The evidence is still there, nearly as high as it was.
    expect(seen[0]?.bits).toBeGreaterThan(12);
    expect(seen.map((each) => each.level)).toEqual(Array(10).fill('none'));
  });

  test.each([
    ['an answered challenge', 'f*8', 1, 'answered', 'restrict'],
    ['a restriction that is over after a day', 'f*9', 2, 'expired', 'suspend'],
  ] as const)(
    '%s comes again, or a stricter one, when the theft goes on',
    (_says, robbed, level, how, to) => {
      const seen = levelsAfter(robbed, level, how, 'f*4');
      const first = seen.findIndex((each) => each.level !== 'none');
      expect(first).toBeLessThan(3);
      expect(seen[first]?.level).toBe(to);
    },
  );

  test('evidence that fell to an eighth is over: the next step needs no more than the first', () => {
    const seen = levelsAfter('f*9', 2, 'expired', 'k*400 f*12');
    const low = seen.slice(0, 400).findIndex(({ bits }) => bits < 10);
    expect(low).toBeGreaterThan(0);
    expect(seen.slice(0, 400).every(({ level }) => level === 'none')).toBe(true);
    const first = seen.slice(400).find(({ level }) => level !== 'none');
    expect(first?.level).toBe('challenge');
    expect(first?.bits).toBeLessThan(20.5);
  });

  test('on the day of an answered challenge none is asked, and what is stricter is', () => {
    const fold = new LaneFold(() => profile);
    const entries = writeEntries(`v*10 k*60 f*8 v +${challengeAgainAfterHours}h v`);
    attacked(fold, entries.slice(0, 77));
    const [last, again] = [entries[77], entries[78]] as [FollowedEntry, FollowedEntry];
    expect(fold.fold(last)?.level).toBe('challenge');
    fold.fold({ ...last, ...heldAt(1) });
    fold.fold({ ...last, ...ends.answered });
    expect(fold.fold(again)?.level).toBe('none');
    const worse = writeEntries('f*12').map((entry) => {
      return { ...entry, at: again.at + entry.seq * 1e8, subject: `worse ${entry.seq}` };
    });
    expect(attacked(fold, worse).at(-1)).toBe('suspend');
  });

  test('a step undone by the operator starts the evidence again', () => {
    const [after] = levelsAfter('f*12', 3, 'opened', 'v');
    expect(after).toMatchObject({ level: 'none' });
    expect(after?.bits).toBeLessThan(3);
  });

  test('two honey persons suspend at once, and until somebody opens the account again', () => {
    const fold = new LaneFold(() => profile);
    expect(attacked(fold, writeEntries('k*10 h k i k*40')).slice(9)).toEqual([
      ...['none', 'restrict', 'restrict'],
      ...Array(41).fill('suspend'),
    ]);
  });

  test.each([
    [
      'one, whom somebody had asked for at a rival’s counter, restricts for a day',
      'h k +26h k',
      'restrict restrict none',
    ],
    ['again and again the same', 'h h h', 'restrict restrict restrict'],
    ['the same again a day later asks for nothing', 'h +26h h k', 'restrict none none'],
    ['two within thirty days', 'h +8d k +8d i', 'restrict none suspend'],
    ['two in forty days are no walk', 'h +20d k +20d i', 'restrict none restrict'],
    ['alone, then in a walk', 'o h', 'none restrict'],
  ])('honey persons: %s', (_says, entries, levels) => {
    const fold = new LaneFold(() => profile);
    expect(attacked(fold, writeEntries(`k*10 ${entries}`)).slice(10)).toEqual(levels.split(' '));
  });

  test('a honey person that was judged harmless asks for nothing when it is met again', () => {
    const entries = writeEntries('k*10 h h i');
    const fold = new LaneFold(() => profile);
    expect(attacked(fold, entries.slice(0, 11)).at(-1)).toBe('restrict');
    const undone = { ...(entries[10] as FollowedEntry), kind: 3, action: 0, subject: null };
    fold.fold({ ...undone, by: 99, reason: 1 });
    expect(attacked(fold, entries.slice(11))).toEqual(['none', 'restrict']);
  });
});

test('contained, or near it, an account teaches nothing', () => {
  const days = Array(40).fill('f*60 +19h').join(' ');
  const [free, held] = [new LaneFold(() => profile), new LaneFold(() => profile)];
  const entries = writeEntries(`k*60 ${days}`);
  for (const entry of entries) free.fold(entry);
  held.fold({ ...(entries[0] as FollowedEntry), kind: 3, action: 2, by: 0, reason: 2, subject: null });
  for (const entry of entries) held.fold(entry);
  // Forty days of theft, and a usual week after an operator opened it: the next theft is seen as the
  // first was.
  const open = { ...(entries.at(-1) as FollowedEntry), kind: 3, action: 0, by: 99, reason: 1, subject: null };
  for (const fold of [free, held]) {
    fold.fold(open);
    const again = writeEntries('k*40 f*12').map((entry) => {
      return { ...entry, at: open.at + entry.seq * 3e8, subject: `again ${entry.seq}` };
    });
    expect(again.map((entry) => fold.fold(entry)?.level).at(-1)).toBe('suspend');
  }
});

/** Rates at which the guarantee is hardest to keep: the bounds themselves, or so many times as much. */
function atBounds(profession: string, times = 1) {
  const bound = (name: string) => {
    const { nullRates } = detectors.find((each) => each.name === name) as Detector;
    return Math.min(0.95, times * (nullRates.find((row) => row.profession === profession)?.upper ?? 1));
  };
  return {
    neverSeen: bound('never-seen'),
    elsewhere: bound('geography'),
    claimed: 1 - bound('not-explained'),
    unknown: bound('unknown-people'),
  };
}

/** How many accounts came to each level, beside how many the promise allows in so many account-days. */
function levelsReached(profession: string, work: Omit<HonestWork, 'seed' | 'known'>) {
  const fold = new LaneFold(() => ({ profession, dailyLookups: work.dailyLookups }));
  const highest = new Map<number, number>();
  // Nobody comes twice a day: of different people, as many are new as is said.
  for (const entry of honestDays({ ...work, seed: 11, known: 1e6 })) {
    const { account, level } = fold.fold(entry) ?? { account: 0, level: 'none' };
    highest.set(account, Math.max(highest.get(account) ?? 0, levels.indexOf(level as Level)));
  }
  const days = (work.accounts * work.days * 5) / 7;
  return (['challenge', 'restrict', 'suspend'] as const).map((level) => ({
    came: [...highest.values()].filter((each) => each >= levels.indexOf(level)).length,
    promised: days / accountDays[level],
  }));
}

/** What chance exceeds once in a hundred times, where so many are promised on average. */
function byChance(promised: number): number {
  let [most, term] = [0, Math.exp(-promised)];
  for (let sum = term; sum < 0.99; sum += term) {
    most += 1;
    term *= promised / most;
  }
  return most;
}

// In its first week an account is judged by the bounds; later by its own rates, where they are higher.
test.each([
  ['pharmacist', { dailyLookups: 150, accounts: 120, days: 7 }],
  ['general-practitioner', { dailyLookups: 22, accounts: 500, days: 7 }],
  ['optician', { dailyLookups: 10, accounts: 1_000, days: 7 }],
  ['general-practitioner', { dailyLookups: 22, accounts: 60, days: 56 }],
] as const)(
  'at the bounds of its rates a %s is challenged no more than promised (%o)',
  (profession, size) => {
    const [challenged, ...worse] = levelsReached(profession, { ...size, ...atBounds(profession) });
    expect(challenged?.came).toBeLessThanOrEqual(byChance(challenged?.promised ?? 0));
    for (const { came, promised } of worse) expect(came).toBeLessThanOrEqual(byChance(promised));
  },
  60_000,
);

test('half above the bounds more are challenged than promised', () => {
  const size = { dailyLookups: 150, accounts: 40, days: 7, ...atBounds('pharmacist', 1.5) };
  const [challenged] = levelsReached('pharmacist', size);
  expect(challenged?.came).toBeGreaterThan(byChance(challenged?.promised ?? 0));
}, 60_000);
