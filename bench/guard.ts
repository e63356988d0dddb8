import { CampaignIndex, type FollowedEntry, LaneFold } from '../src/modules/guard/index.ts';
import { attacks } from '../world/guard/attacks.ts';
import { dayAt, isWeekend, summer } from '../world/guard/calendar.ts';
import { type Population, settle } from '../world/guard/population.ts';
import { type BenchOptions, type Measured, median } from './figures.ts';
import { attacksOfFigures, figuresOf } from './guard/asked-figures.ts';
import { benchCrowd } from './guard/crowd.ts';
import { type HonestDays, playHonestDays, profilesOf } from './guard/honest-days.ts';
import { benchLatency } from './guard/latency.ts';
import { Maxima, type Meter, peopleInBucket, requestsWithin } from './guard/meters.ts';
import { benchOverhead } from './guard/overhead.ts';
import { type Compared, drawVictims, forkGuard, playStolenDays } from './guard/stolen-days.ts';
import { campaignTable, honestTable, linkedTable, lossTable, professionTable } from './guard/tables.ts';

const warmDays = 40;
const hourMicros = 3_600_000_000;
/** As its author measured it (facts on CrowdSec): sixty people, one leaks in three minutes. */
const bucketCapacity = 60;
const bucketLeakMinutes = 3;
const foldRuns = 5;
const alone = 'guard, each account alone';

type Limited = { readonly name: string; readonly hasAllowance: boolean; readonly meters: readonly Tuned[] };
type Tuned = { readonly maxima: Maxima; readonly meter: () => Meter };

const parts: Readonly<Record<string, (options: BenchOptions) => Promise<Measured>>> = {
  attacks: benchAttacks,
  crowd: benchCrowd,
  latency: benchLatency,
  overhead: benchOverhead,
};

/** The guard: what thieves take, how soon it acts, what it costs lookups. */
export async function benchGuard(options: BenchOptions): Promise<Measured> {
  const part = parts[options.part];
  if (part === undefined) throw new Error(`no part ${options.part}: ${Object.keys(parts).join(', ')}`);
  return part(options);
}

/** What is lost to a thief before the guard contains him, against what others would lose. */
async function benchAttacks(options: BenchOptions): Promise<Measured> {
  const { accounts, days, seed, presence, say } = options;
  const shown = presence === undefined ? {} : { presence };
  const population = settle({ accounts, seed, calendar: summer, ...shown });
  const tuned = metersOf(population);
  const maxima = Object.values(tuned).map((each) => each.maxima);
  const honest = playHonestDays(population, { warmDays, days, maxima, say });
  const compared = comparedOf(population, honest, tuned);
  const victims = drawVictims(population, firstMonday(warmDays + days), seed);
  const outcomes = attacks.flatMap((attack) =>
    attack.accounts.flatMap((size) =>
      playStolenDays(victims, attack, { size, seed, compared: compared.all }),
    ),
  );
  say('attacks played');
  const rates = foldRates(population, honest.lastEntries);
  return {
    variants: [{ name: 'entries folded, one core', unit: 'entries/s', median: median(rates), runs: rates }],
    figures: figuresOf(outcomes, honest, median(rates)),
    tables: [
      `Seed ${seed}; ${accounts} accounts, ${warmDays} days to learn from, ${days} measured; cards shown by ${
        presence ?? 'as many as the table of professions says'
      }. Simulated data.`,
      attacksOfFigures(),
      honestTable(honest, compared.wrongs),
      lossTable(outcomes),
      campaignTable(outcomes, 'guard'),
      linkedTable(outcomes, [alone, 'guard']),
      professionTable(outcomes, 'guard', (account) => professionOf(population, account)),
    ],
  };
}

