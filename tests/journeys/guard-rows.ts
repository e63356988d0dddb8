import { expect, vi } from 'vitest';
import type { Database } from '../../src/platform/database/connect.ts';

/** Three accounts in one hand, as the follower writes a campaign. */
export async function campaignOf(db: Database, accounts: readonly number[]): Promise<string> {
  const [row] = await db`
    insert into guard.campaign (key, bits, opened_at) values (${`0/${accounts[0]}`}, 17.5, ledger.now())
    returning id::text as id`;
  for (const [place, account] of accounts.entries())
    await db`
      insert into guard.campaign_member values (${row?.id}::text::bigint, ${account}, ${account},
        'optician', ${3 - place}, ${place + 4}, ledger.now(), 0, ${account})`;
  const [one, ...others] = accounts;
  for (const other of others)
    await db`
      insert into guard.campaign_link values (${row?.id}::text::bigint, ${one ?? 0}, ${other}, 18, 5)`;
  return String(row?.id);
}

/** A case as the newest sweep opens it, once that has ended: it leaves out what it did not find itself. */
export async function sweptCase(
  db: Database,
  account: number,
): Promise<{ readonly caseFile: string; readonly sweep: string }> {
  const running = async () => (await db`select from guard.sweep where ended_at is null`).length;
  await vi.waitFor(async () => expect(await running()).toBe(0), { timeout: 15_000, interval: 50 });
  const [found] = await db`
    insert into guard.sweep_account select max(id), ${account}, 1, 'optician', 3, 2, now(), now(), 0, 1000000
      from guard.sweep returning sweep::text as sweep`;
  const [file] = await db`
    insert into guard.case_file (account, organisation, profession, is_shadow, level, bits, opened_at)
    values (${account}, 1, 'optician', false, 1, 0, now()) returning id::text as id`;
  await db`
    insert into guard.case_step
      (case_file, account, at, what, from_standing, to_standing, by, lane, seq, bits, own)
    values (${file?.id}::text::bigint, ${account}, now(), 'contained', 0, 1, 0, 0, 1000000, 0, '{}')`;
  return { caseFile: String(file?.id), sweep: String(found?.sweep) };
}
