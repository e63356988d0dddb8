import { geography } from '../../src/modules/guard/detectors/geography/detector.ts';
import { neverSeen } from '../../src/modules/guard/detectors/never-seen/detector.ts';
import type { NullRate } from '../../src/modules/guard/detectors/null-rate.ts';
import { bitsFor } from '../../src/modules/guard/fold/thresholds.ts';
import { findProfession } from '../../src/modules/rights/index.ts';
import type { Loss } from '../../world/guard/play-attack.ts';
import type { HonestDays } from './honest-days.ts';
import type { Outcome } from './stolen-days.ts';

/** A value that a share of the others does not exceed; the highest of few. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** People lost for each attack under everything compared. */
export function lossTable(outcomes: readonly Outcome[]): string {
  const names = [...new Set(outcomes.map(({ compared }) => compared))];
  const attacks = [...new Set(outcomes.map(({ attack }) => attack))];
  const rows = attacks.map((attack) => {
    const cells = names.map((name) => {
      const losses = lossesOf(outcomes, attack.name, name).map(({ people }) => people);
      return `${quantile(losses, 0.5)} / ${quantile(losses, 0.95)} / ${quantile(losses, 1)}`;
    });
    return `| ${attack.name}: ${attack.says} | ${cells.join(' | ')} |`;
  });
  return [
    'People lost per account: median / 95th percentile / worst. An attack asks 1,000 times at most.',
    '',
    `| attack | ${names.join(' | ')} |`,
    `|---|${names.map(() => '--:').join('|')}|`,
    ...rows,
  ].join('\n');
}

