import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp } from '../../src/backup/back-up.ts';
import { restore } from '../../src/backup/restore.ts';
import { dispatch } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { prepareLedger } from '../../src/modules/ledger/index.ts';
import { checkArchive, readFrames } from '../../src/platform/backup/read-archive.ts';
import { keepArchive, writeArchive } from '../../src/platform/backup/write-archive.ts';
import { migrate, pendingMigrations } from '../../src/platform/database/migrate.ts';
import { besideDatabases, createEmpty, databaseName } from '../../src/platform/database/other-databases.ts';
import { audit } from './audit.ts';
import { type BackupStage, contentOf, on, setBackupStage } from './backup-stage.ts';
import { lookUp } from './client.ts';
import { startLoad } from './load.ts';

const cap = 100_000;
const silent = { say: () => {}, checkKeys: async () => {} };
let stage: BackupStage;

beforeAll(async () => {
  stage = await setBackupStage(400, cap);
});
afterAll(() => stage?.close());

/** Runs a command as typed; everything it said. */
async function vigie(...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const hear = (text: string) => void said.push(text);
  const env = {
    VIGIE_DATABASE_OWNER_URL: stage.database.ownerUrl,
    VIGIE_KEYS_FOLDER: stage.keysFolder,
    VIGIE_ENV: 'test',
  };
  const code = await dispatch(args, { env, out: hear, err: hear }, commands);
  return { code, said: said.join('\n') };
}

test('a backup taken while lookups are recorded is one instant, and goes on elsewhere', async () => {
  const server = await stage.serve();
  const { asked, desks } = stage;
  const load = startLoad({ seed: 3, clients: 4, asked, desks, servers: () => [server.url] });
  await expect.poll(() => load.received.length, { timeout: 20_000 }).toBeGreaterThan(100);
  const file = stage.file('busy.vigie');
  const made = await backUp(stage.database.ownerUrl, file, { isTried: true, say: () => {} });
  const during = load.received.length;
  await load.stop();
  await server.stop();
  expect(during).toBeGreaterThan(100);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await stage.databases()).toEqual(['']);

  const url = stage.beside('_elsewhere');
  const restored = await restore(url, file, { acceptsLoss: false, ...silent });
  expect(restored.keptAs).toBeUndefined();
  const entries = BigInt(made.lanes[0]?.entries ?? 0);
  expect(restored.lanes.map((lane) => lane.entries)).toEqual([entries]);
  await on(url, async (db) => {
    expect(await audit(db, [], cap)).toEqual([]);
    // Every entry up to the instant, byte for byte.
    const read = (from: typeof db) => from`
      select e::text from ledger.entry e where seq < ${String(entries)}::text::bigint order by seq`;
    expect(await read(db)).toEqual(await read(stage.database.owner));
  });

  const there = await stage.serve(url);
  const answer = await lookUp(there.url, stage.desks[0] as never, stage.asked[0] as never);
  expect([answer?.status, answer?.entry]).toEqual([200, `0/${entries}`]);
});

test('at rest, every row of every table is there again, and positions go on', async () => {
  const file = stage.file('still.vigie');
  expect(await vigie('backup', file)).toEqual({
    code: 0,
    said: expect.stringContaining('every table is the same'),
  });
  const url = stage.beside('_still');
  await restore(url, file, { acceptsLoss: false, ...silent });
  const before = await contentOf(stage.database.owner);
  expect(Object.keys(before).length).toBeGreaterThan(15);
  await on(url, async (db) => expect(await contentOf(db)).toEqual(before));
  // A number that was given is never given again.
  const next = `
    select nextval('ledger.account_number') as account, nextval('vault.person_number_seq') as person`;
  const [ours] = await stage.database.owner.unsafe(next);
  const [theirs] = await on(url, (db) => db.unsafe(next));
  expect(theirs).toEqual(ours);
});

test('no key and no password is in a backup', async () => {
  const { header } = await checkArchive(stage.file('still.vigie'));
  expect(header.tables.length).toBeGreaterThan(15);
  const master = readFileSync(`${stage.keysFolder}/master.key`, 'utf8').trim();
  const url = stage.beside('_still');
  const tables = Object.keys(await on(url, contentOf));
  await on(url, async (db) => {
    for (const name of tables) {
      const [row] = await db.unsafe(
        `select count(*)::int as found from ${name} t
          where strpos(lower(t::text), '${master.toLowerCase()}') > 0`,
      );
      expect([name, row?.found]).toEqual([name, 0]);
    }
  });
});

