import { expect, vi } from 'vitest';
import type { Ledger } from '../../src/modules/ledger/index.ts';
import { signalBits, withDepartement, withHoneyMark } from '../../src/modules/ledger/signals.ts';
import { birthDepartements } from '../../src/modules/rights/noticing/departements.ts';
import type { Database } from '../../src/platform/database/connect.ts';

type Tools = { readonly ledger: Ledger; readonly db: Database };

const walkBits = withDepartement(
  signalBits.sameRun | signalBits.ascending | signalBits.hasPrevious,
  birthDepartements.indexOf('75') + 1,
);

type Robbing = { readonly people?: number; readonly honey?: boolean; readonly signals?: number };

/** A robot at the account: numbers one after the other until nothing comes any more. */
export async function rob(
  { ledger }: Pick<Tools, 'ledger'>,
  { account, organisation }: { readonly account: number; readonly organisation: number },
  some: Robbing = {},
): Promise<void> {
  const asked = { account, session: 5n, organisation, client: 8, network: 9, action: 1, purpose: 1 };
  const rest = { nirKey: null, insurers: [1], fields: 5n, reason: 2, present: false };
  for (let person = 0; person < (some.people ?? 12); person += 1) {
    const subject = `00000000-0000-4000-8000-${String(1000 * account + person).padStart(12, '0')}`;
    const signals = walkBits | (some.signals ?? 0);
    const { outcome } = await ledger.record({ ...asked, ...rest, subject, signals });
    if (outcome === 'refused') break;
  }
  for (const which of some.honey ? [1, 2] : []) {
    const signals = withHoneyMark(walkBits, Buffer.of(which));
    await ledger.record({ ...asked, ...rest, subject: null, signals });
  }
  const standing = async () => (await ledger.readAllowance(account))?.standing;
  const isDone = async () =>
    expect(await standing()).toMatch(some.honey ? 'suspended' : /challenged|restricted|suspended/);
  await vi.waitFor(isDone, { timeout: 40_000, interval: 20 });
}

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
  await vi.waitFor(async () => expect(await running()).toBe(0), { timeout: 40_000, interval: 50 });
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

/** What the guard does at the first level, or the second. */
export async function challenge({ ledger, db }: Tools, account: number, level: 1 | 2 = 1): Promise<void> {
  const standing = level === 1 ? 'challenged' : 'restricted';
  await ledger.setStanding({ account, standing, by: 0, reason: 'guard' });
  await db`
    insert into guard.case_file (account, organisation, profession, is_shadow, level, bits, opened_at)
    values (${account}, 1, 'optician', false, ${level}, 14, now())`;
  await db`
    insert into guard.case_step (case_file, account, at, what, from_standing, to_standing, by, lane, seq)
    select id, account, now(), 'contained', 0, ${level}::int::smallint, 0, 0, 1 from guard.case_file
     where account = ${account}`;
}
