import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { prepareLedger } from '../src/modules/ledger/index.ts';
import { processEnvironment, readConfig } from '../src/platform/config.ts';
import { connect } from '../src/platform/database/connect.ts';
import { startEmbedded } from '../src/platform/database/embedded.ts';
import { migrate } from '../src/platform/database/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testDatabase: { ownerUrl: string; serverPassword: string; template: string };
  }
}

type Teardown = () => Promise<void>;

/** Starts one PostgreSQL for all database tests (or uses an external one) and migrates what they clone. */
export async function setup(project: TestProject): Promise<Teardown> {
  const external = readConfig(processEnvironment()).testDatabaseUrl;
  const { ownerUrl, serverPassword, stop } =
    external === undefined
      ? await startOwn()
      : { ownerUrl: external, serverPassword: 'tests', stop: async () => {} };
  const template = `vigie_template_${process.pid}_${Date.now().toString(36)}`;
  const admin = connect(ownerUrl, { max: 1, statementTimeoutSeconds: 60 });
  await admin`create database ${admin(template)}`;
  const templateUrl = new URL(ownerUrl);
  templateUrl.pathname = `/${template}`;
  await migrate(templateUrl.href, { serverPassword });
  const owner = connect(templateUrl.href, { max: 1 });
  await prepareLedger(owner, 1);
  await owner.end();
  project.provide('testDatabase', { ownerUrl, serverPassword, template });
  return async () => {
    await admin`drop database if exists ${admin(template)} with (force)`;
    await admin.end();
    await stop();
  };
}

async function startOwn() {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-tests-'));
  chmodSync(folder, 0o755);
  const embedded = await startEmbedded({
    folder: join(folder, 'data'),
    keysFolder: join(folder, 'keys'),
    say: () => {},
    durable: false,
    // Tests that kill PostgreSQL lose nothing by this: only a machine that stops would.
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  const stop = async () => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...embedded, stop };
}
