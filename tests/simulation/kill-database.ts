import { expect, vi } from 'vitest';
import type { Random } from '../../world/random.ts';
import type { OwnDatabase } from './own-database.ts';

/** Kills PostgreSQL as a power cut does; it is started again by whoever keeps it. */
export async function killPostmaster({ embedded }: Pick<OwnDatabase, 'embedded'>): Promise<void> {
  const before = embedded.pid();
  if (before === undefined) throw new Error('no PostgreSQL');
  process.kill(before, 'SIGKILL');
  await vi.waitFor(() => expect(embedded.pid()).not.toBe(before), { timeout: 20_000, interval: 5 });
}

/** One of the processes that work for a server; PostgreSQL then ends the others and recovers by itself. */
export async function killBackend({ owner }: Pick<OwnDatabase, 'owner'>, random: Random): Promise<boolean> {
  const rows = await owner`
    select pid from pg_stat_activity where usename = 'vigie_server' and datname = current_database()`;
  if (rows.length === 0) return false;
  process.kill(rows[random.between(0, rows.length - 1)]?.pid, 'SIGKILL');
  return true;
}
