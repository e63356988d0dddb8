import { assert, integer, array as listOf, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectors } from '../detectors/detectors.ts';
import { writeEntries } from '../detectors/short-notation.ts';
import { EvidenceCounts } from './e-bh.ts';
import type { Finding } from './finding.ts';
import type { FollowedEntry } from './followed-entry.ts';
import { honestDays } from './honest-days.ts';
import { LaneFold } from './lane-fold.ts';

const profile = { profession: 'general-practitioner', dailyLookups: 22 };
const hourUs = 3_600_000_000;
const honest = { seed: 5, accounts: 40, days: 40, dailyLookups: 22, neverSeen: 0.15, claimed: 0.75 };

/** How many bits the account with most evidence ever had. */
function highest(entries: Iterable<FollowedEntry>): number {
  const fold = new LaneFold(() => profile);
  let bits = 0;
  for (const entry of entries) bits = Math.max(bits, fold.fold(entry)?.bits ?? 0);
  return bits;
}

/** The entries as a clock that jumps on a day would stamp them; the ledger lets none go back. */
function* jumping(entries: Iterable<FollowedEntry>, day: number, byUs: number): Generator<FollowedEntry> {
  let [first, last] = [0, 0];
  for (const entry of entries) {
    first ||= entry.at;
    const isAfter = entry.at - first > day * 24 * hourUs;
    last = Math.max(last, entry.at + (isAfter ? byUs : 0));
    yield { ...entry, at: last };
  }
}

describe('a clock that jumps', () => {
  const usual = highest(honestDays(honest));

  test.each([
    ['five minutes back: time stands still', -hourUs / 12],
    ['an hour forward', hourUs],
    ['a day forward', 24 * hourUs],
    ['a month forward', 30 * 24 * hourUs],
    ['ten years forward', 87_600 * hourUs],
  ])('%s, and nobody who is honest is challenged more than before', (_, byUs) => {
    const bits = highest(jumping(honestDays(honest), 31.4, byUs));
    // A challenge of this profession takes 14.4.
    expect(usual).toBeLessThan(14.4);
    expect(bits).toBeLessThan(14.4);
    expect(bits).toBeGreaterThan(0);
  });

  test('it makes nobody late with a claim: no delay passes by a jump', () => {
    const fold = new LaneFold(() => profile);
    const notExplained = detectors.findIndex(({ name }) => name === 'not-explained');
    const trained = writeEntries('e*21 n*12 v*3');
    for (const entry of trained) fold.fold(entry);
    expect(fold.claimsSilent).toBe(false);
    const last = trained.at(-1) as FollowedEntry;
    for (const days of [1, 30, 3650]) {
      const jumped = { ...last, at: last.at + days * 24 * hourUs, seq: last.seq + days };
      expect(fold.fold(jumped)?.own[notExplained]).toBe(0);
    }
  });

  test('it takes no evidence from a thief', () => {
    for (const byUs of [-hourUs / 12, hourUs, 240 * hourUs]) {
      const entries = writeEntries('k*60 f*15');
      const cut = entries[66] as FollowedEntry;
      const fold = new LaneFold(() => profile);
      let [last, end] = [0, 'none'];
      for (const entry of entries) {
        last = Math.max(last, entry.at + (entry.seq >= cut.seq ? byUs : 0));
        end = fold.fold({ ...entry, at: last })?.level ?? end;
      }
      expect(end).toBe('suspend');
    }
  });

  test('whatever it says, evidence is a number, and the fold goes on', { timeout: 60_000 }, () => {
    const entries = writeEntries('e*21 k*40 f*5 v*10 c*3 s b s n*20');
    const ever = listOf(integer({ min: -1e15, max: 1e15 }), { minLength: 5, maxLength: 5 });
    assert(
      property(ever, (jumps) => {
        const fold = new LaneFold(() => profile);
        for (const entry of entries) {
          const at = Math.max(0, entry.at + (jumps[entry.seq % jumps.length] ?? 0));
          const finding = fold.fold({ ...entry, at });
          if (finding === undefined) continue;
          for (const bits of [finding.bits, ...finding.own]) expect(bits).toSatisfy(Number.isFinite);
        }
        expect(fold.thrown()).toEqual(detectors.map(() => 0));
      }),
      { numRuns: 100, seed: 6 },
    );
  });
});

