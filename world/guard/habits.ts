import type { ProfessionCode } from '../../src/modules/rights/index.ts';

/** What follows a lookup, and how many such accounts there are. All of it is assumed: real days settle it. */
export type Habit = {
  /** Accounts of the profession among some hundred that serve twenty thousand people. */
  readonly accounts: number;
  /** Of new people who were not there, those for whom a claim, a quote or an engagement follows. */
  readonly followed: number;
  /** Hours after which it follows, at least and at most. */
  readonly afterHours: readonly [number, number];
  /** Known people at the beginning, in days of work. */
  readonly poolDays: number;
  /** Closes for holidays, or somebody stands in. */
  readonly holidays: 'closes' | 'stands-in' | 'never';
  /** Busier when everybody is ill. */
  readonly surges: boolean;
};

/** 94 % of the accesses to records of an American hospital were explained (Fabbri and LeFevre, 2013). */
const mostly = 0.94;

const practice: Omit<Habit, 'accounts'> = {
  followed: mostly,
  afterHours: [1, 48],
  poolDays: 30,
  holidays: 'closes',
  surges: false,
};
const desk: Omit<Habit, 'accounts'> = { ...practice, afterHours: [1, 24], holidays: 'never' };

const habits: Readonly<Record<ProfessionCode, Habit>> = {
  pharmacist: { ...desk, accounts: 6, afterHours: [0.1, 6], poolDays: 20, surges: true },
  // Two of five quotes end without a sale.
  optician: { ...practice, accounts: 4, followed: 0.6, afterHours: [24, 168], poolDays: 90 },
  'general-practitioner': { ...practice, accounts: 19, afterHours: [0.3, 30], surges: true },
  specialist: { ...practice, accounts: 8 },
  dentist: { ...practice, accounts: 8, followed: 0.85, afterHours: [2, 168], poolDays: 60 },
  audiologist: { ...practice, accounts: 1, followed: 0.6, afterHours: [24, 168], poolDays: 60 },
  nurse: { ...practice, accounts: 21, poolDays: 4, holidays: 'stands-in', surges: true },
  physiotherapist: { ...practice, accounts: 17, poolDays: 4 },
  midwife: { ...practice, accounts: 2, poolDays: 20 },
  'allied-professional': { ...practice, accounts: 4, poolDays: 15 },
  laboratory: { ...desk, accounts: 1, poolDays: 20, surges: true },
  radiologist: { ...desk, accounts: 1 },
  'health-centre': { ...desk, accounts: 1, poolDays: 20, surges: true },
  'hospital-admission': { ...desk, accounts: 1, afterHours: [4, 36], poolDays: 40 },
  'emergency-admission': { ...desk, accounts: 1, afterHours: [1, 8], surges: true },
  'medical-transport': { ...desk, accounts: 2, afterHours: [2, 60], poolDays: 15 },
  'medical-supplier': { ...desk, accounts: 1, afterHours: [2, 60], poolDays: 20 },
  'thermal-spa': { ...desk, accounts: 1, afterHours: [2, 48] },
};

/** The habits of a profession. */
export function habitOf(profession: string): Habit {
  const habit = habits[profession as ProfessionCode];
  if (habit === undefined) throw new Error(`no habits of ${profession}`);
  return habit;
}

/** How honest accounts of every profession work. */
export const common = {
  /** A number mistyped, or a birth date: nobody is found, and the right one is asked at once. */
  mistyped: 0.01,
  /** New people who live elsewhere, and in August where tourists go. */
  visitors: 0.1,
  touristVisitors: 0.5,
  touristAreas: 0.2,
  /** Strangers beside the usual, in August where tourists go, and when somebody stands in. */
  moreStrangers: 1.5,
  /** Twins, and whoever stands on a list beside somebody. */
  sameRun: 0.0005,
  /** Accounts that look up everybody of the day at its beginning, one after the other. */
  lists: 0.1,
  listGapSeconds: [6, 25],
  /**
   * Houses whose software sends claims and never asks before: in one go, in the evening, or once a week; and of
   * those, how many in the order of the numbers. Of the claims, those accepted at once.
   */
  claimsOnly: 0.1,
  claimsWeekly: 0.3,
  claimsInOrder: 0.3,
  claimsAccepted: 0.95,
  claimGapMicros: 50_000,
  /** Days worked from another network: a telephone, a visit. */
  elsewhereDays: 0.03,
  /** Weeks of holidays, in August and in other months; and of those, how many find somebody to stand in. */
  augustHolidays: 0.35,
  otherHolidays: 0.07,
  standsIn: 0.4,
  /** Accounts that open while the days are played, and that nobody uses. */
  opening: 0.01,
  dormant: 0.01,
  /** Practices that share a network and an organisation with the account before. */
  together: 0.3,
  /** Hospital desks busier than this have more clerks, each with an account. */
  deskPeopleMost: 40,
} as const;
