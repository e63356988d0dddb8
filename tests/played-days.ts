import type { Clock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/database/connect.ts';

const dayMs = 86_400_000;

/**
 * A clock that the test moves, for the servers and for the ledger alike. Real time goes on inside a
 * played day.
 */
export type PlayedDays = {
  readonly clock: Clock /** Moves to the given day of the play, at nine in the morning UTC. */;
  goTo(day: number): Promise<void>;
};

/** Lets the ledger of this database read a played clock. Only the owner may, which is the point. */
export async function playDays(owner: Database, from = '2026-03-02', months = 14): Promise<PlayedDays> {
  const start = Date.parse(`${from}T09:00:00Z`);
  let shiftMs = start - Date.now();
  await owner.unsafe(`
    create schema if not exists played;
    create table if not exists played.shift (ms bigint not null);
    grant usage on schema played to vigie_server; grant select on played.shift to vigie_server;
    delete from played.shift; insert into played.shift values (${shiftMs});
    create or replace function ledger.now() returns timestamptz language sql volatile
      as $$ select clock_timestamp() + (select ms from played.shift) * interval '1 millisecond' $$;`);
  await owner`select ledger.create_partitions(${months}::int)`;
  return {
    clock: {
      now: () => BigInt(Date.now() + shiftMs) * 1000n,
      monotonic: () => performance.now() + shiftMs,
    },
    async goTo(day) {
      shiftMs = start + day * dayMs - Date.now();
      await owner`update played.shift set ms = ${shiftMs}`;
    },
  };
}
