import { parseArgs } from 'node:util';
import { parisDay, systemClock } from '../platform/clock.ts';
import { type Command, type Io, UsageProblem } from './command.ts';

const usual = { people: '100000', seed: '2024' };
/** Above it, establishments would have the numbers of others. */
const peopleMost = 10_000_000;
const seedMost = 4_294_967_295;

export const command: Command = {
  name: 'world create',
  says: 'Writes an invented country as files to import: people, insurers, professionals, relations.',
  usage: '--out FOLDER [--people N] [--seed S] [--year YYYY] [--json]',
  examples: [
    'vigie world create --out country',
    'vigie world create --people 1000000 --seed 7 --year 2026 --out large-country --json',
  ],
  exits: { 0: 'the country is written', 1: 'the folder cannot be written into', 2: 'wrong usage' },
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        people: { type: 'string', default: usual.people },
        seed: { type: 'string', default: usual.seed },
        year: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const folder = values.out ?? '';
    if (folder === '') throw new UsageProblem('--out FOLDER says where to write the files.');
    const people = readNumber('--people', values.people, [1, peopleMost]);
    const seed = readNumber('--seed', values.seed, [0, seedMost]);
    const year = readNumber('--year', values.year ?? parisDay(systemClock.now()).slice(0, 4), [2000, 2999]);
    // Loaded at need: most commands never read the invented country.
    const { writeWorld } = await import('../../world/write-world.ts');
    const started = performance.now();
    const written = await writeWorld({ people, seed, year, folder, onProgress: sayRate(io, people) });
    if (values.json) io.out(JSON.stringify(written));
    else {
      const rate = Math.round((1000 * people) / (performance.now() - started));
      const rows = written.insurers.reduce((sum, insurer) => sum + insurer.rows, 0);
      const professionals = Object.values(written.professionals).reduce((sum, count) => sum + count, 0);
      io.out(
        `${grouped(people)} people (${grouped(rows)} rows), ${grouped(professionals)} professionals and ` +
          `${grouped(written.relations)} relations in ${folder}; ${grouped(rate)} people a second`,
      );
    }
    return 0;
  },
};

function readNumber(name: string, text: string, [least, most]: readonly [number, number]): number {
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value < least || value > most)
    throw new UsageProblem(`${name} must be a whole number from ${least} to ${most}.`);
  return value;
}

function sayRate(io: Io, people: number): (done: number) => void {
  const started = performance.now();
  let last = started;
  return (done) => {
    const now = performance.now();
    if (now - last < 1000) return;
    last = now;
    const rate = (1000 * done) / (now - started);
    const left = Math.ceil((people - done) / rate);
    io.err(`  ${grouped(done)} of ${grouped(people)} people, ${grouped(Math.round(rate))}/s, ${left} s left`);
  };
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
