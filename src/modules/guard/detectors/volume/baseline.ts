import {
  type AccountState,
  flagOf,
  floatAt,
  hasFlag,
  numberAt,
  numberOf,
  setFlag,
  shortAt,
} from '../../fold/account-state.ts';
import type { Look } from '../../fold/look.ts';
import { hourClass, hourClasses, weekOf } from '../../fold/paris-hours.ts';
import { nullRates, parts } from './null-rate.ts';

/** Accounts of one profession differ by half of their mean (assumed): a size of 1 / 0.5². */
const openHourShape = 4;
/** At other hours and on weekends they differ far more: some are closed, some are on duty (assumed). */
const otherHourShape = 0.5;
/** Before an account lived so many days of a kind, its hours teach and are not judged. */
const daysLeast = 1.5;
const opensAt = 8;
const closesAt = 19;
/** What a day of long ago weighs, a day later. */
const keptPerDay = 0.98;
/** All hours together rise by a tenth a week at most. */
const driftMax = 1.1;

/** New people that an hour of this account brings, by its profession first and by its own days later. */
export function expectedIn(account: AccountState, hour: number): number {
  return rateOf(account, hourClass(hour));
}

/** New people in an hour of the account's working days, between eight and seven. */
export function busyHour(account: AccountState): number {
  let sum = 0;
  for (let kind = opensAt; kind < closesAt; kind += 1) sum += rateOf(account, kind);
  return sum / (closesAt - opensAt);
}

/** Whether the account lived enough days of this kind to be judged by them. */
export function isJudged(account: AccountState, look: Look, hour: number): boolean {
  const kind = hourClass(hour);
  const prior = priorShapeOf(kind) / priorRate(look, kind);
  return (account.floats[floatAt.volumeExposure + kind] as number) - prior >= daysLeast;
}

/** A new account starts from its profession. */
export function prepareRates(account: AccountState, look: Look): void {
  const { floats } = account;
  if ((floats[floatAt.volumeExposure] as number) > 0) return;
  for (let kind = 0; kind < hourClasses; kind += 1) {
    floats[floatAt.volumeShape + kind] = priorShapeOf(kind);
    floats[floatAt.volumeExposure + kind] = priorShapeOf(kind) / priorRate(look, kind);
  }
  account.numbers[numberAt.weekRate] = sumOfRates(account);
}

/** A day's end: what its hours brought is learnt, unless the day was one of containment. */
export function foldDay(account: AccountState, look: Look, day: number): void {
  const { floats, shorts } = account;
  if (!hasFlag(account, flagOf.dayTeachesNothing)) {
    for (let hour = 0; hour < 24; hour += 1) {
      const kind = hourClass(day * 24 + hour);
      const [shape, exposure] = [floatAt.volumeShape + kind, floatAt.volumeExposure + kind];
      const own = priorShapeOf(kind);
      const prior = own / priorRate(look, kind);
      const seen = shorts[shortAt.today + hour] as number;
      floats[shape] = own + keptPerDay * ((floats[shape] as number) - own) + seen;
      floats[exposure] = prior + keptPerDay * ((floats[exposure] as number) - prior) + 1;
    }
    holdDrift(account, look);
  }
  setFlag(account, flagOf.dayTeachesNothing, false);
  shorts.fill(0, shortAt.today, shortAt.today + 24);
  if (weekOf(day * 24) !== weekOf(look.hour)) account.numbers[numberAt.weekRate] = sumOfRates(account);
}

function holdDrift(account: AccountState, look: Look): void {
  const most = driftMax * numberOf(account, numberAt.weekRate);
  const sum = sumOfRates(account);
  if (look.calibrating || sum <= most) return;
  const { floats } = account;
  for (let kind = 0; kind < hourClasses; kind += 1) {
    const exposure = floatAt.volumeExposure + kind;
    floats[exposure] = ((floats[exposure] as number) * sum) / most;
  }
}

function sumOfRates(account: AccountState): number {
  let sum = 0;
  for (let kind = 0; kind < hourClasses; kind += 1) sum += rateOf(account, kind);
  return sum;
}

function rateOf(account: AccountState, kind: number): number {
  const { floats } = account;
  return (floats[floatAt.volumeShape + kind] as number) / (floats[floatAt.volumeExposure + kind] as number);
}

function priorShapeOf(kind: number): number {
  return kind >= opensAt && kind < closesAt ? openHourShape : otherHourShape;
}

function priorRate(look: Look, kind: number): number {
  const newPeople = look.dailyLookups * (nullRates.upper[look.profession] as number);
  return Math.max(1e-4, newPeople * (parts[look.profession * hourClasses + kind] as number));
}