/** The guard alone: campaigns by their size, and how long until an account was contained. */
export function campaignTable(outcomes: readonly Outcome[], name: string): string {
  const own = outcomes.filter(({ compared }) => compared === name);
  const rows = [...new Set(own.map(({ attack }) => attack))].map((attack) => {
    const totals = [1, 5, 19, 60].map((size) => {
      const of = own.filter((each) => each.attack === attack && each.size === size);
      const all = of.flatMap((each) => each.totals);
      return all.length === 0 ? '' : `${quantile(all, 0.5)} / ${quantile(all, 0.95)} / ${quantile(all, 1)}`;
    });
    const losses = lossesOf(own, attack.name, name);
    const before = losses.flatMap(({ peopleBefore }) => (peopleBefore === undefined ? [] : [peopleBefore]));
    const seconds = losses.flatMap(({ secondsTo }) => (secondsTo === undefined ? [] : [secondsTo]));
    const never = losses.length - before.length;
    const time =
      seconds.length === 0 ? '' : `${told(quantile(seconds, 0.5))} / ${told(quantile(seconds, 0.95))}`;
    const first = before.length === 0 ? '' : `${quantile(before, 0.5)} / ${quantile(before, 0.95)}`;
    const late = quantile(losses.map(afterTenth), 0.95);
    const cells = [first, time, told(late), `${never} of ${losses.length}`, ...totals];
    return `| ${attack.name} | ${cells.join(' | ')} |`;
  });
  return [
    `${name}: people lost before the first step, time until then (median / 95th percentile), time after the`,
    'tenth person (95th percentile, 0 for who was contained before), accounts never contained; people lost',
    'per campaign of so many accounts (median / 95th percentile / worst).',
    '',
    '| attack | before the first step | time | after the tenth | never | 1 | 5 | 19 | 60 |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

/** What linking accounts saves: people lost per campaign, each account alone and together. */
export function linkedTable(outcomes: readonly Outcome[], names: readonly [string, string]): string {
  const attacks = [...new Set(outcomes.map(({ attack }) => attack))];
  const sizes = [5, 19, 60];
  const rows = attacks.map((attack) => {
    const cells = sizes.flatMap((size) =>
      names.map((name) => {
        const is = (each: Outcome) => each.attack === attack && each.size === size && each.compared === name;
        const totals = outcomes.filter(is).flatMap((each) => each.totals);
        return totals.length === 0 ? '' : `${quantile(totals, 0.5)} / ${quantile(totals, 1)}`;
      }),
    );
    return `| ${attack.name} | ${cells.join(' | ')} |`;
  });
  return [
    'People lost per campaign, each account judged alone, and together with those linked to it:',
    'median / worst.',
    '',
    `| attack | ${sizes.map((size) => `${size}, alone | ${size}, linked`).join(' | ')} |`,
    `|---|${sizes.map(() => '--:|--:').join('|')}|`,
    ...rows,
  ].join('\n');
}

/** The guard alone, by profession: where it needs the most people to be sure. */
export function professionTable(
  outcomes: readonly Outcome[],
  name: string,
  professionOf: (account: number) => string,
): string {
  const shown = ['burst', 'slow', 'slow-local', 'insider'];
  const professions = new Map<string, Map<string, number[]>>();
  for (const attack of shown)
    for (const { account, people } of lossesOf(outcomes, attack, name)) {
      const of = professions.get(professionOf(account)) ?? new Map<string, number[]>();
      professions.set(professionOf(account), of.set(attack, [...(of.get(attack) ?? []), people]));
    }
  const rows = [...professions].map(([profession, of]) => {
    const cells = shown.map((attack) => {
      const people = of.get(attack) ?? [];
      return `${quantile(people, 0.5)} / ${quantile(people, 0.95)}`;
    });
    const least = leastPeople(profession).map((people) => people.toFixed(1));
    return `| ${profession} | ${of.get('burst')?.length ?? 0} | ${[...least, ...cells].join(' | ')} |`;
  });
  return [
    `${name}, by profession: people lost per account, median / 95th percentile; and the least that a`,
    'challenge can need when only people show the theft, all new and from elsewhere, or new alone.',
    '',
    `| profession | stolen | least, from elsewhere | least, from here | ${shown.join(' | ')} |`,
    `|---|--:|--:|--:|${shown.map(() => '--:').join('|')}|`,
    ...rows.sort(),
  ].join('\n');
}

/**
 * How many people it takes at least until an account of a profession may be challenged, whoever judges by
 * null rates like ours and promises as much: a person who is new (and from elsewhere) is at most 1 / rate
 * times likelier under theft, and the threshold is the promise.
 */
function leastPeople(profession: string): [number, number] {
  const rateIn = (rows: readonly NullRate[]) => rows.find((row) => row.profession === profession)?.upper ?? 1;
  const [fresh, elsewhere] = [rateIn(neverSeen.nullRates), rateIn(geography.nullRates)];
  const dailyLookups = findProfession(profession)?.figures.lookupsPerDay.value ?? 0;
  const bits = bitsFor({ dailyLookups }, 'challenge');
  return [bits / -Math.log2(fresh * elsewhere), bits / -Math.log2(fresh)];
}

/** What honest accounts suffered, for 100,000 days on which one worked. */
export function honestTable(honest: HonestDays, wrongs: readonly (readonly [string, number])[]): string {
  const per = (count: number) => ((100_000 * count) / honest.accountDays).toFixed(1);
  const rate = (count: number) => `${per(count)} | ${per(poissonUpper(count))}`;
  const steps = ['challenge', 'restrict', 'suspend'].map(
    (step, place) =>
      `| the guard: ${step} | ${honest.steps[place + 1]} | ${rate(honest.steps[place + 1] ?? 0)} |`,
  );
  const others = wrongs.map(([name, count]) => `| ${name} | ${count} | ${rate(count)} |`);
  const blamed = [...honest.blamed].sort(([, a], [, b]) => b - a).slice(0, 12);
  const told = blamed.map(([name, count]) => `${name} ${count}`);
  return [
    `${grouped(honest.accountDays)} honest account-days, ${grouped(honest.lookups)} lookups,`,
    `of which ${((100 * honest.refused) / honest.lookups).toFixed(3)} % refused. Wrongful containments:`,
    '',
    '| what | count | per 100,000 account-days | at most, with 95 % confidence |',
    '|---|--:|--:|--:|',
    ...steps,
    ...others,
    '',
    `Wrongful steps because of accounts that seemed to be in the same hand: ${honest.together}.`,
    `Most to say in a wrongful step: ${told.join('; ') || 'none'}.`,
  ].join('\n');
}

/** The mean that, with 95 % confidence, a count does not hide. */
export function poissonUpper(count: number): number {
  let [low, high] = [count, 3 * count + 10];
  for (let round = 0; round < 60; round += 1) {
    const mean = (low + high) / 2;
    let [term, sum] = [Math.exp(-mean), 0];
    for (let each = 0; each <= count; each += 1) {
      sum += term;
      term *= mean / (each + 1);
    }
    if (sum > 0.05) low = mean;
    else high = mean;
  }
  return high;
}

/** Seconds from the tenth person to the first containment: 0 if it came before, infinite if it never came. */
export function afterTenth({ secondsTo, secondsAfterTenth }: Loss): number {
  return secondsTo === undefined ? Infinity : (secondsAfterTenth ?? 0);
}

/** All accounts of an attack under one of those compared. */
export function lossesOf(outcomes: readonly Outcome[], attack: string, compared: string): Loss[] {
  return outcomes
    .filter((each) => each.attack.name === attack && each.compared === compared)
    .flatMap(({ losses }) => losses);
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}

function told(seconds: number): string {
  if (seconds === Infinity) return 'never';
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7_200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3_600).toFixed(0)} h`;
}
