import type { Transaction } from '../../../../platform/database/binary-copy.ts';
import type { Feature } from './login-risk.ts';

/** What a session shows, as its account's last 200 sign-ins and everybody's last 5,000 showed it. */
export async function readHabits(tx: Transaction, session: string): Promise<readonly Feature[]> {
  const [row] = await tx<Record<string, number>[]>`
    with this as (
      select session, account, network, client from access.session
       where session = ${session}::text::bigint),
    own as (
      select s.network, s.client from this join access.session s on s.account = this.account
       where s.session < this.session order by s.seen_at desc limit 200),
    everybody as (
      select s.network, s.client from access.session s
       where s.session < (select session from this) order by s.session desc limit 5000)
    select
      (select count(*)::int from own) as own,
      (select count(*)::int from own where own.network = this.network) as "ownNetwork",
      (select count(distinct network)::int from own) as "ownNetworks",
      (select count(*)::int from own where own.client = this.client) as "ownClient",
      (select count(distinct client)::int from own) as "ownClients",
      (select count(*)::int from everybody) as all,
      (select count(*)::int from everybody e where e.network = this.network) as "allNetwork",
      (select count(distinct network)::int from everybody) as "allNetworks",
      (select count(*)::int from everybody e where e.client = this.client) as "allClient",
      (select count(distinct client)::int from everybody) as "allClients"
      from this`;
  const of = (name: string) => row?.[name] ?? 0;
  return ['Network', 'Client'].map((name) => ({
    own: { of: of('own'), times: of(`own${name}`), kinds: of(`own${name}s`) },
    everybody: { of: of('all'), times: of(`all${name}`), kinds: of(`all${name}s`) },
  }));
}

/** The highest risk of the account's sessions of a day from the same network and client, in bits. */
export async function readAlike(tx: Transaction, session: string): Promise<number> {
  const [row] = await tx<{ bits: number }[]>`
    select coalesce(max(s.risk_bits), 0)::float8 as bits
      from access.session this join access.session s
        on s.account = this.account and s.network = this.network and s.client = this.client
     where this.session = ${session}::text::bigint and s.session <> this.session
       and s.created_at > now() - interval '1 day'`;
  return row?.bits ?? 0;
}

/** Keeps how unusual the beginning of a session was. */
export async function noteRisk(
  tx: Transaction,
  session: string,
  { bits, repeats }: { readonly bits: number; readonly repeats: boolean },
): Promise<void> {
  await tx`
    update access.session set risk_bits = ${bits}::float8, repeats = ${repeats}
     where session = ${session}::text::bigint`;
}
