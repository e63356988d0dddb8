import { chownSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type RunningServer, startServer } from '../../src/compose.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { type Desk, deskOrigin } from '../../world/desk.ts';
import { auditClaims } from './claims-audit.ts';
import { type Heard, sendOnce } from './claims-client.ts';
import { auditClaimsInLedger } from './claims-ledger-audit.ts';
import { bodyOf, settleTown } from './claims-town.ts';
import { type OwnDatabase, startOwnDatabase } from './own-database.ts';
import { canMount, fillDisk, mountDisk, unmountDisk } from './small-disk.ts';

const people = 40;
const patience = { timeout: 120_000 };
const soon = { timeout: 30_000, interval: 50 };
const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
}, 60_000);

type Stage = {
  readonly database: OwnDatabase;
  readonly server: RunningServer;
  readonly lines: string[];
  /** Numbers of claims that somebody heard were received. */
  readonly heard: string[];
  /** Sends one more claim; two acts of visits, which nobody sent before. */
  claim(): Promise<Heard>;
  cancel(claim: string): Promise<Heard | undefined>;
};

async function setStage(options: Parameters<typeof startOwnDatabase>[0]): Promise<Stage> {
  const database = await startOwnDatabase(options);
  undo.push(() => database.close());
  const { houses } = await settleTown(database, people);
  const desk = houses.find(({ profession }) => profession === 'general-practitioner')?.desks[0] as Desk;
  const lines: string[] = [];
  const env = {
    VIGIE_PORT: '0',
    VIGIE_PUBLIC_URL: deskOrigin,
    VIGIE_METRICS_PORT: '0',
    VIGIE_GUARD: 'off',
    VIGIE_ENV: 'test',
  };
  const server = await startServer({
    config: readConfig(env),
    clock: systemClock,
    databaseUrl: database.embedded.serverUrl,
    keys: database.keys,
    log: createLog('warn', { write: (line) => void lines.push(line) }),
  });
  undo.push(() => server.stop());
  const heard: string[] = [];
  let turn = 0;
  const claim = async () => {
    turn += 1;
    const visit = { code: 'G', kind: 'consultation', priceCents: 3_000 + turn, baseCents: 3_000 };
    const body = bodyOf(turn % people, [visit, { ...visit, code: 'V' }]);
    const answer = await sendOnce(server.url, desk, { path: '/v1/claims', body, key: `disk-${turn}` });
    if (answer === undefined) throw new Error('the server did not answer');
    if (answer.status === 201) heard.push(String(answer.body.claim));
    return answer;
  };
  const cancel = (number: string) =>
    sendOnce(server.url, desk, { path: `/v1/claims/${number}/cancellation` });
  return { database, server, lines, heard, claim, cancel };
}

/** Moves a table to a disk of its own, which is then full: to the last byte, and no other table’s. */
async function moveToFullDisk({ database }: Stage, table: string): Promise<() => void> {
  const { owner, embedded } = database;
  const disk = mountDisk('2m');
  const folder = join(disk, 'tables');
  mkdirSync(folder);
  const { uid, gid } = statSync(`/proc/${embedded.pid()}`);
  chownSync(folder, uid, gid);
  await owner.unsafe(`create tablespace small location '${folder}'`);
  await owner.unsafe(`alter table ${table} set tablespace small`);
  // Before the stage is taken down, while PostgreSQL is there.
  undo.push(async () => {
    await owner.unsafe(`alter table ${table} set tablespace pg_default`);
    await owner.unsafe('drop tablespace small');
    unmountDisk(disk);
  });
  const filler = fillDisk(disk);
  return () => rmSync(filler);
}

const everything = async ({ database }: Stage) => [
  ...(await auditClaims(database)),
  ...(await auditClaimsInLedger(database)),
];