describe('lanes that are not equally fast', () => {
  const lanes = [0, 1, 2].map((lane) => {
    const days = [...honestDays({ ...honest, seed: lane + 1, accounts: 6, days: 12 })];
    return days.map((entry) => ({ ...entry, lane }));
  });

  /** Each lane's findings, the lanes folded in the order that a draw of lanes says. */
  function foldInOrder(draw: (turn: number) => number): string[][] {
    const evidence = new EvidenceCounts();
    const folds = lanes.map(() => new LaneFold(() => profile, detectors, evidence));
    const told: string[][] = lanes.map(() => []);
    const places = [0, 0, 0];
    for (let turn = 0; places.some((place, lane) => place < (lanes[lane]?.length ?? 0)); turn += 1) {
      const lane = draw(turn) % 3;
      const entry = lanes[lane]?.[places[lane] ?? 0];
      if (entry === undefined) continue;
      places[lane] = (places[lane] ?? 0) + 1;
      told[lane]?.push(JSON.stringify(folds[lane]?.fold(entry) ?? null));
    }
    return told;
  }

  test('each comes to the findings that it comes to alone', () => {
    const inTurn = foldInOrder((turn) => turn);
    const alone = lanes.map((entries) => {
      const fold = new LaneFold(() => profile);
      return entries.map((entry) => JSON.stringify(fold.fold(entry) ?? null));
    });
    expect(inTurn).toEqual(alone);
    expect(foldInOrder((turn) => (turn < 900 ? 2 : turn < 2500 ? 0 : turn))).toEqual(alone);
    expect(foldInOrder((turn) => (Math.imul(turn, 0x9e3779b1) >>> 7) % 3)).toEqual(alone);
  });

  test('only e-BH looks at the others: whom they have not come to yet can only be missing', () => {
    const bits = listOf(integer({ min: 0, max: 480 }), { minLength: 1, maxLength: 40 });
    assert(
      property(bits, bits, (here, elsewhere) => {
        const [behind, upToDate] = [new EvidenceCounts(), new EvidenceCounts()];
        for (const each of here) for (const counts of [behind, upToDate]) counts.move(0, each / 10);
        for (const each of elsewhere) upToDate.move(0, each / 10);
        for (const each of here) {
          if (behind.maySuspend(each / 10, 80)) expect(upToDate.maySuspend(each / 10, 80)).toBe(true);
        }
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  test('counts that lanes share are those of all their accounts, also after one was taken back', () => {
    const evidence = new EvidenceCounts();
    const [one, other] = [
      new LaneFold(() => profile, detectors, evidence),
      new LaneFold(() => profile, detectors, evidence),
    ];
    const thief = writeEntries('k*60 f*12');
    let last: Finding | undefined;
    for (const entry of thief) last = one.fold(entry) ?? last;
    const bits = last?.bits ?? 0;
    expect(bits).toBeGreaterThan(17);
    const monitored = 0.1 * 2 ** (Math.floor(bits) - 1);
    expect(evidence.maySuspend(bits, monitored)).toBe(true);
    expect(evidence.maySuspend(bits, 8 * monitored)).toBe(false);
    other.restore(1, one.stateOf(1));
    expect(evidence.maySuspend(bits, 3 * monitored)).toBe(true);
    other.fold({ ...(thief[71] as FollowedEntry), kind: 3, action: 0, by: 99, reason: 1, subject: null });
    expect(evidence.maySuspend(bits, 3 * monitored)).toBe(false);
    expect(evidence.maySuspend(bits, monitored)).toBe(true);
  });
});
