import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addInsurers } from '../../src/modules/rights/store.ts';
import { fileOf, nirOf, ponant } from '../importing.ts';
import { openInsurerDesk, pollUntilEnded } from '../sending.ts';
import { type OwnDatabase, startOwnDatabase } from './own-database.ts';
import { fromSources, type ServerProcess, spawnServer } from './server-process.ts';

const count = 12_000;
const kills = 4;
let database: OwnDatabase;
let server: ServerProcess | undefined;

beforeAll(async () => {
  database = await startOwnDatabase({});
  await addInsurers(database.owner, [ponant]);
}, 60_000);
afterAll(async () => {
  await server?.kill();
  await database?.close();
});

function manyPeople(): string {
  return fileOf(
    Array.from({ length: count }, (_, place) => ({
      nir: nirOf(`1840577${String(100_000 + place)}`),
      contractNumber: `C${place}`,
      memberNumber: `M${place}`,
    })),
  );
}

async function recorded(): Promise<number> {
  const [row] = await database.owner`select count(*)::int as count from rights.sealed`;
  return row?.count ?? 0;
}

test(`a server that is killed ${kills} times while it reads a file goes on, and ends it`, {
  timeout: 180_000,
}, async () => {
  server = await spawnServer(database, fromSources);
  const { owner: db, keys } = database;
  const { sign } = await openInsurerDesk({ db, keys, url: server.url }, ponant);
  const answer = await fetch(`${server.url}/v1/imports?kind=people`, {
    method: 'POST',
    body: manyPeople(),
    headers: { ...(await sign('POST', '/v1/imports')), 'content-type': 'text/csv' },
  });
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: number };
  for (let turn = 1; turn <= kills; turn += 1) {
    const before = await recorded();
    const more = Math.min(before + 1500, count - 2000);
    await vi.waitFor(async () => expect(await recorded()).toBeGreaterThanOrEqual(more), {
      timeout: 30_000,
      interval: 5,
    });
    await server.kill();
    server = await spawnServer(database);
  }
  const told = await pollUntilEnded(server.url, sign, id);
  expect(told).toMatchObject({ state: 'done', counts: { lines: count, people: count, rejected: 0 } });
  // The last try found what the ones before it had taken in, and added the rest.
  expect((told.counts.added ?? 0) + (told.counts.unchanged ?? 0)).toBe(count);
  expect(told.counts.unchanged).toBeGreaterThan(1000);
  expect(await recorded()).toBe(count);
  const [row] = await database.owner`select attempts from rights.import where id = ${id}`;
  expect(row?.attempts).toBe(kills + 1);
  await vi.waitFor(() => expect(readdirSync(join(database.folder, 'spool'))).toEqual([]), {
    timeout: 20_000,
  });
});
