import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWorld } from '../world/write-world.ts';
import { atLeast, type Measured, median } from './figures.ts';

const runs = 3;
/** Some 3 kB a person stand on the disk during a run: more people take room, not another rate. */
const peopleMost = 300_000;

/** `vigie world create`: how many people a second are invented and written as files, in one process. */
export async function benchWorld(options: {
  people: number;
  seconds: number;
  say: (line: string) => void;
}): Promise<Measured> {
  const people = Math.min(options.people, peopleMost);
  const rates: number[] = [];
  // The first run reads the communes and is compiled: it is not counted.
  for (let run = 0; run <= runs; run += 1) {
    const count = run === 0 ? Math.ceil(people / 10) : people;
    const rate = await writeOnce(count);
    options.say(`${count} people: ${Math.round(rate)}/s`);
    if (run > 0) rates.push(rate);
  }
  const rate = median(rates);
  const variants = [{ name: `${people} people to files`, unit: 'people/s', median: rate, runs: rates }];
  return { variants, figures: [atLeast('people invented and written', rate, 50_000, 'people/s')] };
}

async function writeOnce(people: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-world-'));
  try {
    const started = performance.now();
    await writeWorld({ people, seed: 7, year: 2026, folder });
    return (1000 * people) / (performance.now() - started);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