test('a restore that would lose entries says which and refuses; accepted, it keeps the other', async () => {
  const file = stage.file('early.vigie');
  expect((await vigie('backup', file, '--no-verify')).code).toBe(0);
  const { header } = await checkArchive(file);
  const ends = BigInt(header.lanes[0]?.entries ?? 0) - 1n;
  const server = await stage.serve();
  for (const asked of stage.asked.slice(0, 7)) await lookUp(server.url, stage.desks[1] as never, asked);
  const busy = await vigie('restore', file, '--accept-loss');
  expect(busy).toEqual({ code: 1, said: expect.stringContaining('stop what uses it') });
  await server.stop();

  const before = await contentOf(stage.database.owner);
  const refused = await vigie('restore', file);
  expect(refused.code).toBe(1);
  const sentence = `the backup ends at entry ${ends}, the database holds ${ends + 7n}`;
  expect(refused.said).toContain(`${sentence}: entries ${ends + 1n} to ${ends + 7n} would be lost`);
  expect(await contentOf(stage.database.owner)).toEqual(before);

  const account = stage.desks[2]?.account ?? 0;
  await stage.database.owner`update ledger.account set standing = 3 where account = ${account}`;
  await Promise.all([stage.database.owner.end(), stage.database.server.end()]);
  const accepted = await vigie('restore', file, '--accept-loss');
  expect(accepted.said).toContain(`Account ${account} was suspended`);
  expect(accepted).toEqual({ code: 0, said: expect.stringContaining(`goes on at entry ${ends + 1n}`) });
  const kept = (await stage.databases()).filter((name) => name.startsWith('_before_'));
  expect(kept).toHaveLength(1);
  await on(stage.beside(kept[0] ?? ''), async (db) => {
    const [lane] = await db`select size::text as size from ledger.lane`;
    expect(lane?.size).toBe(String(ends + 8n));
  });

  // The same ledger, gone on differently: as many entries, other ones.
  const again = await stage.serve();
  for (const asked of stage.asked.slice(20, 30)) await lookUp(again.url, stage.desks[1] as never, asked);
  await again.stop();
  const later = stage.file('later.vigie');
  await backUp(stage.database.ownerUrl, later, { isTried: false, say: () => {} });
  const other = restore(stage.beside(kept[0] ?? ''), later, { acceptsLoss: false, ...silent });
  await expect(other).rejects.toThrow('of another ledger');
});

test('a damaged, cut, foreign or newer file is refused, and nothing is made', async () => {
  const whole = readFileSync(stage.file('still.vigie'));
  const before = await stage.databases();
  const places = [0, 18, 400, Math.floor(whole.length / 2), whole.length - 50, whole.length - 3];
  const spoiled = [
    ...places.map((place) => {
      const bytes = Buffer.from(whole);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      return bytes;
    }),
    whole.subarray(0, 0),
    whole.subarray(0, 100),
    whole.subarray(0, whole.length - 1),
    Buffer.concat([whole, Buffer.from('x')]),
    Buffer.from('nir;birthDate\n'),
  ];
  for (const [index, bytes] of spoiled.entries()) {
    const file = stage.file(`spoiled-${index}.vigie`);
    writeFileSync(file, bytes);
    const { code, said } = await vigie('restore', file);
    expect([index, code]).toEqual([index, 1]);
    expect(said).toMatch(/damaged|not a backup|newer version/);
  }
  expect(await stage.databases()).toEqual(before);
  expect((await vigie('restore', stage.file('absent.vigie'))).said).toContain('cannot be read');
});

test('a backup of a newer version, or of another history, is refused before anything is made', async () => {
  const archive = await checkArchive(stage.file('still.vigie'));
  const [first, ...rest] = archive.header.migrations;
  const newer = { number: 999_999, name: '999999_ledger_later.sql', digest: '00' };
  const spoiled = [
    [[...archive.header.migrations, newer], 'newer than this version'],
    [[{ number: 1, name: first?.name ?? '', digest: '00' }, ...rest], 'is not the file that was applied'],
  ] as const;
  for (const [index, [migrations, sentence]] of spoiled.entries()) {
    const file = stage.file(`history-${index}.vigie`);
    await writeArchive(file, { ...archive.header, migrations }, readFrames(archive));
    await keepArchive(file);
    expect(await vigie('restore', file)).toEqual({ code: 1, said: expect.stringContaining(sentence) });
  }
});

test('a backup of the first version is brought to this one', async () => {
  const url = stage.beside('_first');
  await besideDatabases(url, (outside) => createEmpty(outside, databaseName(url)));
  await migrate(url, { only: new Set([1, 10, 11, 12, 20, 30, 40]) });
  await on(url, async (db) => {
    await prepareLedger(db, 2);
    await db`insert into rights.insurer (id, amc_code, name) values (7, '00000007', 'Mutuelle')`;
  });
  const file = stage.file('first.vigie');
  await backUp(url, file, { isTried: false, say: () => {} });
  const { lanes } = await restore(url, file, { acceptsLoss: false, ...silent });
  expect(lanes.map(({ lane, entries }) => [lane, entries])).toEqual([
    [0, 0n],
    [1, 0n],
  ]);
  await on(url, async (db) => {
    expect(await pendingMigrations(db)).toEqual([]);
    const [row] =
      await db`select name, (select count(*)::int from rights.import) as imports from rights.insurer`;
    expect(row).toEqual({ name: 'Mutuelle', imports: 0 });
  });
});

test('a file that is there is never written over', async () => {
  const file = stage.file('still.vigie');
  const before = readFileSync(file);
  expect(await vigie('backup', file)).toEqual({
    code: 1,
    said: expect.stringContaining('never written over'),
  });
  expect(readFileSync(file).equals(before)).toBe(true);
});
