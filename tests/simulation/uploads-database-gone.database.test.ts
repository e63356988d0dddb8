import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { fileOf, nirOf, ponant } from '../importing.ts';
import { SendingBench } from '../sending.ts';
import { type BreakableWire, breakableWire, type WireState } from './breakable-wire.ts';

const count = 12_000;
let database: TestDatabase;
let wire: BreakableWire;
let bench: SendingBench;

beforeAll(async () => {
  database = await cloneDatabase();
  wire = await breakableWire(database.serverUrl);
  bench = new SendingBench({ ...database, serverUrl: wire.url });
  await bench.start();
});
afterAll(async () => {
  await bench?.stop();
  wire?.close();
  await database?.drop();
});

async function recorded(): Promise<number> {
  const [row] = await database.owner`select count(*)::int as count from rights.sealed`;
  return row?.count ?? 0;
}

const ways: [WireState, string][] = [
  ['cut', '1840577'],
  ['silent', '1840578'],
];

test.each(ways)(
  'a database that is %s while a file is read: the server stays, and reads it to its end',
  {
    timeout: 120_000,
  },
  async (state, births) => {
    const { sign } = await bench.openInsurer(ponant);
    const people = Array.from({ length: count }, (_, place) => ({
      nir: nirOf(`${births}${String(100_000 + place)}`),
      contractNumber: `C${births}${place}`,
      memberNumber: `M${births}${place}`,
    }));
    const before = await recorded();
    const { id } = (await (await bench.send(sign, fileOf(people))).json()) as { id: number };
    await vi.waitFor(async () => expect(await recorded()).toBeGreaterThan(before + 1000), 30_000);
    wire.turn(state);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await recorded()).toBeLessThan(before + count);
    wire.turn('open');
    await vi.waitFor(
      async () => {
        const told = await (await bench.get(sign, `/v1/imports/${id}`)).json();
        expect(told).toMatchObject({ state: 'done', counts: { people: count, rejected: 0 } });
      },
      { timeout: 90_000, interval: 100 },
    );
    expect(await recorded()).toBe(before + count);
    expect(bench.lines.join('\n')).not.toMatch(/184057|Kerbrat/);
  },
);
