import type { HonestAccount } from './honest-account.ts';
import type { PlannedVisit, Step } from './plan-day.ts';
import { LookupClient, type Told } from './send-lookup.ts';
import type { Country } from './settle-country.ts';
import { emptyTallies, type Tally } from './tally.ts';

/** With what a planned day is worked. */
export type DayTools = {
  readonly url: string;
  readonly country: Country;
  readonly accounts: readonly HonestAccount<number>[];
  readonly day: string;
  /** Brings the day's clock to an instant. */
  standAt(instantMs: number): Promise<void>;
  /** The code that a person's card shows at an instant. */
  showCard(subject: string, instantMs: number): Promise<string | null>;
  onProgress?(done: number): void;
};

/** What one account asked at one instant and was answered, to be found in the ledger afterwards. */
export type AskedAt = {
  readonly account: number;
  readonly atMs: number;
  entries: number;
  refused: number;
  present: number;
};

/** The day as the clients saw it. */
export type WorkedDay = { readonly tallies: readonly Tally[]; readonly asked: readonly AskedAt[] };

/** Accounts that wait for an answer at once. */
const accountsAtOnce = 48;

/**
 * Works a planned day through the API, instant by instant. One account asks for one person after the other,
 * so what is refused does not depend on the network; the clock moves on when everybody has been answered.
 */
export async function workDay(tools: DayTools, steps: readonly Step[]): Promise<WorkedDay> {
  const client = new LookupClient(tools.url, accountsAtOnce);
  const tallies = new Map(emptyTallies().map((tally) => [tally.profession, tally]));
  const tallyOf = (place: number): Tally => found(tallies.get(codeOf(tools, place)), 'profession');
  for (const place of tools.accounts.keys()) tallyOf(place).accounts += 1;
  const asked: AskedAt[] = [];
  let done = 0;
  try {
    for (const { instantMs, visits } of steps) {
      await tools.standAt(instantMs);
      const queues = byAccount(visits);
      const serve = async () => {
        for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
          const { place } = found(queue[0], 'lookup');
          const { account } = found(tools.country.desks[place], 'account');
          const line: AskedAt = { account, atMs: instantMs, entries: 0, refused: 0, present: 0 };
          asked.push(line);
          for (const visit of queue) {
            count(tallyOf(place), line, { visit, told: await ask(tools, client, { visit, instantMs }) });
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(accountsAtOnce, queues.length) }, serve));
      done += visits.length;
      tools.onProgress?.(done);
    }
  } finally {
    client.close();
  }
  return { tallies: [...tallies.values()], asked };
}

async function ask(
  tools: DayTools,
  client: LookupClient,
  { visit, instantMs }: { readonly visit: PlannedVisit; readonly instantMs: number },
): Promise<Told> {
  const { subject, ...identity } = found(tools.country.insured[visit.person], 'person');
  const code = visit.present ? found(await tools.showCard(subject, instantMs), 'card') : undefined;
  const presenceCode = code === undefined ? {} : { presenceCode: code };
  const body = { ...identity, ...presenceCode, careDate: tools.day, purpose: 'TREAT' };
  const told = await client.send(found(tools.country.desks[visit.place], 'account'), body);
  // Nobody who is refused tries otherwise. Anything else than an answer or a refusal is not a working day.
  if (told.status !== 200 && told.status !== 429) {
    throw new Error(`The server answered a lookup of an insured person with ${told.status}.`);
  }
  if (told.status === 200 && visit.present !== (told.presence === 'accepted')) {
    throw new Error(
      `A card's code was ${told.presence}: nobody present is taken for absent, or absent for present.`,
    );
  }
  return told;
}

function count(tally: Tally, line: AskedAt, by: { readonly visit: PlannedVisit; readonly told: Told }): void {
  const { visit, told } = by;
  const refused = told.status === 429 ? 1 : 0;
  const present = visit.present ? 1 : 0;
  tally.lookups += 1;
  tally.refused += refused;
  tally.present += present;
  tally.newPeople += visit.isNew ? 1 : 0;
  const hour = Math.floor(visit.minute / 60);
  tally.byHour[hour] = (tally.byHour[hour] ?? 0) + 1;
  if (told.entry === undefined) return;
  line.entries += 1;
  line.refused += refused;
  line.present += present;
}

function byAccount(visits: readonly PlannedVisit[]): PlannedVisit[][] {
  const queues = new Map<number, PlannedVisit[]>();
  for (const visit of visits) {
    const queue = queues.get(visit.place) ?? [];
    queue.push(visit);
    queues.set(visit.place, queue);
  }
  return [...queues.values()];
}

function codeOf(tools: DayTools, place: number): string {
  return found(tools.accounts[place], 'account').profession.code;
}

function found<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`The country of this day has no such ${what}.`);
  return value;
}
