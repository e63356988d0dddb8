import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { backUp } from '../../src/backup/back-up.ts';
import { restore } from '../../src/backup/restore.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { databaseName, listDatabases } from '../../src/platform/database/other-databases.ts';
import { cloneDatabase } from '../database.ts';
import { contentOf } from './backup-stage.ts';
import { startOwnDatabase } from './own-database.ts';
import { canMount, fillDisk, mountDisk, unmountDisk } from './small-disk.ts';

const quiet = { say: () => {}, checkKeys: async () => {} };
const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
}, 60_000);

test.skipIf(!canMount())(
  'no space for the file: it says so, leaves nothing, and works once there is',
  async () => {
    const database = await cloneDatabase();
    undo.push(() => database.drop());
    const disk = mountDisk('1m');
    undo.push(() => unmountDisk(disk));
    // Random bytes do not compress: more than the disk holds, less than two of them.
    await database.owner`
    insert into rights.sealed (subject, insurer, ciphertext)
    select gen_random_uuid(), 1, ${randomBytes(400_000)} from generate_series(1, 3)`;
    const before = await contentOf(database.owner);
    const file = join(disk, 'full.vigie');
    const made = backUp(database.ownerUrl, file, { isTried: true, say: () => {} });
    await expect(made).rejects.toThrow(
      /disk of .* is full.* Free some space, or give a file on another disk/,
    );
    expect([existsSync(file), existsSync(`${file}.partial`)]).toEqual([false, false]);
    expect(await contentOf(database.owner)).toEqual(before);
    await database.owner`delete from rights.sealed`;
    expect((await backUp(database.ownerUrl, file, { isTried: true, say: () => {} })).isTried).toBe(true);
  },
);

test.skipIf(!canMount())(
  'no space for the database: a restore and a trial say so, and the database is as it was',
  { timeout: 120_000 },
  async () => {
    const disk = mountDisk('400m');
    undo.push(() => unmountDisk(disk));
    const settings = { max_wal_size: '48MB', min_wal_size: '32MB' };
    const database = await startOwnDatabase({ folder: join(disk, 'data'), settings });
    undo.push(() => database.close());
    const { owner, embedded } = database;
    const elsewhere = mkdtempSync(join(tmpdir(), 'vigie-backup-'));
    undo.push(() => rmSync(elsewhere, { recursive: true, force: true }));
    await owner`
      insert into rights.sealed (subject, insurer, ciphertext)
      select gen_random_uuid(), 1, ${randomBytes(100_000)} from generate_series(1, 600)`;
    const before = await contentOf(owner);
    const file = join(elsewhere, 'whole.vigie');
    await backUp(embedded.ownerUrl, file, { isTried: false, say: () => {} });
    await owner.end();
    const filler = fillDisk(disk);
    // Enough to begin with, and for PostgreSQL to come back: a segment of its log has 16 MB. With what it may
    // free of its log meanwhile, another 32, it is less than the 60 MB of data and the database itself.
    truncateSync(filler, statSync(filler).size - 20_000_000);
    const message = /The disk of the database is full|The database went away/;
    const tried = backUp(embedded.ownerUrl, join(elsewhere, 'tried.vigie'), { isTried: true, say: () => {} });
    await expect(tried).rejects.toThrow(message);
    const restored = restore(embedded.ownerUrl, file, { acceptsLoss: false, ...quiet });
    await expect(restored).rejects.toThrow(message);
    rmSync(filler, { force: true });
    const look = connect(embedded.ownerUrl, { max: 1, statementTimeoutSeconds: 60 });
    undo.push(() => look.end({ timeout: 1 }));
    await vi.waitFor(async () => expect(await contentOf(look)).toEqual(before), { timeout: 30_000 });
    await look.end();
    const done = await restore(embedded.ownerUrl, file, { acceptsLoss: false, ...quiet });
    const place = databaseName(embedded.ownerUrl);
    expect(done.keptAs).toMatch(new RegExp(`^${place}_before_`));
    const after = connect(embedded.ownerUrl, { max: 1 });
    undo.push(() => after.end({ timeout: 1 }));
    expect(await contentOf(after)).toEqual(before);
    expect((await listDatabases(after, place)).map(({ name }) => name)).toEqual([place, done.keptAs]);
  },
);
