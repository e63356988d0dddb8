import { randomBytes, randomUUID } from 'node:crypto';
import {
  type AccessReceipt,
  type Ask,
  createLedger,
  type Ledger,
  type Recorded,
} from '../../src/modules/ledger/index.ts';
import { mintReceipt } from '../../src/modules/ledger/receipt.ts';
import { recordBatch } from '../../src/modules/ledger/store.ts';
import type { Clock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database/connect.ts';

/** What a server is measured with. `guarded` is the product; the others exist in this folder only. */
export type LedgerKind = 'guarded' | 'unguarded' | 'one-by-one' | 'naive';

const plenty = { people: 1, unknown: 1, today: 1 };

/** Builds the ledger of a variant; everything else of the server is the same. */
export function ledgerOf(kind: LedgerKind, db: Database, clock: Clock): Ledger {
  const guarded = createLedger(db, { lanes: 1, clock });
  if (kind === 'unguarded') return { ...guarded, record: async (ask) => pretend(ask, clock) };
  if (kind === 'one-by-one') return { ...guarded, record: (ask) => recordAlone(db, clock, ask) };
  if (kind === 'naive') return { ...guarded, record: (ask) => recordNaively(db, clock, ask) };
  return guarded;
}

/** Neither ledger nor allowance: the answer leaves at once. */
function pretend(ask: Ask, clock: Clock): Recorded {
  if (ask.subject === null) return { outcome: 'unknown', lane: 0, seq: 0n, allowance: plenty };
  return { outcome: 'disclosed', breakGlass: false, receipt: receiptFor(ask, 0n, clock), allowance: plenty };
}

function receiptFor(ask: Ask, seq: bigint, clock: Clock): AccessReceipt {
  const { account, fields, insurers, present } = ask;
  const subject = ask.subject ?? '';
  return mintReceipt(
    { lane: 0, seq, at: clock.now(), account, subject, fields, insurers },
    { sentAt: clock.monotonic(), present },
  );
}

/** The record statement with one ask a transaction, on as many connections as the pool has. */
async function recordAlone(db: Database, clock: Clock, ask: Ask): Promise<Recorded> {
  const salts = [randomBytes(16).toString('hex')];
  const answer = await recordBatch(db, {
    lane: 0,
    id: randomUUID(),
    serverAt: clock.now(),
    asks: [ask],
    salts,
  });
  const seq = answer.seqs[0] ?? 0n;
  if (answer.outcomes[0] === 1)
    return {
      outcome: 'disclosed',
      breakGlass: false,
      receipt: receiptFor(ask, seq, clock),
      allowance: plenty,
    };
  if (answer.outcomes[0] === 3) return { outcome: 'unknown', lane: 0, seq, allowance: plenty };
  return { outcome: 'refused', because: 'suspended', lane: 0, seq, allowance: plenty };
}

/**
 * What a careful author writes first: one transaction a lookup, one access row, one counter, no order
 * between accounts.
 */
async function recordNaively(db: Database, clock: Clock, ask: Ask): Promise<Recorded> {
  const [row] = await db`
    select allowed, entry::text as entry
      from bench.record_naively(${ask.account}::int, ${ask.subject}::text::uuid, ${ask.purpose}::int,
          ${String(ask.fields)}::text::bigint)`;
  const seq = BigInt(row?.entry ?? 0);
  if (row?.allowed !== true)
    return { outcome: 'refused', because: 'suspended', lane: 0, seq, allowance: plenty };
  if (ask.subject === null) return { outcome: 'unknown', lane: 0, seq, allowance: plenty };
  return { outcome: 'disclosed', breakGlass: false, receipt: receiptFor(ask, seq, clock), allowance: plenty };
}

/**
 * The tables and the function of the naive variant: the same facts kept, the same limit, no gapless order
 * and no proof of either.
 */
export const naiveSchema = `
  create schema bench;
  create table bench.account (account int primary key, drawn int not null default 0, cap int not null,
      suspended boolean not null) with (fillfactor = 50);
  create table bench.pair (account int, subject uuid, first_at timestamptz not null,
      last_at timestamptz not null, primary key (account, subject)) with (fillfactor = 90);
  create table bench.access (id bigint generated always as identity primary key, at timestamptz not null,
      account int not null, subject uuid,
    purpose int not null, fields bigint not null, allowed boolean not null);
  create function bench.record_naively(acct int, person uuid, why int, fieldset bigint,
      out allowed boolean, out entry bigint)
    language plpgsql as $$
  declare its bench.account; fresh boolean := false;
  begin
    select * into its from bench.account where account = acct for no key update;
    allowed := not its.suspended;
    if allowed and person is not null then
      update bench.pair set last_at = clock_timestamp() where account = acct and subject = person;
      fresh := not found;
      if fresh and its.drawn >= its.cap then allowed := false;
      elsif fresh then
        insert into bench.pair values (acct, person, clock_timestamp(), clock_timestamp());
        update bench.account set drawn = drawn + 1 where account = acct;
      end if;
    end if;
    insert into bench.access (at, account, subject, purpose, fields, allowed)
      values (clock_timestamp(), acct, person, why, case when allowed then fieldset else 0 end,
          allowed) returning id into entry;
  end $$;
  insert into bench.account select account, 0, cap, standing = 3 from ledger.account;
  insert into bench.pair select account, subject, first_at, last_at from ledger.pair;
  grant usage on schema bench to vigie_server;
  grant select, insert, update on all tables in schema bench to vigie_server;
  grant execute on all functions in schema bench to vigie_server;`;
