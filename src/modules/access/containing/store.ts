import { intArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Role } from '../roles.ts';

/** What whoever watches accounts needs to know of one: codes and a number. */
export type Watched = {
  readonly account: number;
  readonly profession: string;
  readonly organisation: number;
};

/** Those of the accounts that are described here; one that was opened a moment ago may not be yet. */
export async function readWatched(db: Database, accounts: readonly number[]): Promise<Watched[]> {
  const rows = await db<Watched[]>`
    select id as account, profession, organisation from access.account
     where id = any (${intArray(accounts)}::text::int[])`;
  return [...rows];
}

/** What is signed in for an account now, as far as the database tells: limits of roles are not looked at. */
export type SignedIn = {
  readonly role: Role;
  readonly sessions: readonly { readonly idle: number; readonly whole: number }[];
  readonly software: number;
};

/** The sessions of an account that nobody ended, with their ages in seconds, and its live software. */
export async function readSignedIn(db: Database, account: number): Promise<SignedIn | undefined> {
  const [row] = await db<SignedIn[]>`
    select a.role,
        (select coalesce(jsonb_agg(jsonb_build_object('idle', extract(epoch from now() - s.seen_at),
                  'whole', extract(epoch from now() - s.created_at))), '[]')
           from access.session s
          where s.account = a.id and s.ended_at is null and s.created_at > now() - interval '1 day')
          as sessions,
        (select count(*)::int from access.software_session s
          where s.account = a.id and s.ended_at is null and (s.expires_at is null or s.expires_at > now()))
          as software
      from access.account a where a.id = ${account}`;
  return row;
}
