import type { Transaction } from '../../../../platform/database/binary-copy.ts';
import type { Database } from '../../../../platform/database/connect.ts';
import { type Place, tellsHours, type Whereabouts } from './impossible-travel.ts';

/**
 * Where the other sessions of a session's account were, and when each place was last in use, ended sessions
 * too. Those that were impossible themselves say nothing of where the holder is: coming back from one is not
 * counted again.
 */
export async function readWhereabouts(tx: Transaction, session: string): Promise<readonly Whereabouts[]> {
  return tx<Whereabouts[]>`
    select s.latitude, s.longitude, extract(epoch from now() - max(s.seen_at))::float8 as "secondsAgo"
      from access.session this join access.session s on s.account = this.account
     where this.session = ${session}::text::bigint and s.session <> this.session
       and s.seen_at > now() - make_interval(hours => ${tellsHours}) and s.latitude is not null
       and not s.is_impossible
     group by s.latitude, s.longitude`;
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
