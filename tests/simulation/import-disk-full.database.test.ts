import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { dispatch } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { addInsurers } from '../../src/modules/rights/store.ts';
import { fileOf, nirOf, ponant } from '../importing.ts';
import { type OwnDatabase, startOwnDatabase } from './own-database.ts';
import { canMount, fillDisk, mountDisk, unmountDisk } from './small-disk.ts';

const people = 20_000;
const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
}, 60_000);

test.skipIf(!canMount())(
  'a full disk stops an import with what to do; freed, the file goes in',
  async () => {
    const disk = mountDisk('300m');
    undo.push(() => unmountDisk(disk));
    const settings = { max_wal_size: '64MB', min_wal_size: '32MB' };
    const database = await startOwnDatabase({ folder: join(disk, 'data'), settings });
    undo.push(() => database.close());
    await addInsurers(database.owner, [ponant]);
    const path = join(database.keysFolder, 'people.csv');
    writeFileSync(path, fileOf(crowd()));
    const filler = fillDisk(disk);
    const words = ['import', 'people', path, '--insurer', ponant.amcCode, '--json'];
    const stopped = await run(database, words);
    expect(stopped.code).toBe(1);
    expect(stopped.err).toMatch(/disk of the database is full|database went away/);
    expect(stopped.err).toContain('import the file again');
    expect(stopped.err).not.toMatch(/16001750|Kerbrat/);
    rmSync(filler);
    const again = await untilDone(database, words);
    expect(JSON.parse(again.out)).toMatchObject({ people, rejected: 0 });
    const [row] = await database.owner`
    select (select count(*) from vault.person)::int as people,
      (select count(*) from rights.sealed)::int as records`;
    expect(row).toEqual({ people, records: people });
  },
  180_000,
);

function crowd() {
  return Array.from({ length: people }, (_, index) => ({
    nir: nirOf(`16001750${String(index + 1).padStart(5, '0')}`),
    memberNumber: `M${index}`,
    contractNumber: `C${index}`,
    sex: '1',
  }));
}

type Said = { readonly code: number; readonly out: string; readonly err: string };

async function run(database: OwnDatabase, words: readonly string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const env = {
    VIGIE_DATABASE_URL: database.embedded.serverUrl,
    VIGIE_KEYS_FOLDER: database.keysFolder,
  };
  const io = { env, out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const code = await dispatch(words, io, commands);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** A database whose disk was full may have stopped, and is started again by whoever watches over it. */
async function untilDone(database: OwnDatabase, words: readonly string[]): Promise<Said> {
  const until = performance.now() + 90_000;
  for (;;) {
    const said = await run(database, words);
    if (said.code === 0 || performance.now() > until) return said;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
