import { connect, type Database } from '../../src/platform/database/connect.ts';

/**
 * Puts the ledger of a world's own database on a played clock. Only the owner of a database can, and an entry
 * tells its own time for ever: never in a database that serves anybody.
 */
export async function installPlayedClock(owner: Database): Promise<void> {
  await owner.unsafe(`
    create schema if not exists played;
    create table if not exists played.clock (still_at timestamptz, shift interval not null);
    grant usage on schema played to vigie_server; grant select on played.clock to vigie_server;
    insert into played.clock select null, '0' where not exists (select from played.clock);
    create or replace function ledger.now() returns timestamptz language sql volatile
      as $$ select coalesce(still_at, clock_timestamp() + shift) from played.clock $$;`);
}

/** Sets the played clock: standing still at an instant, or running with a shift to real time. */
export async function setPlayedClock(
  owner: Database,
  to: { readonly stillAtMs: number } | { readonly shiftMs: number },
): Promise<void> {
  const still = 'stillAtMs' in to ? String(to.stillAtMs) : null;
  const shift = 'shiftMs' in to ? String(to.shiftMs) : '0';
  await owner`
    update played.clock set still_at = to_timestamp(${still}::text::numeric / 1000),
           shift = ${shift}::text::numeric * interval '1 millisecond'`;
}

/**
 * Moves a running played clock forward, with so many months of entries ready after it: whoever writes sees
 * both at once. Gives how far it is ahead of real time, which is never less than before.
 */
export async function movePlayedClock(
  owner: Database,
  to: { readonly aheadMs: number; readonly months: number },
): Promise<number> {
  return owner.begin(async (tx) => {
    const [row] = await tx<{ ahead: number }[]>`
      update played.clock set still_at = null,
             shift = greatest(shift, ${String(to.aheadMs)}::text::numeric * interval '1 millisecond')
      returning round(extract(epoch from shift) * 1000)::float8 as ahead`;
    await tx`select ledger.create_partitions(${to.months}::int)`;
    return row?.ahead ?? 0;
  });
}

/** Months of entries around the played day: those of the real calendar do not hold it. */
export async function createPlayedMonths(owner: Database, months: number): Promise<void> {
  await owner`select ledger.create_partitions(${months}::int)`;
}

/** Copies a database that nobody is connected to; gives the copy's address for the same user. */
export async function copyDatabase(ownerUrl: string, copy: string): Promise<(url: string) => string> {
  const admin = new URL(ownerUrl);
  const name = admin.pathname.slice(1);
  admin.pathname = '/postgres';
  const sql = connect(admin.href, { max: 1, applicationName: 'vigie world', statementTimeoutSeconds: 0 });
  try {
    await sql`create database ${sql(copy)} template ${sql(name)}`;
    await sql`grant connect on database ${sql(copy)} to vigie_server`;
  } finally {
    await sql.end();
  }
  return (url) => {
    const at = new URL(url);
    at.pathname = `/${copy}`;
    return at.href;
  };
}

/** Drops a copy, whoever is still connected to it. */
export async function dropCopy(ownerUrl: string, copy: string): Promise<void> {
  const admin = new URL(ownerUrl);
  admin.pathname = '/postgres';
  const sql = connect(admin.href, { max: 1, applicationName: 'vigie world', statementTimeoutSeconds: 0 });
  await sql`drop database if exists ${sql(copy)} with (force)`.finally(() => sql.end());
}

/** Lookups that the ledger holds of one account at one instant. */
export type EntriesAt = {
  readonly account: number;
  readonly atMs: number;
  readonly entries: number;
  readonly refused: number;
  readonly present: number;
};

/** Every lookup in the ledger, by account and instant. Microseconds of an instant would show in `atMs`. */
export async function readLookupEntries(owner: Database): Promise<EntriesAt[]> {
  const rows = await owner`
    select account, (extract(epoch from at) * 1000)::float8 as at_ms, count(*)::int as entries,
           count(*) filter (where outcome = 2)::int as refused,
           count(*) filter (where present)::int as present
      from ledger.entry where kind = 1 group by account, at order by at, account`;
  return rows.map(({ account, at_ms, entries, refused, present }) => {
    return { account, atMs: at_ms, entries, refused, present };
  });
}

/** Places that are missing or used twice, in a lane or in an account's own count. */
export async function countGaps(owner: Database): Promise<number> {
  const [row] = await owner`
    with lanes as (
      select l.lane from ledger.lane l left join ledger.entry e on e.lane = l.lane group by l.lane, l.size
      having count(e.seq) <> l.size or count(distinct e.seq) <> l.size
          or coalesce(max(e.seq), -1) <> l.size - 1),
    accounts as (
      select a.account from ledger.account a
        left join ledger.entry e on e.lane = a.lane and e.account = a.account
       group by a.account, a.actor_seq
      having count(e.seq) <> a.actor_seq or count(distinct e.actor_seq) <> a.actor_seq
          or coalesce(max(e.actor_seq), 0) <> a.actor_seq)
    select (select count(*) from lanes)::int + (select count(*) from accounts)::int as gaps`;
  return row?.gaps;
}
