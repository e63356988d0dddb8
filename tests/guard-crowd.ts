import type { Database } from '../src/platform/database/connect.ts';

/**
 * More than any list of the guard shows: 203 campaigns, 53 sweeps that began with a member of the last of
 * them, the newest of which found 1,004 accounts, and 1,003 blocked networks.
 */
export async function cutEveryList(db: Database): Promise<void> {
  await db`
    insert into guard.campaign (key, bits, opened_at)
    select '9/' || n, 17 + n / 1000.0, now() from generate_series(1, 203) n`;
  await db`
    insert into guard.campaign_member
    select max(id), 900004, 4, 'optician', 3, 5, now(), 0, 4 from guard.campaign`;
  await db`
    insert into guard.sweep (case_file, account, started_at, ended_at, from_at, to_at)
    select 900000 + n, 900004, now() + n * interval '1 ms', now(), now(), now()
      from generate_series(1, 53) n`;
  await db`
    insert into guard.sweep_account
    select s.id, 600000 + n, 1, 'optician', 3, 2, now(), now(), 0, n
      from (select max(id) as id from guard.sweep) s, generate_series(1, 1004) n`;
  await db`
    insert into guard.blocked_network (network, sweep, account, entry_seq, blocked_at, until)
    select 700000 + n, s.id, 900004, n, now(), now() + interval '30 days'
      from (select max(id) as id from guard.sweep) s, generate_series(1, 1003) n`;
}
