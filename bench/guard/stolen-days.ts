import { CampaignIndex, LaneFold, readGroup, writeGroup } from '../../src/modules/guard/index.ts';
import type { Thief } from '../../world/guard/attack-parts.ts';
import type { Attack } from '../../world/guard/attacks.ts';
import { dayAt } from '../../world/guard/calendar.ts';
import type { Defence } from '../../world/guard/defence.ts';
import type { Doing } from '../../world/guard/doing.ts';
import { type Loss, mergeDoings, playAttack } from '../../world/guard/play-attack.ts';
import type { Population } from '../../world/guard/population.ts';
import { Random } from '../../world/random.ts';
import { guardDefence } from './guard-defence.ts';
import { profilesOf } from './honest-days.ts';

/** What is compared: who watches, and whether allowances are kept beside it. */
export type Compared = {
  readonly name: string;
  readonly hasAllowance: boolean;
  readonly watch: (accounts: readonly number[]) => Defence;
};

/** An attack played again and again: what each account lost, and each campaign in all. */
export type Outcome = {
  readonly attack: Attack;
  readonly size: number;
  readonly compared: string;
  readonly losses: readonly Loss[];
  readonly totals: readonly number[];
};

/** Campaigns of each size, so that each size has some accounts to tell of. */
export const campaignsOf: Readonly<Record<number, number>> = { 1: 20, 5: 5, 19: 4, 60: 1 };
/** Accounts of each profession that thieves choose from; fewer where fewer work. */
const victimsOfEach = 9;

/** Accounts to steal, and what their owners do meanwhile. */
export type Victims = {
  readonly population: Population;
  readonly firstDay: number;
  readonly accounts: readonly number[];
  readonly dormant: readonly number[];
  readonly owners: Map<number, Doing[][]>;
};

/** Draws who is attacked: every profession as often as any other, however few accounts it has. */
export function drawVictims(population: Population, firstDay: number, seed: number): Victims {
  const random = new Random(seed, 0x76696374);
  const open = [...population.workers.values()].filter(({ post }) => post.opensOn < firstDay - 40);
  const draw = (isDormant: boolean) => {
    const ofEach = new Map<string, number[]>();
    for (const { post } of open) {
      const { code } = post.profession;
      if (post.isDormant === isDormant) ofEach.set(code, [...(ofEach.get(code) ?? []), post.account]);
    }
    const drawn = [...ofEach.values()].flatMap((accounts) => drawOf(accounts, victimsOfEach, random));
    return drawOf(drawn, drawn.length, random);
  };
  return { population, firstDay, accounts: draw(false), dormant: draw(true), owners: new Map() };
}

/** Some of a list in any order, each once. */
function drawOf(list: readonly number[], most: number, random: Random): number[] {
  const left = [...list];
  const drawn: number[] = [];
  while (drawn.length < most && left.length > 0) drawn.push(...left.splice(random.below(left.length), 1));
  return drawn;
}

/** The guard as it stood after the honest days, for some accounts; linked to each other, or each alone. */
export function forkGuard(
  population: Population,
  fold: LaneFold,
  index: CampaignIndex | undefined,
): Compared['watch'] {
  const lane = fold.laneState();
  const profileOf = profilesOf(population);
  const forkIndex = index === undefined ? () => undefined : indexForks(population, index);
  return (accounts) => {
    const copy = new LaneFold(profileOf);
    copy.restoreLane(lane);
    for (const account of accounts) copy.restore(account, fold.stateOf(account));
    return guardDefence({ fold: copy, index: forkIndex(), monitored: population.workers.size, profileOf });
  };
}

/** Copies of an index as it is now, as a restart makes them. */
function indexForks({ workers }: Population, index: CampaignIndex): () => CampaignIndex {
  const known = [...workers.keys()].map((account) => index.accountOf(account));
  const accounts = JSON.stringify(known.filter((of) => of !== undefined));
  const groups = index.groups().map(writeGroup);
  const state = index.state();
  const profileOf = (account: number) => workers.get(account)?.post.profession.figures.lookupsPerDay.value;
  return () => {
    const copy = new CampaignIndex((account) => profileOf(account) ?? 20);
    copy.restore(state, JSON.parse(accounts), groups.map(readGroup));
    return copy;
  };
}

/** Plays an attack in one size under everything compared: the very same lookups. */
export function playStolenDays(
  victims: Victims,
  attack: Attack,
  plan: { readonly size: number; readonly seed: number; readonly compared: readonly Compared[] },
): Outcome[] {
  const outcomes = plan.compared.map(({ name }) => {
    return { attack, size: plan.size, compared: name, losses: [] as Loss[], totals: [] as number[] };
  });
  const campaigns = campaignsOf[plan.size] ?? 1;
  for (let campaign = 0; campaign < campaigns; campaign += 1) {
    const accounts = drawSome(victims, attack, { ...plan, campaign });
    const doings = doingsOf(victims, attack, { ...plan, campaign, accounts });
    for (const [place, { hasAllowance, watch }] of plan.compared.entries()) {
      const record = victims.population.record.fork(accounts, !hasAllowance);
      const losses = playAttack({ attack, record, defence: watch(accounts), doings });
      outcomes[place]?.losses.push(...losses);
      outcomes[place]?.totals.push(losses.reduce((sum, { people }) => sum + people, 0));
    }
  }
  return outcomes;
}

/** Draws whom a campaign steals from. */
export function drawSome(
  victims: Victims,
  attack: Attack,
  plan: { readonly size: number; readonly seed: number; readonly campaign: number },
): number[] {
  const random = new Random(plan.seed, 0x63616d70, plan.size, plan.campaign);
  const drawn: number[] = [];
  // Accounts that nobody uses are few: after them, those whose owner is away.
  for (const among of attack.ownerWorks ? [victims.accounts] : [victims.dormant, victims.accounts])
    drawn.push(...drawOf(among, plan.size - drawn.length, random));
  return drawn;
}

/** What thieves, and owners at work, do in a campaign. */
export function doingsOf(
  victims: Victims,
  attack: Attack,
  plan: { readonly seed: number; readonly campaign: number; readonly accounts: readonly number[] },
): Doing[] {
  const { population, firstDay } = victims;
  const lists = plan.accounts.map((account, which) => {
    const victim = population.workers.get(account);
    if (victim === undefined) throw new Error(`nobody works with account ${account}`);
    const { seed, campaign } = plan;
    const dayStartsAt = dayAt(population.calendar, firstDay).startsAt;
    const thief: Thief = { victim, seed, which, campaign, dayStartsAt };
    const owner = attack.ownerWorks ? ownerDays(victims, account, attack.days) : [];
    return [...owner, ...attack.does(thief)];
  });
  return mergeDoings(lists);
}

/** What an owner does on the days of an attack: drawn once, the same for every attack. */
function ownerDays(victims: Victims, account: number, days: number): Doing[] {
  const held = victims.owners.get(account) ?? [];
  victims.owners.set(account, held);
  while (held.length < days) {
    const doings: Doing[] = [];
    const day = dayAt(victims.population.calendar, victims.firstDay + held.length);
    victims.population.workers.get(account)?.planDay(day, doings);
    held.push(doings);
  }
  return held.slice(0, days).flat();
}
