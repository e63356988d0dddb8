import type { Transaction } from '../../../../platform/database/binary-copy.ts';
import type { Database } from '../../../../platform/database/connect.ts';
import { type Place, tellsHours, type Whereabouts } from './impossible-travel.ts';

/** Where the other sessions of a session's account were, ended ones too; the last 200 that were in use. */
export async function readWhereabouts(tx: Transaction, session: string): Promise<readonly Whereabouts[]> {
  return tx<Whereabouts[]>`
    select s.latitude, s.longitude, s.is_impossible as "isImpossible",
        extract(epoch from now() - s.created_at)::float8 as "begunSecondsAgo",
        extract(epoch from now() - s.seen_at)::float8 as "seenSecondsAgo"
      from access.session this join access.session s on s.account = this.account
     where this.session = ${session}::text::bigint and s.session <> this.session
       and s.seen_at > now() - make_interval(hours => ${tellsHours}) and s.latitude is not null
     order by s.seen_at desc limit 200`;
}

/** Keeps where a session began, and whether it cannot be. */
export async function notePlace(
  tx: Transaction,
  session: string,
  noted: { readonly place: Place; readonly isImpossible: boolean },
): Promise<void> {
  const { latitude, longitude } = noted.place;
  await tx`
    update access.session
       set latitude = ${latitude}, longitude = ${longitude}, is_impossible = ${noted.isImpossible}
     where session = ${session}::text::bigint`;
}

/** Forgets where sessions were, once it can tell nothing any more. */
export async function forgetPlaces(db: Database): Promise<void> {
  await db`
    update access.session set latitude = null, longitude = null
     where session in (
       select session from access.session
        where latitude is not null and seen_at < now() - make_interval(hours => ${tellsHours})
        limit 10000 for update skip locked)`;
}
