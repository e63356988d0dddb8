import { expect, test } from 'vitest';
import { LaneState } from './lane-state.ts';

const hourUs = 3_600_000_000;

/** A lane where accounts draw in turn and claims are heard of; then no claim comes any more. */
function silentFor(hours: number, drawing: number, usual: number): LaneState {
  const lane = new LaneState();
  let at = 1e15;
  lane.passTo(at);
  for (let each = 0; each < 200; each += 1) {
    at += hourUs / 6;
    lane.passTo(at);
    lane.hearDraw(1 + (each % usual));
    lane.hearClaim();
  }
  expect(lane.claimsSilent).toBe(false);
  for (let each = 0; each < hours * 60; each += 1) {
    at += hourUs / 60;
    lane.passTo(at);
    lane.hearDraw(1 + (each % drawing));
  }
  return lane;
}

test.each([
  ['two stolen accounts that draw in turn all night', 11, 2, 40, false],
  ['and all week', 168, 2, 40, false],
  ['six of forty', 168, 6, 40, false],
  ['a night at which everybody draws and nobody claims', 11, 40, 40, false],
  ['a day without a claim: the feed', 17, 40, 40, true],
  ['a day without a claim where five work', 17, 5, 5, true],
  ['a day in which two of five draw', 17, 2, 5, false],
] as const)('silence of claims: %s', (_says, hours, drawing, usual, isSilent) => {
  const lane = silentFor(hours, drawing, usual);
  expect(lane.claimsSilent).toBe(isSilent);
  // The alarm comes sooner: it costs an officer a look, and a thief nothing.
  expect(lane.claimsMissing).toBe(true);
  lane.hearClaim();
  expect(lane.claimsSilent).toBe(false);
});

test.each([
  ['a flood of forty stolen accounts, in ten minutes', 40, 600, 0.5, false],
  [
    'a night at which an account or two draw every ten minutes, and a flood in the morning',
    2,
    66,
    600,
    false,
  ],
  ['two hours in which everybody works and no claim comes', 40, 600, 12, true],
] as const)('the alarm: %s', (_says, drawing, draws, everySeconds, isMissing) => {
  const lane = silentFor(0, drawing, 40);
  let at = 1.1e15;
  for (let each = 0; each < draws; each += 1) {
    at += everySeconds * 1e6;
    lane.passTo(at);
    lane.hearDraw(1 + (each % drawing));
  }
  expect(lane.claimsMissing).toBe(isMissing);
});
