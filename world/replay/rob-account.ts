import { setTimeout as wait } from 'node:timers/promises';
import type { AccountTools } from '../../src/modules/access/index.ts';
import { type Clock, parisDay } from '../../src/platform/clock.ts';
import type { Thief } from '../guard/attack-parts.ts';
import type { Attack } from '../guard/attacks.ts';
import type { Doing } from '../guard/doing.ts';
import { isOfWholeCountry } from '../guard/french-people.ts';
import type { LineCount } from './account-line.ts';
import type { Target } from './read-targets.ts';
import { ownClient, type Place, type Sessions } from './sessions.ts';
import type { Stolen } from './steal-accounts.ts';

/** What thieves and holders of stolen accounts play with. */
export type RobTools = AccountTools & {
  readonly clock: Pick<Clock, 'now'>;
  readonly sessions: Sessions;
  readonly signal: AbortSignal;
};

/** How a theft goes: the attack, which of its thieves, and how many times as fast as it is written. */
export type Theft = {
  readonly attack: Attack;
  readonly campaign: number;
  readonly which: number;
  readonly speed: number;
};

/** Nights, and whatever else is longer between two lookups, are left out. */
const longestGapMicros = 3_600_000_000;
/** What a holder looks up before the theft, and who only makes the platform one where people work. */
export const lookupsBefore = { robbed: 10, colleague: 1 } as const;
/** Refusals in a row; fewer than in simulated attacks, and fewer still once contained: somebody waits. */
const givesUpAfter = { open: 20, contained: 5 };

/** Where the holder of an account works. */
function postOf({ account, profession }: Stolen): Thief['victim']['post'] {
  const place = { account, profession, area: 0, organisation: 0, network: account, client: ownClient };
  return { ...place, isTourist: false, isDormant: false, opensOn: -1 };
}

/** The holder at work, before anything is stolen: the guard has something to compare with. */
export async function workBefore(
  tools: RobTools,
  stolen: Pick<Stolen, 'account' | 'own'>,
  lookups: number,
): Promise<readonly number[]> {
  const place: Place = { network: stolen.account, client: ownClient, session: 0 };
  const statuses: number[] = [];
  for (const { body } of stolen.own.slice(0, lookups)) {
    if (tools.signal.aborted) break;
    const told = await tools.sessions.lookUp(stolen.account, place, ask(tools, body));
    statuses.push(told.status);
  }
  return statuses;
}

/** One thief, from the first lookup until nothing is to be had any more. */
export async function robAccount(
  tools: RobTools,
  theft: Theft,
  by: { stolen: Stolen; count: LineCount },
): Promise<void> {
  const { stolen, count } = by;
  // A signal of each thief's own: one that nineteen wait on at once looks to Node like a leak of listeners.
  const signal = AbortSignal.any([tools.signal]);
  const began = performance.now();
  let lastAt: number | undefined;
  let dueMs = 0;
  for (const doing of theft.attack.does(thiefOf(theft, stolen, tools.clock))) {
    if (doing.what !== 'lookup') continue;
    const gap = lastAt === undefined ? 0 : Math.min(longestGapMicros, Math.max(0, doing.at - lastAt));
    lastAt = doing.at;
    dueMs += gap / 1000 / theft.speed;
    if (!(await waited(dueMs - (performance.now() - began), signal))) return;
    count.end = await robOnce(tools, theft, { ...by, doing });
    if (count.end !== null) return;
  }
  count.end = 'at-the-end';
}

async function robOnce(
  tools: RobTools,
  { attack }: Theft,
  { stolen, count, doing }: { stolen: Stolen; count: LineCount; doing: Doing },
): Promise<LineCount['end']> {
  const target = targetOf(doing.person, stolen);
  if (target === undefined) return null;
  const isAtDesk = doing.network === stolen.account;
  const place = isAtDesk ? { ...doing, session: 0 } : doing;
  const atMs = Number(tools.clock.now() / 1000n);
  const told = await tools.sessions.lookUp(stolen.account, place, ask(tools, target.body));
  count.hear(told, target.subject, atMs);
  if (told.status === 401) return 'shut-out';
  // Whoever holds the passkey shows it, and asks on.
  if (attack.isInsider && told.code === 'account-challenged')
    await tools.db.begin((tx) => tools.ledger.answerChallenge(tx, stolen.account));
  const patience = count.line().contained === null ? givesUpAfter.open : givesUpAfter.contained;
  return count.refusedInARow >= patience ? 'gave-up' : null;
}

/** The thief as the list of attacks knows one; own people are numbered from 0. */
function thiefOf({ campaign, which }: Theft, stolen: Stolen, clock: Pick<Clock, 'now'>): Thief {
  const today = Date.parse(`${parisDay(clock.now())}T00:00:00Z`) * 1000;
  const victim = {
    post: postOf(stolen),
    known: stolen.own.map((_, place) => place),
    peoplePerDay: stolen.profession.figures.peoplePerDay.value,
  };
  return { victim, seed: campaign, which, campaign, dayStartsAt: today };
}

/** Whom a number of the list of attacks stands for in this demo; nobody's number stands for nobody. */
function targetOf(person: number, { own, anyone, local }: Stolen): Target | undefined {
  if (person < own.length) return own[person];
  const list = isOfWholeCountry(person) ? anyone : local;
  return list[person % list.length];
}

function ask({ clock }: Pick<RobTools, 'clock'>, body: Target['body']): object {
  return { ...body, careDate: parisDay(clock.now()), purpose: 'TREAT' };
}

/** Whether the time came before somebody stopped it. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  if (ms > 0) await wait(ms, undefined, { signal }).catch(() => {});
  return !signal.aborted;
}
