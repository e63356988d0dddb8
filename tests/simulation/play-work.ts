import { randomUUID } from 'node:crypto';
import type { Ask, Ledger } from '../../src/modules/ledger/index.ts';
import { allowanceFigures, professions } from '../../src/modules/rights/index.ts';
import { type Habits, type HonestAccount, openHonestly, type Visit } from '../../world/day/honest-account.ts';
import { mix, type Random } from '../../world/random.ts';

/** What one profession asked and was refused. */
export type Tally = { lookups: number; refused: number };

/** By profession code, in the order of the table. */
export type Tallies = ReadonlyMap<string, Tally>;

/** An account at work: its number in the ledger, and the people it has still to claim for, oldest first. */
export type Worker = {
  readonly number: number;
  readonly account: HonestAccount<string>;
  readonly unclaimed: string[];
};

/** How many accounts, and which. */
export type WorkPlan = {
  /** Of each profession, on an ordinary day. */
  readonly lookupsEach: number;
  /** Accounts at least, in a profession whose accounts are of many sizes: few of them are large. */
  readonly sizes: number;
  readonly seed: number;
  /** False to leave the opening balance out. */
  readonly opening?: boolean;
};

/** Asks in flight at once: the ledger refuses to let more than 8,192 wait. */
const inFlight = 2_048;

/** Opens honest accounts of every profession, with its opening balance, and seeds the people they serve. */
export async function openAccounts(ledger: Ledger, habits: Habits, plan: WorkPlan): Promise<Worker[]> {
  const workers: Worker[] = [];
  for (const [index, profession] of professions.entries()) {
    const own = allowanceFigures(profession.figures);
    const openingBalance = plan.opening === false ? 0 : own.openingBalance;
    const figures = { organisation: 1, ...own, openingBalance };
    const { lookupsEach: lookups, sizes } = plan;
    const seed = mix(plan.seed + index);
    for (const account of openHonestly(profession, habits, { lookups, sizes, seed, draw: drawSubject })) {
      const number = await ledger.openAccount(figures);
      await ledger.seedRelations(number, account.served);
      workers.push({ number, account, unclaimed: [] });
    }
  }
  return workers;
}

/** One day of work of every account, through the ledger. Nobody who is refused tries otherwise. */
export async function workOneDay(ledger: Ledger, workers: readonly Worker[]): Promise<Tallies> {
  const tallies = new Map(professions.map(({ code }) => [code, { lookups: 0, refused: 0 }]));
  const lookups = workers.flatMap((worker) => worker.account.workDay().map((visit) => ({ worker, visit })));
  for (let from = 0; from < lookups.length; from += inFlight) {
    const some = lookups.slice(from, from + inFlight);
    const recorded = await Promise.all(some.map(({ worker, visit }) => ledger.record(ask(worker, visit))));
    for (const [index, { worker, visit }] of some.entries()) {
      const tally = tallies.get(worker.account.profession.code);
      if (tally === undefined) throw new Error('a profession that is not in the table');
      tally.lookups += 1;
      if (recorded[index]?.outcome === 'refused') tally.refused += 1;
      else if (visit.person !== null && visit.claimed) worker.unclaimed.push(visit.person);
    }
  }
  return tallies;
}

/** The claims of earlier days, oldest first. One beyond the day's limit is sent again the next day. */
export async function sendClaims(ledger: Ledger, workers: readonly Worker[]): Promise<void> {
  for (const { number, unclaimed } of workers) {
    for (const subject of [...new Set(unclaimed)]) {
      const claim = randomUUID();
      const outcome = await ledger.explain({ account: number, subject, how: 'claim', by: number, claim });
      if (outcome === 'limit-reached') break;
      unclaimed.splice(0, unclaimed.lastIndexOf(subject) + 1);
    }
  }
}

/** Lookups and refusals added up over days. */
export function addUp(days: readonly Tallies[]): Tallies {
  const total = new Map<string, Tally>();
  for (const [code, tally] of days.flatMap((day) => [...day])) {
    const sum = total.get(code) ?? { lookups: 0, refused: 0 };
    total.set(code, { lookups: sum.lookups + tally.lookups, refused: sum.refused + tally.refused });
  }
  return total;
}

/** All professions together. */
export function overall(tallies: Tallies): Tally {
  const all = [...tallies.values()];
  return {
    lookups: all.reduce((sum, { lookups }) => sum + lookups, 0),
    refused: all.reduce((sum, { refused }) => sum + refused, 0),
  };
}

function ask(worker: Worker, visit: Visit<string>): Ask {
  return {
    account: worker.number,
    session: 1n,
    organisation: 1,
    client: 1,
    network: 1,
    action: 1,
    purpose: 1,
    subject: visit.person,
    nirKey: null,
    insurers: [1],
    fields: 5n,
    reason: 0,
    present: visit.present,
    signals: 0,
  };
}

/** The ledger's name of somebody: any name will do where nobody's rights are read. */
function drawSubject(random: Random): string {
  const hex = Array.from({ length: 4 }, () =>
    random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}
