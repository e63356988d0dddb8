import type { ProfessionCode } from '../../src/modules/rights/index.ts';

/** From an hour to another, and how busy it is there beside the rest of the day. Hours may be halves. */
type Stretch = readonly [from: number, to: number, busy: number];

/**
 * When people come to one profession, in Paris time. No hours are published: all of them are assumed, until
 * real days settle them.
 */
export type Opening = {
  /** What the assumption rests on. */
  readonly because: string;
  readonly stretches: readonly Stretch[];
  /** How much of an ordinary day each day of the week brings, from Monday. 0 is closed. */
  readonly week: readonly number[];
};

/**
 * A Monday is 20 % of a general practitioner's week (sourced): over five days and a half, 1.1 ordinary days
 * (derived). For the others it is assumed: no figure was found, and a heavier first day is the harder one.
 */
const monday = 1.1;
/** So that five weekdays make five ordinary days; Saturdays and Sundays are assumed. */
const ordinary = 0.98;
const halfSaturday = [monday, ordinary, ordinary, ordinary, ordinary, 0.5, 0];
const fullSaturday = [monday, ordinary, ordinary, ordinary, ordinary, 1, 0];
const weekdays = [monday, ordinary, ordinary, ordinary, ordinary, 0, 0];
const lessAtWeekends = [monday, ordinary, ordinary, ordinary, ordinary, 0.6, 0.5];
const everyDay = [1, 1, 1, 1, 1, 1, 1];

const noFigure = 'no published hours; a dip at lunch';

function practice(from: number, to: number, because = noFigure): Opening {
  const stretches: Stretch[] = [
    [from, 12, 1],
    [12, 14, 0.35],
    [14, to, 1],
  ];
  return { because, stretches, week: halfSaturday };
}

function shop(from: number, to: number): Opening {
  const stretches: Stretch[] = [
    [from, 12, 1],
    [12, 14, 0.5],
    [14, 17, 0.9],
    [17, to, 1.3],
  ];
  return { because: `${noFigure}, busiest after work`, stretches, week: fullSaturday };
}

/** When each profession works, and what that rests on. */
const openings: Readonly<Record<ProfessionCode, Opening>> = {
  pharmacist: shop(8.5, 19.5),
  optician: shop(9.5, 19),
  'general-practitioner': practice(8, 19, 'from 8 to 19 h as day models have it; the dip is a guess'),
  specialist: practice(9, 19),
  dentist: practice(9, 19),
  audiologist: practice(9, 18.5),
  nurse: {
    because: 'two rounds, of the morning and of the evening, every day of the week',
    stretches: [
      [6.5, 12, 1.4],
      [12, 16, 0.4],
      [16, 20, 1],
    ],
    week: lessAtWeekends,
  },
  physiotherapist: practice(8, 20),
  midwife: practice(9, 18),
  'allied-professional': practice(9, 19),
  laboratory: {
    because: 'fasting patients: most come from 7 to 10 h',
    stretches: [
      [7, 10, 4],
      [10, 12, 1.2],
      [12, 14, 0.5],
      [14, 18, 0.6],
    ],
    week: halfSaturday,
  },
  radiologist: { ...practice(8, 19), because: 'rooms go on at noon, fewer of them', week: halfSaturday },
  'health-centre': practice(8, 20),
  'hospital-admission': {
    because: 'day patients come early; the evening and the weekend are emergencies of others',
    stretches: [
      [6.5, 10, 2],
      [10, 16, 1],
      [16, 19, 0.4],
    ],
    week: lessAtWeekends,
  },
  'emergency-admission': {
    because: 'flat over 24 hours, as day models have it',
    stretches: [[0, 24, 1]],
    week: everyDay,
  },
  'medical-transport': {
    because: 'to a series in the morning, to another after noon, home in the evening',
    stretches: [
      [5.5, 9, 1.5],
      [9, 12, 0.8],
      [12, 14, 1.3],
      [14, 20, 0.7],
    ],
    week: lessAtWeekends,
  },
  'medical-supplier': { ...practice(8.5, 18), week: weekdays },
  'thermal-spa': {
    because: 'arrivals of a season, more of them in the morning',
    stretches: [
      [7, 12, 1.5],
      [12, 14, 0.3],
      [14, 18, 0.7],
    ],
    week: fullSaturday,
  },
};

/** When people come to a profession. */
export function openingOf(profession: string): Opening {
  const opening = openings[profession as ProfessionCode];
  if (opening === undefined) throw new Error(`no opening hours for ${profession}`);
  return opening;
}

/** How much of an ordinary day a day of the calendar brings. Public holidays are played as their weekday. */
export function loadOf(opening: Opening, day: string): number {
  const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
  return opening.week[weekday] ?? 0;
}

/** The minute of the day at which somebody comes, for a share of the day's people that came before. */
export function minuteAt(opening: Opening, share: number): number {
  const whole = opening.stretches.reduce((sum, [from, to, busy]) => sum + (to - from) * busy, 0);
  let left = share * whole;
  for (const [from, to, busy] of opening.stretches) {
    const weight = (to - from) * busy;
    if (left < weight) return Math.floor(60 * (from + left / busy));
    left -= weight;
  }
  return lastMinute(opening);
}

/** The last minute at which somebody comes. */
export function lastMinute(opening: Opening): number {
  const last = opening.stretches.at(-1);
  if (last === undefined) throw new Error('a profession that never opens');
  return 60 * last[1] - 1;
}

/** Whether somebody may come in that minute. */
export function isOpenAt(opening: Opening, minute: number): boolean {
  return opening.stretches.some(([from, to]) => minute >= 60 * from && minute < 60 * to);
}
