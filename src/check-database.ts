import { countLanes, readLedgerClock } from './modules/ledger/index.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Database } from './platform/database/connect.ts';
import { pendingMigrations, serverRoleIsOwner } from './platform/database/migrate.ts';

/** Refuses a database that a server must not, or cannot, work with. */
export async function checkDatabase(
  db: Database,
  { lanes, clock }: { readonly lanes: number; readonly clock: Clock },
): Promise<void> {
  if (await serverRoleIsOwner(db)) {
    throw new Error(
      'The server does not start as an owner of its database: it could write the ledger around its ' +
        'function. Sign in as vigie_server.',
    );
  }
  const pending = await pendingMigrations(db);
  if (pending.length > 0) {
    throw new Error(
      `The database is not at this version: run \`npx vigie database migrate\` (${pending[0]} …).`,
    );
  }
  const created = await countLanes(db);
  // With another count, an account would be looked for in a lane it is not in.
  if (created !== lanes) {
    throw new Error(`This ledger has ${created} lanes, and VIGIE_LANES says ${lanes}: set it to ${created}.`);
  }
  await checkClock(db, clock);
}

/** A ledger whose clock its owner replaced is written by whoever moves it: nobody else knows its time. */
async function checkClock(db: Database, clock: Clock): Promise<void> {
  if (clock !== systemClock || !(await readLedgerClock(db)).isReplaced) return;
  throw new Error(
    'This ledger does not read the real time: its clock was made movable. A demo goes on with ' +
      'VIGIE_DEMO_CLOCK=movable, or begins anew in another VIGIE_DATA_FOLDER; nothing else starts on it.',
  );
}