/** Everything that was received is decided and told, and nothing else was kept. */
async function expectSettled(stage: Stage): Promise<void> {
  const { owner } = stage.database;
  await vi.waitFor(async () => {
    const [row] = await owner`
      select (select count(*) from claims.waiting)::int
        + (select count(*) from claims.to_explain)::int as due`;
    expect(row?.due).toBe(0);
  }, soon);
  expect(await everything(stage)).toEqual([]);
  const rows = await owner`select id from claims.claim`;
  const kept = new Set(rows.map(({ id }) => id));
  expect(stage.heard.filter((claim) => !kept.has(claim))).toEqual([]);
  // No claim is at fault when a disk is: none was put off.
  expect(stage.lines.filter((line) => line.includes('it is tried again'))).toEqual([]);
}

test.skipIf(!canMount())(
  'no room for decisions: claims wait, whole, and are decided once there is',
  patience,
  async () => {
    const stage = await setStage({});
    const { database, claim, heard, lines } = stage;
    const makeRoom = await moveToFullDisk(stage, 'claims.accepted_act');
    // The page that is there already takes some: until no more is decided.
    await vi.waitFor(async () => {
      for (let turn = 0; turn < 20; turn += 1) expect((await claim()).status).toBe(201);
      expect(lines.some((line) => line.includes('claims could not be decided'))).toBe(true);
    }, soon);
    const [waiting] = await database.owner`
    select count(*) filter (where state = 1)::int as waiting,
        count(*) filter (where state <> 1)::int as decided,
        (select count(*)::int from claims.history h where h.state <> 1) as told,
        (select count(*)::int from claims.accepted_act) as acts,
        (select count(*)::int from claims.webhook_delivery) as events
      from claims.claim`;
    expect(waiting?.waiting).toBeGreaterThan(0);
    // What is decided is decided whole.
    expect([waiting?.told, waiting?.acts, waiting?.events]).toEqual([
      waiting?.decided,
      2 * waiting?.decided,
      waiting?.decided,
    ]);
    makeRoom();
    await expectSettled(stage);
    expect((await claim()).status).toBe(201);
    await expectSettled(stage);
    expect(heard.length).toBeGreaterThan(20);
  },
);

test.skipIf(!canMount())('no room for what comes in: 503, and nothing of it is kept', patience, async () => {
  const stage = await setStage({});
  const { database, claim } = stage;
  expect((await claim()).status).toBe(201);
  const makeRoom = await moveToFullDisk(stage, 'claims.history');
  const answers: Heard[] = [];
  await vi.waitFor(async () => {
    for (let turn = 0; turn < 50; turn += 1) answers.push(await claim());
    expect(answers.slice(-20).every(({ status }) => status === 503)).toBe(true);
  }, soon);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(refused.filter(({ body }) => body.code !== 'unavailable')).toEqual([]);
  const [kept] = await database.owner`select count(*)::int as claims from claims.claim`;
  expect(kept?.claims).toBe(stage.heard.length);
  // What cannot be written down is not done either.
  const cancelled = await stage.cancel(stage.heard[0] ?? '');
  expect(cancelled).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  makeRoom();
  expect((await claim()).status).toBe(201);
  expect((await stage.cancel(stage.heard[0] ?? ''))?.status).toBe(200);
  await expectSettled(stage);
});

test.skipIf(!canMount())(
  'a disk that is full to the last byte: nothing half kept, then all goes on',
  patience,
  async () => {
    const disk = mountDisk('180m');
    undo.push(() => unmountDisk(disk));
    const settings = { max_wal_size: '48MB', min_wal_size: '32MB' };
    const stage = await setStage({ folder: join(disk, 'data'), settings });
    const { claim } = stage;
    expect((await claim()).status).toBe(201);
    const filler = fillDisk(disk);
    let refused = 0;
    const others: Heard[] = [];
    for (let turn = 0; turn < 5_000 && refused < 20; turn += 1) {
      const answer = await claim();
      refused = answer.status === 503 ? refused + 1 : 0;
      if (answer.status !== 503 && answer.status !== 201) others.push(answer);
    }
    expect([refused, others]).toEqual([20, []]);
    rmSync(filler);
    await vi.waitFor(async () => expect((await claim()).status).toBe(201), soon);
    await vi.waitFor(() => stage.database.owner`select 1`, soon);
    await expectSettled(stage);
  },
);