function metersOf({ workers }: Population) {
  const own = (account: number) => {
    // As much leaks in a day as the profession sees people in one.
    const { profession } = workers.get(account)?.post ?? {};
    return 1440 / (profession?.figures.peoplePerDay.value ?? 20);
  };
  const tuned = (meter: () => Meter): Tuned => ({ maxima: new Maxima(meter()), meter });
  return {
    hour: tuned(() => requestsWithin(hourMicros)),
    day: tuned(() => requestsWithin(24 * hourMicros)),
    bucket: tuned(() => peopleInBucket(() => bucketLeakMinutes)),
    ownBucket: tuned(() => peopleInBucket(own)),
  };
}

/** Each limit at the guard's own rate of wrongful steps, by profession, as an expert would set it. */
function comparedOf(population: Population, honest: HonestDays, tuned: ReturnType<typeof metersOf>) {
  const steps = honest.steps.reduce((sum, each) => sum + each, 0);
  const share = steps / honest.accountDays;
  const limits: Limited[] = [
    { name: 'request limit', hasAllowance: false, meters: [tuned.hour, tuned.day] },
    { name: 'bucket, tuned', hasAllowance: false, meters: [tuned.bucket] },
    { name: 'bucket, own leak, allowance', hasAllowance: true, meters: [tuned.ownBucket] },
  ];
  const watchers = limits.map(({ name, hasAllowance, meters }): Compared => {
    const set = meters.map(({ maxima, meter }) => {
      const limitOf = maxima.limitsFor(share / meters.length);
      return {
        meter,
        limit: (account: number) => limitOf.get(professionOf(population, account)) ?? Infinity,
      };
    });
    return { name, hasAllowance, watch: () => limitDefence(set) };
  });
  const fixed = [{ meter: tuned.bucket.meter, limit: () => bucketCapacity }];
  const wrongs = limits.map(({ name, meters }): [string, number] => {
    const each = meters.map(({ maxima }) => {
      const limitOf = maxima.limitsFor(share / meters.length);
      return maxima.wrongAt((code) => limitOf.get(code) ?? Infinity);
    });
    return [name, each.reduce((sum, wrong) => sum + wrong, 0)];
  });
  const all: Compared[] = [
    { name: 'allowance alone', hasAllowance: true, watch: () => ({ see: () => 0 }) },
    { name: 'bucket, 60 and 3 min', hasAllowance: false, watch: () => limitDefence(fixed) },
    ...watchers,
    { name: alone, hasAllowance: true, watch: forkGuard(population, honest.fold, undefined) },
    { name: 'guard', hasAllowance: true, watch: forkGuard(population, honest.fold, honest.index) },
  ];
  return {
    all,
    wrongs: [['bucket, 60 and 3 min', tuned.bucket.maxima.wrongAt(() => bucketCapacity)], ...wrongs],
  } as {
    readonly all: Compared[];
    readonly wrongs: [string, number][];
  };
}

function professionOf({ workers }: Population, account: number): string {
  return workers.get(account)?.post.profession.code ?? '';
}

/** Suspends whoever goes above a limit. */
function limitDefence(limits: readonly { meter: () => Meter; limit: (account: number) => number }[]) {
  const meters = limits.map(({ meter, limit }) => ({ meter: meter(), limit }));
  return {
    see: (entry: FollowedEntry) => {
      if (entry.kind !== 1) return 0;
      let asked = 0;
      for (const { meter, limit } of meters) if (meter(entry) > limit(entry.account)) asked = 3;
      return asked;
    },
  };
}

function firstMonday(from: number): number {
  let index = from;
  while (isWeekend(dayAt(summer, index)) || dayAt(summer, index).number % 7 !== 4) index += 1;
  return index;
}

/** A replay from nothing, as a sweep does it. */
function foldRates(population: Population, entries: readonly FollowedEntry[]): number[] {
  return Array.from({ length: foldRuns }, () => {
    const profileOf = profilesOf(population);
    const fold = new LaneFold(profileOf);
    const index = new CampaignIndex((account) => profileOf(account).dailyLookups);
    const started = performance.now();
    for (const entry of entries) index.follow(entry, fold.fold(entry, index.tracksOf(entry))?.bits);
    return (1000 * entries.length) / (performance.now() - started);
  });
}
