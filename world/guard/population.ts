import { allowanceFigures, type Profession, professions } from '../../src/modules/rights/index.ts';
import { Random } from '../random.ts';
import { type Calendar, dayAt } from './calendar.ts';
import type { Doing } from './doing.ts';
import { GuardedRecord } from './guarded-record.ts';
import { common, habitOf } from './habits.ts';
import { LeanAllowance } from './lean-allowance.ts';
import { type Post, WorkingAccount } from './working-account.ts';

/** Professionals who work, and the record of what they ask. */
export type Population = {
  readonly workers: ReadonlyMap<number, WorkingAccount>;
  readonly record: GuardedRecord;
  readonly calendar: Calendar;
};

export type PopulationPlan = {
  readonly accounts: number;
  readonly seed: number;
  readonly calendar: Calendar;
  /** How many people show their card, when not as the table of professions has it. */
  readonly presence?: number;
};

/** Forty clerks of one hospital, behind one network. */
const clerks = 40;
const clients = 24;

/** As many honest accounts as asked, of all professions in their shares, whoever they already served. */
export function settle(plan: PopulationPlan): Population {
  const first = dayAt(plan.calendar, 0);
  const record = new GuardedRecord();
  const workers = new Map<number, WorkingAccount>();
  for (const drawn of postsOf(plan)) {
    const post = plan.presence === undefined ? drawn : { ...drawn, presence: plan.presence };
    const { cap, renewalPerDay, usualNewPeoplePerDay, peoplePerDayMax, openingBalance } = allowanceFigures(
      post.profession.figures,
    );
    const figures = {
      cap,
      renewalPerDay,
      usual: usualNewPeoplePerDay,
      peoplePerDayMax,
      opening: openingBalance,
    };
    const isNew = post.opensOn >= 0;
    const openedOn = first.number + (isNew ? post.opensOn : -400);
    const allowance = new LeanAllowance(figures, openedOn);
    const worker = new WorkingAccount(post, plan.seed, (person) => allowance.knows(person, first.number));
    for (const person of worker.known) allowance.remember(person, first.number);
    record.open(post, allowance);
    workers.set(post.account, worker);
  }
  return { workers, record, calendar: plan.calendar };
}

/** All that the honest do on a day, in order of time. */
export function planDay({ workers, calendar }: Population, index: number): Doing[] {
  const day = dayAt(calendar, index);
  const doings: Doing[] = [];
  for (const worker of workers.values()) worker.planDay(day, doings);
  return doings.sort(inTime);
}

/** Orders what is done by time, and by account at one instant. */
export function inTime(one: Doing, other: Doing): number {
  return one.at - other.at || one.account - other.account;
}

function postsOf({ accounts, seed }: PopulationPlan): Post[] {
  const shares = professions.flatMap((each) =>
    Array.from({ length: habitOf(each.code).accounts }, () => each),
  );
  const hospital = professions.find(({ code }) => code === 'hospital-admission');
  const posts: Post[] = [];
  const random = new Random(seed, 0x706f7374);
  const inHospital = accounts >= 10 * clerks ? clerks : 0;
  for (let account = 1; account <= accounts; account += 1) {
    const area = Math.floor((account - 1) / shares.length);
    const isClerk = hospital !== undefined && account > accounts - inHospital;
    const profession = isClerk ? hospital : shares[(account - 1) % shares.length];
    if (profession === undefined) throw new Error('a population without professions');
    posts.push(postOf({ account, area, profession, isClerk }, posts.at(-1), random));
  }
  return posts;
}

function postOf(
  {
    account,
    area,
    profession,
    isClerk,
  }: Pick<Post, 'account' | 'area' | 'profession'> & { isClerk: boolean },
  before: Post | undefined,
  random: Random,
): Post {
  const isTogether = before?.profession === profession && (isClerk || random.chance(common.together));
  const joined = isTogether ? before : undefined;
  const isNew = !isClerk && random.chance(common.opening);
  return {
    account,
    profession,
    area: isClerk && joined !== undefined ? joined.area : area,
    organisation: joined?.organisation ?? account,
    network: joined?.network ?? 1_000_000 + account,
    client: joined?.client ?? random.between(1, clients),
    isTourist: new Random(area, 0x746f7572).chance(common.touristAreas),
    isDormant: !isClerk && !isNew && random.chance(common.dormant),
    opensOn: isNew ? random.between(5, 70) : -1,
  };
}

/** Lookups on a usual day of a profession. */
export function dailyLookups(profession: Profession): number {
  return profession.figures.lookupsPerDay.value;
}
