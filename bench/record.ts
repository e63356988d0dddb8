import { randomBytes, randomUUID } from 'node:crypto';
import type { Ask } from '../src/modules/ledger/index.ts';
import { recordBatch } from '../src/modules/ledger/store.ts';
import { systemClock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/database/connect.ts';
import { median, type Variant } from './figures.ts';

const rounds = 3;

/** (d) the record function alone: batches of 256 and one by one, on one connection, nearly every pair new. */
export async function benchRecord(
  owner: Database,
  db: Database,
  options: { seconds: number },
): Promise<readonly Variant[]> {
  const rows = await owner`select account from ledger.account where standing = 0 limit 1000`;
  const accounts = rows.map((row) => row.account as number);
  const runs: Record<number, number[]> = { 256: [], 1: [] };
  await recordFor(db, accounts, { size: 256, seconds: 1 });
  for (let round = 0; round < rounds; round += 1) {
    for (const size of [256, 1])
      runs[size]?.push(await recordFor(db, accounts, { size, seconds: options.seconds }));
  }
  const variant = (size: number, name: string): Variant => {
    const its = runs[size] ?? [];
    return { name, unit: '/s', median: median(its), runs: its };
  };
  return [variant(256, '(d) record alone, batches of 256'), variant(1, '(d) record alone, one by one')];
}

async function recordFor(
  db: Database,
  accounts: readonly number[],
  run: { size: number; seconds: number },
): Promise<number> {
  const started = performance.now();
  let recorded = 0;
  while (performance.now() - started < run.seconds * 1000) {
    const asks = Array.from({ length: run.size }, () => askOf(accounts[recorded++ % accounts.length] ?? 0));
    const salts = asks.map(() => randomBytes(16).toString('hex'));
    await recordBatch(db, {
      lane: 0,
      id: randomUUID(),
      serverAt: systemClock.now(),
      asks,
      salts,
    });
  }
  return recorded / ((performance.now() - started) / 1000);
}

function askOf(account: number): Ask {
  return {
    account,
    session: 1n,
    organisation: 1,
    client: 1,
    network: 1,
    action: 1,
    purpose: 1,
    subject: randomUUID(),
    nirKey: null,
    insurers: [1],
    fields: 0x1_00ffn,
    reason: 0,
    present: false,
    signals: 0,
  };
}
