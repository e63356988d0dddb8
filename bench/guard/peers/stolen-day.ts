import type { FollowedEntry } from '../../../src/modules/guard/index.ts';
import { type Attack, attacks } from '../../../world/guard/attacks.ts';
import { dayAt, isWeekend, summer } from '../../../world/guard/calendar.ts';
import type { Doing } from '../../../world/guard/doing.ts';
import { came } from '../../../world/guard/lean-allowance.ts';
import { nginxLines, userOf } from '../../../world/guard/nginx-log.ts';
import { inTime, type Population, planDay, settle } from '../../../world/guard/population.ts';
import { type HonestDays, playHonestDays } from '../honest-days.ts';
import { drawVictims } from '../stolen-days.ts';

const warmDays = 40;
const dayMicros = 86_400_000_000;
/** Of each attack; thieves of one have networks of their own, as have those of another. */
const stolenEach = 5;
/** Whoever was not noticed by then is not noticed: the log stays short. */
const asksMost = 400;
export const played = ['burst', 'one-a-second', 'one-a-minute', 'walk', 'slow'];

/** A lookup of the day, as whoever compares needs it. */
export type DayLookup = {
  readonly entry: FollowedEntry;
  readonly user: string;
  readonly address: string;
  /** The thief's attack; undefined for who works here. */
  readonly attack: string | undefined;
  /** Somebody the account did not know, and was told of. */
  readonly isLost: boolean;
};

/** One day of everybody's work with every attack in it, each on accounts of its own; nobody is contained. */
export type StolenDay = {
  readonly population: Population;
  /** The guard as the days before left it. */
  readonly honest: HonestDays;
  readonly lookups: readonly DayLookup[];
  readonly entries: readonly FollowedEntry[];
  readonly lines: readonly string[];
};

/** Plays the days to learn from, and the day. */
export function playStolenDay(plan: {
  readonly accounts: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}): StolenDay {
  const { accounts, seed, say } = plan;
  const population = settle({ accounts, seed, calendar: summer });
  const honest = playHonestDays(population, { warmDays, days: 0, maxima: [], say });
  let first = warmDays;
  while (isWeekend(dayAt(summer, first)) || dayAt(summer, first).number % 7 !== 4) first += 1;
  const thieves = thievesOf(population, first, seed);
  const doings = [...planDay(population, first), ...thieves.map(({ doing }) => doing)].sort(inTime);
  const attackOf = new Map(thieves.map(({ doing, attack }) => [doing, attack]));
  const record = population.record.fork([...population.workers.keys()], true);
  const addressOf = addresses();
  const entries: FollowedEntry[] = [];
  const lookups: DayLookup[] = [];
  for (const doing of doings) {
    const isKnown = record.allowanceOf(doing.account).knows(doing.person, Math.floor(doing.at / dayMicros));
    const { entry } = record.keep(doing);
    if (entry === undefined) continue;
    entries.push(entry);
    if (entry.kind !== 1) continue;
    const attack = attackOf.get(doing);
    const isTold = entry.outcome === 1 && entry.reason === came.disclosed;
    const isLost = attack !== undefined && doing.person >= 0 && !isKnown && isTold;
    const [user, address] = [userOf(entry.account), addressOf(entry.network)];
    lookups.push({ entry, user, address, attack, isLost });
  }
  return { population, honest, lookups, entries, lines: [...nginxLines(entries, 'path', addressOf)] };
}

function thievesOf(population: Population, firstDay: number, seed: number) {
  const victims = [...drawVictims(population, firstDay, seed).accounts];
  const { startsAt: dayStartsAt } = dayAt(population.calendar, firstDay);
  const thieves: { doing: Doing; attack: string }[] = [];
  for (const [campaign, name] of played.entries()) {
    const { does } = attacks.find((each) => each.name === name) as Attack;
    for (let which = 0; which < stolenEach; which += 1) {
      const victim = population.workers.get(victims.pop() ?? -1);
      if (victim === undefined) throw new Error('too few accounts to steal');
      let asks = 0;
      for (const doing of does({ victim, seed, which, campaign, dayStartsAt })) {
        asks += 1;
        if (asks > asksMost || doing.at >= dayStartsAt + dayMicros) break;
        thieves.push({ doing, attack: name });
      }
    }
  }
  return thieves;
}

/** Of ranges of documentation, which no reader of logs takes for a private network: one each. */
function addresses(): (network: number) => string {
  const given = new Map<number, string>();
  return (network) => {
    const place = given.size;
    const range = ['203.0.113', '198.51.100', '192.0.2'][Math.floor(place / 254)];
    if (range === undefined) throw new Error('more networks than there are addresses of documentation');
    const address = given.get(network) ?? `${range}.${1 + (place % 254)}`;
    given.set(network, address);
    return address;
  };
}
