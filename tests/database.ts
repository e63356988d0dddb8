import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connect, type Database } from '../src/platform/database/connect.ts';
import { closeToOthers } from '../src/platform/database/migrate.ts';

/** A migrated database of one test's own. */
export type TestDatabase = {
  readonly owner: Database;
  readonly server: Database;
  readonly ownerUrl: string;
  readonly serverUrl: string;
  drop(): Promise<void>;
};

/** Clones the migrated template: some 50 ms, so that each test file, or each test, has its own. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const { ownerUrl: adminUrl, serverPassword, template } = inject('testDatabase');
  const name = `vigie_test_${randomBytes(6).toString('hex')}`;
  const admin = connect(adminUrl, { max: 1, statementTimeoutSeconds: 60 });
  await admin`create database ${admin(name)} template ${admin(template)}`;
  const ownerUrl = at(adminUrl, name);
  const serverUrl = at(adminUrl, name, serverPassword);
  const owner = connect(ownerUrl, { max: 4, applicationName: 'test owner' });
  const server = connect(serverUrl, { max: 4, applicationName: 'test server' });
  // Rights on a database are not cloned with it.
  await closeToOthers(owner);
  const drop = async () => {
    await Promise.all([owner.end({ timeout: 1 }), server.end({ timeout: 1 })]);
    await admin`drop database if exists ${admin(name)} with (force)`;
    await admin.end();
  };
  return { owner, server, ownerUrl, serverUrl, drop };
}

function at(adminUrl: string, database: string, serverPassword?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (serverPassword !== undefined) {
    url.username = 'vigie_server';
    url.password = serverPassword;
  }
  return url.href;
}
