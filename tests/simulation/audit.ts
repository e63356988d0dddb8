import type { Database } from '../../src/platform/database/connect.ts';
import type { Received } from './client.ts';

type Entry = { account: number; subject: string | null; outcome: number; fields: bigint };

const outcomeOf: Readonly<Record<number, number>> = { 200: 1, 403: 2, 404: 3, 429: 2 };

/** What is wrong with a ledger, seen by its owner, given everything that clients received; nothing is []. */
export async function audit(owner: Database, received: readonly Received[], cap: number): Promise<string[]> {
  const faults = [
    ...(await findLost(owner, received)),
    ...(await findHoles(owner)),
    ...(await findOver(owner)),
  ];
  const seen = new Map<number, Set<string>>();
  for (const { account, subject, status } of received) {
    if (status !== 200 || subject === null) continue;
    seen.set(account, (seen.get(account) ?? new Set()).add(subject));
  }
  const over = [...seen].filter(([, subjects]) => subjects.size > cap);
  return [...faults, ...over.map(([account, { size }]) => `account ${account} received ${size} people`)];
}

async function findLost(owner: Database, received: readonly Received[]): Promise<string[]> {
  const rows = await owner`
    select lane || '/' || seq as place, account, subject, outcome, fields::text as fields
      from ledger.entry where kind = 1`;
  const entries = new Map(
    rows.map(({ place, account, subject, outcome, fields }) => {
      return [place as string, { account, subject, outcome, fields: BigInt(fields) } satisfies Entry];
    }),
  );
  const used = new Set<string>();
  return received.flatMap((one) => {
    if (one.status >= 500) return one.entry === undefined ? [] : [`${one.status} with an entry ${one.entry}`];
    // Refusals beyond 60 a minute are counted, not written.
    if (one.entry === undefined) return one.status === 429 ? [] : [`${one.status} without an entry`];
    const entry = entries.get(one.entry);
    if (entry === undefined) return [`entry ${one.entry} of a ${one.status} is lost`];
    if (used.has(one.entry)) return [`entry ${one.entry} answers two lookups`];
    used.add(one.entry);
    const isSame =
      entry.account === one.account &&
      entry.subject === one.subject &&
      entry.outcome === outcomeOf[one.status] &&
      (one.fields & ~entry.fields) === 0n;
    return isSame ? [] : [`entry ${one.entry} is not of the ${one.status} that names it`];
  });
}

async function findHoles(owner: Database): Promise<string[]> {
  const lanes = await owner`
    select l.lane, l.size::int, count(e.seq)::int as entries, count(distinct e.seq)::int as places,
           coalesce(max(e.seq), -1)::int + 1 as next
      from ledger.lane l left join ledger.entry e on e.lane = l.lane group by l.lane, l.size`;
  const accounts = await owner`
    select a.account from ledger.account a
      left join ledger.entry e on e.lane = a.lane and e.account = a.account
     group by a.account, a.actor_seq
    having count(*) <> a.actor_seq or max(e.actor_seq) <> a.actor_seq
        or count(distinct e.actor_seq) <> count(*)`;
  return [
    ...lanes
      .filter(({ size, entries, places, next }) => entries !== size || places !== size || next !== size)
      .map((lane) => `lane ${JSON.stringify(lane)}`),
    ...accounts.map(({ account }) => `account ${account} has a hole`),
  ];
}

/** Pairs drawn and not explained, people disclosed, the balance: none over the cap, none astray. */
async function findOver(owner: Database): Promise<string[]> {
  const rows = await owner`
    select a.account, a.cap, a.charged,
           (select count(*)::int from ledger.pair p
             where p.lane = a.lane and p.account = a.account and p.state = 1) as pairs,
           (select count(distinct e.subject)::int from ledger.entry e
             where e.lane = a.lane and e.account = a.account and e.kind = 1 and e.outcome = 1) as people
      from ledger.account a`;
  return rows
    .filter(({ cap, charged, pairs, people }) => pairs > cap || charged !== pairs || people !== pairs)
    .map((row) => `account over or astray ${JSON.stringify(row)}`);
}
