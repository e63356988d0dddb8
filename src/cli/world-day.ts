import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { OwnCountry } from '../../world/day/own-country.ts';
import type { DayView } from '../../world/day/tally.ts';
import { isDay } from '../platform/clock.ts';
import { type Command, UsageProblem } from './command.ts';

const usual = { people: 10_000, seed: 1, day: '2026-03-02' };
/** The largest admission offices serve more people than a smaller country has. */
const peopleLeast = 4_000;
const lookupsEach = 1_200;
const sizes = 100;
/** Beside each profession's own. */
const otherShares = [0, 0.25, 0.5, 0.75];

export const command: Command = {
  name: 'world day',
  says: 'Plays the first working day of every profession through the API, invented; prints who was refused.',
  usage: '[--day YYYY-MM-DD] [--seed N] [--people N] [--accounts N] [--presence SHARE|assumed] [--json FILE]',
  examples: [
    'vigie world day',
    'vigie world day --presence assumed --seed 7',
    'vigie world day --day 2026-06-13 --presence 0.4 --json day.json',
  ],
  exits: {
    0: 'no profession is refused more than 0.1 % of its lookups at its assumed share of present people',
    1: 'one is, or the ledger does not hold the day that was played',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { plan, shares, file } = readArguments(args);
    // Loaded at need: nothing else in the commands reads the invented country.
    const { openOwnCountry } = await import('../../world/day/own-country.ts');
    const { dayTable, verdict } = await import('../../world/day/day-table.ts');
    const { aboveLimit } = await import('../../world/day/tally.ts');
    const country = await openOwnCountry(plan, (line) => io.err(line));
    try {
      const views = await playShares(shares, country, (line) => io.err(line));
      io.out(dayTable(views));
      const assumed = views.find(({ presence }) => presence === null);
      for (const line of assumed === undefined ? [] : ['', ...verdict(assumed)]) io.out(line);
      if (file !== undefined) await writeFile(file, `${JSON.stringify({ ...plan, views }, null, 2)}\n`);
      return assumed !== undefined && aboveLimit(assumed.tallies).length > 0 ? 1 : 0;
    } finally {
      await country.close();
    }
  },
};

/** While one day waits for its database, another works. */
const daysAtOnce = 2;

async function playShares(
  shares: readonly (number | null)[],
  country: OwnCountry,
  say: (line: string) => void,
): Promise<DayView[]> {
  const views: DayView[] = [];
  const left = [...shares.entries()];
  const playSome = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [place, presence] = next;
      const name = `${shareName(presence)} present: `;
      const habits = presence === null ? {} : { presence };
      const { tallies } = await country.play(habits, (line) => say(name + line));
      views[place] = { presence, tallies };
    }
  };
  const days = await Promise.allSettled(Array.from({ length: daysAtOnce }, playSome));
  for (const day of days) if (day.status === 'rejected') throw day.reason;
  return views;
}

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string' },
      seed: { type: 'string' },
      day: { type: 'string', default: usual.day },
      presence: { type: 'string' },
      accounts: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const { day } = values;
  if (!isDay(day)) throw new UsageProblem('--day must be a day of the calendar, YYYY-MM-DD.');
  const people = wholeNumber(values.people ?? String(usual.people), '--people', [peopleLeast, 5_000_000]);
  const seed = wholeNumber(values.seed ?? String(usual.seed), '--seed', [0, 2 ** 31]);
  const plan = { seed, day, people, lookupsEach, sizes };
  const accountsEach =
    values.accounts === undefined
      ? {}
      : { accountsEach: wholeNumber(values.accounts, '--accounts', [1, 2_000]) };
  return { plan: { ...plan, ...accountsEach }, shares: readShares(values.presence), file: values.json };
}

function readShares(text: string | undefined): (number | null)[] {
  if (text === undefined) return [null, ...otherShares];
  if (text === 'assumed') return [null];
  const share = Number(text);
  if (!/^\d(\.\d+)?$/.test(text) || share > 1) {
    throw new UsageProblem('--presence must be a share from 0 to 1, or `assumed`.');
  }
  return [share];
}

function shareName(presence: number | null): string {
  return presence === null ? 'assumed shares' : `${Math.round(1000 * presence) / 10} %`;
}

function wholeNumber(text: string, name: string, [least, most]: readonly [number, number]): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new UsageProblem(`${name} must be a whole number from ${least} to ${most}.`);
  }
  return value;
}
