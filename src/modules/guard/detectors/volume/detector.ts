import { type AccountState, floatAt, numberAt, numberOf, shortAt } from '../../fold/account-state.ts';
import { alternatives, held } from '../../fold/e-detector.ts';
import type { LaneState } from '../../fold/lane-state.ts';
import type { Look } from '../../fold/look.ts';
import { hourClass } from '../../fold/paris-hours.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { busyHour, expectedIn, foldDay, isJudged, prepareRates } from './baseline.ts';
import { nullRates } from './null-rate.ts';

/** How many times more new people than usual. */
const times = new Float64Array([1.5, 2, 4, 8, 16, 64]);
const logTimes = times.map(Math.log);
const running = numberAt.tracks + trackOf.volume * alternatives;
/** Days of one account differ by 0.3 of their mean (assumed): a size of 1 / 0.3². */
const daySize = 11;
const dayTimesMax = 2;
const unusualHourPart = 0.5;
/**
 * Within an hour people come in families and from the same waiting room: never steadier than this
 * (assumed).
 */
const hourSizeMax = 4;
const skippedHoursMax = 24;

/**
 * One observation for each hour in which the account works, judged at every new person in it. Counts are
 * negative binomial: a mean that is itself uncertain, the hour's from what the account did, the day's
 * from the day's earlier hours. Hours between without any lookup belong to the next one.
 */
export const volume: Detector = {
  number: 3,
  name: 'volume',
  says: { fr: 'plus de personnes nouvelles que d’habitude', en: 'more new people than usual' },
  weight: 0.1,
  nullRates: nullRates.rows,
  track: trackOf.volume,
  tracks: 1,
  look(look, account, lane) {
    // A week's claims may come within a minute.
    if (look.byClaim) return;
    if (numberOf(account, numberAt.hour) !== look.hour) openHour(look, account, lane);
    // The table is of new people for each lookup, of who is not opening.
    if (!look.opening) account.witness?.(trackOf.volume, look, look.stranger);
    if (!look.stranger) return;
    const { numbers, shorts } = account;
    const seen = numberOf(account, numberAt.hourCount) + 1;
    numbers[numberAt.hourCount] = seen;
    const hourOfDay = shortAt.today + (look.hour % 24);
    shorts[hourOfDay] = Math.min(65_535, (shorts[hourOfDay] as number) + 1);
    if (!isJudged(account, look, look.hour)) return;
    judge(account, look.hour, { seen, surge: lane.surgeOf(look.profession), to: running });
  },
};

/** An hour so far: its new people, the surge of everybody, and where its e-detectors go. */
type HourSoFar = { readonly seen: number; readonly surge: number; readonly to: number };

/**
 * The hour so far, against all that the whole of it should bring: less than the ratio so far would be, so
 * valid at any moment of the hour, and a door that opens at eight is no alarm at one minute past.
 */
function judge(account: AccountState, hour: number, { seen, surge, to }: HourSoFar): void {
  const { numbers } = account;
  const expected = expectedToday(account, hour) * surge;
  const size = sizeOf(account, hour);
  for (let k = 0; k < alternatives; k += 1) {
    const more = size + (times[k] as number) * expected;
    const log = seen * (logTimes[k] as number) + (seen + size) * Math.log((size + expected) / more);
    const closed = numbers[numberAt.volumeClosed + k] as number;
    numbers[to + k] = held(Math.exp(Math.min(log, 60)) * (1 + closed));
  }
}

/** What the hour should bring, knowing how the day went until it. */
function expectedToday(account: AccountState, hour: number): number {
  const day = numberOf(account, numberAt.dayExpected);
  const busy = (daySize + seenBefore(account, hour)) / (daySize + day);
  // An hour it never worked before is the matter of `hours`: here it may bring half of what a busy one does.
  const hourly = Math.max(expectedIn(account, hour), unusualHourPart * busyHour(account));
  return hourly * Math.min(dayTimesMax, busy);
}

function sizeOf(account: AccountState, hour: number): number {
  const own = account.floats[floatAt.volumeShape + hourClass(hour)] as number;
  return Math.max(1, Math.min(own, hourSizeMax));
}

function openHour(look: Look, account: AccountState, lane: LaneState): void {
  const { numbers } = account;
  const last = numberOf(account, numberAt.hour);
  prepareRates(account, look);
  if (last > 0) closeHour(account, last, look, lane);
  const day = Math.floor(look.hour / 24);
  if (numberOf(account, numberAt.day) !== day) {
    if (last > 0) foldDay(account, look, numberOf(account, numberAt.day));
    numbers[numberAt.day] = day;
    numbers[numberAt.dayExpected] = 0;
  }
  if (last > 0) passQuietHours(account, last, look.hour);
  numbers[numberAt.hour] = look.hour;
  numbers[numberAt.hourCount] = 0;
}

function closeHour(account: AccountState, hour: number, look: Look, lane: LaneState): void {
  const { numbers } = account;
  const surge = lane.surgeOf(look.profession);
  const seen = numberOf(account, numberAt.hourCount);
  const expected = expectedIn(account, hour);
  if (isJudged(account, look, hour)) {
    judge(account, hour, { seen, surge, to: running });
    numbers.copyWithin(numberAt.volumeClosed, running, running + alternatives);
  }
  numbers[numberAt.dayExpected] = numberOf(account, numberAt.dayExpected) + expected * surge;
  // A contained account is no witness of how busy everybody is.
  if (look.learns) lane.hearHour(look.profession, seen, expected);
}

/** Hours since the last one in which the account did nothing: nobody came, where some were expected. */
function passQuietHours(account: AccountState, last: number, now: number): void {
  let expected = 0;
  const from = Math.max(last + 1, now - skippedHoursMax);
  for (let hour = from; hour < now; hour += 1) expected += expectedIn(account, hour);
  if (expected === 0) return;
  for (let k = 0; k < alternatives; k += 1) {
    const more = daySize + (times[k] as number) * expected;
    const closed = numberAt.volumeClosed + k;
    account.numbers[closed] =
      Math.exp(daySize * Math.log((daySize + expected) / more)) * (account.numbers[closed] as number);
  }
}

/** New people of the day in hours before this one. */
function seenBefore(account: AccountState, hour: number): number {
  let seen = 0;
  const hourOfDay = hour % 24;
  for (let each = 0; each < hourOfDay; each += 1) seen += account.shorts[shortAt.today + each] as number;
  return seen;
}
