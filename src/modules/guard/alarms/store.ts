import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { AlarmKind } from './alarm.ts';

/** An alarm that is open. */
export type Alarm = {
  readonly id: string;
  readonly kind: AlarmKind;
  /** A detector's number; 0 for an alarm about none. */
  readonly detector: number;
  readonly entries: number;
  readonly since: Date;
  /** Hours since it was last so. */
  readonly quietHours: number;
};

/** Every alarm that is open, the oldest first. */
export async function readAlarms(db: Database): Promise<Alarm[]> {
  const rows = await db<Alarm[]>`
    select id::text as id, kind, detector, entries::float8 as entries, opened_at as since,
        extract(epoch from now() - seen_at)::float8 / 3600 as "quietHours"
      from guard.alarm where closed_at is null order by opened_at, id`;
  return [...rows];
}

/** Opens an alarm; undefined when it is open already. */
export async function openAlarm(
  tx: Transaction,
  about: Pick<Alarm, 'kind' | 'detector' | 'entries'>,
): Promise<Alarm | undefined> {
  const [row] = await tx<Alarm[]>`
    insert into guard.alarm (kind, detector, entries)
    values (${about.kind}, ${about.detector}::int::smallint, ${String(about.entries)}::text::bigint)
    on conflict (kind, detector) where closed_at is null do nothing
    returning id::text as id, kind, detector, entries::float8 as entries, opened_at as since,
        0::float8 as "quietHours"`;
  return row;
}

/** Notes that an open alarm is so still, and of how many entries more. */
export async function touchAlarm(db: Database, id: string, entries: number): Promise<void> {
  await db`
    update guard.alarm set seen_at = now(), entries = entries + ${String(entries)}::text::bigint
     where id = ${id}::text::bigint and closed_at is null`;
}

/** Closes an alarm; false when somebody did. */
export async function closeAlarm(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx`
    update guard.alarm set closed_at = now() where id = ${id}::text::bigint and closed_at is null
    returning id`;
  return rows.length === 1;
}
