import { textArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { type Due, forgetDeliveries, takeDue } from '../../../platform/outgoing/deliveries/store.ts';
import type { EventType, GuardEvent, WrittenEvent } from './events.ts';

/** Where endpoints of the guard, and what is on its way to them, are kept. */
export const tables = { endpoints: 'guard.endpoint', deliveries: 'guard.delivery' };

export const endpointKinds = ['webhook', 'syslog', 'mail'] as const;
export type EndpointKind = (typeof endpointKinds)[number];

/**
 * Writes an event, in the transaction of what it tells: told if and only if it happened. It waits for nobody;
 * without an endpoint it is kept all the same, for one that asks to hear what was.
 */
export async function insertEvent(tx: Transaction, { type, data }: GuardEvent): Promise<void> {
  await tx`
    with written as (
      insert into guard.event (type, at, data)
      values (${type}, ledger.now(), ${JSON.stringify(data)}::text::jsonb) returning id, type, at)
    insert into guard.delivery (endpoint, event, type, at)
    select e.id, w.id, w.type, w.at from written w, guard.endpoint e where e.ended_at is null`;
}

/** A delivery that is due, and what it is sent with. */
export type Taken = Due & {
  readonly kind: EndpointKind;
  readonly url: string | null;
  readonly secretSealed: Buffer | null;
  readonly event: WrittenEvent;
};

type TakenRow = Pick<Taken, 'kind' | 'url' | 'secretSealed'> & WrittenEvent;

/**
 * Takes one delivery that is due, for a webhook or for one of the marked targets that this server's settings
 * name: other servers tell the others. Undefined also when its endpoint ended this instant.
 */
export async function takeDelivery(
  db: Database,
  { mayBeSlow, targets }: { readonly mayBeSlow: boolean; readonly targets: readonly string[] },
): Promise<Taken | undefined> {
  const mine = db`(e.kind = 'webhook' or e.target = any (${textArray(targets)}::text::text[]))`;
  const due = await takeDue(db, tables, mayBeSlow, mine);
  if (due === undefined) return undefined;
  const [row] = await db<TakenRow[]>`
    select e.kind, e.url, e.secret_sealed as "secretSealed", w.id::text as id, w.type, w.at, w.data
      from guard.delivery d join guard.endpoint e on e.id = d.endpoint join guard.event w on w.id = d.event
     where d.id = ${due.id}::text::uuid and e.ended_at is null`;
  if (row === undefined) return undefined;
  const { kind, url, secretSealed, ...event } = row;
  return { ...due, kind, url, secretSealed, event };
}

/** So many events are in one letter; what is beyond comes with the next. */
const inOneLetter = 100;
/** A flood of cases is a letter a minute, not one each (assumed: nobody reads faster). */
const letterEverySeconds = 60;

/** Takes all that waits for a letter to the SOC, as told; in the transaction of the letter. */
export async function takeForLetter(tx: Transaction, endpoint: string): Promise<WrittenEvent[]> {
  const rows = await tx<{ id: string; type: EventType; at: Date; data: Record<string, unknown> }[]>`
    with taken as (
      update guard.delivery d set delivered_at = now(), outcome = 'mailed'
       where d.id in (select n.id from guard.delivery n
                       where n.endpoint = ${endpoint}::text::uuid and n.delivered_at is null
                         and n.given_up_at is null and n.next_at <= now()
                       order by n.at limit ${inOneLetter} for update skip locked)
      returning d.event), rests as (
      update guard.endpoint set taken_until = null, slow_tries = 0,
          rests_until = now() + ${letterEverySeconds}::int * interval '1 second'
       where id = ${endpoint}::text::uuid)
    select w.id::text as id, w.type, w.at, w.data from guard.event w join taken t on t.event = w.id
     order by w.at, w.place`;
  return [...rows];
}

/** So many events wait for one endpoint at most; the oldest beyond are given up, and can be sent again. */
export const waitingMost = 10_000;

/** Keeps what waits within its bound, and forgets what ended long ago; events after three months. */
export async function forgetOldEvents(db: Database, most = waitingMost): Promise<void> {
  await db`
    update guard.delivery d set given_up_at = now(), outcome = coalesce(d.outcome, 'too-many')
     where d.id in (
       select ranked.id from (
         select n.id, row_number() over (partition by n.endpoint order by n.at desc) as place
           from guard.delivery n where n.delivered_at is null and n.given_up_at is null) ranked
        where ranked.place > ${most}::int)`;
  await forgetDeliveries(db, tables);
  await db`
    delete from guard.event w where w.id in (
      select o.id from guard.event o
       where o.written_at < now() - interval '90 days'
         and not exists (select from guard.delivery d where d.event = o.id)
       limit 5000)`;
}

/** What waits for the outside, by kind of endpoint. */
export type TellingState = {
  readonly kind: EndpointKind;
  /** How many there are; two of a setting are servers whose settings differ. */
  readonly endpoints: number;
  readonly waiting: number;
  /** Of these, those that wait for more than an hour. */
  readonly late: number;
  /** Given up within the last day, and not sent again. */
  readonly givenUp: number;
};

/** Counts what waits and what was given up, for each kind that is told. */
export async function readTelling(db: Database): Promise<TellingState[]> {
  const rows = await db<TellingState[]>`
    select e.kind, count(distinct e.id)::int as endpoints,
        count(d.id) filter (where d.delivered_at is null and d.given_up_at is null)::int as waiting,
        count(d.id) filter (where d.delivered_at is null and d.given_up_at is null
          and d.at < ledger.now() - interval '1 hour')::int as late,
        count(d.id) filter (where d.given_up_at > now() - interval '1 day')::int as "givenUp"
      from guard.endpoint e left join guard.delivery d on d.endpoint = e.id and d.delivered_at is null
     where e.ended_at is null group by e.kind order by e.kind`;
  return [...rows];
}
