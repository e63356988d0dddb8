import { intArray, textArray, uuidArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { type Due, forgetDeliveries, takeDue } from '../../../platform/outgoing/deliveries/store.ts';
import type { ClaimEvent, EventType } from './event.ts';

/** Where endpoints of accounts, and what is on its way to them, are kept. */
export const tables = { endpoints: 'claims.webhook_endpoint', deliveries: 'claims.webhook_delivery' };

/**
 * Keeps events until they are told, in the transaction of what became of the claims: told if and only if it
 * happened. One statement for all of them; an account without an endpoint costs nothing beyond it.
 */
export async function insertEvents(tx: Transaction, events: readonly ClaimEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx`
    insert into claims.webhook_delivery (endpoint, type, claim, at)
    select e.id, told.type, told.claim, told.at
      from unnest(
          ${intArray(events.map(({ account }) => account))}::text::int[],
          ${uuidArray(events.map(({ claim }) => claim))}::text::uuid[],
          ${textArray(events.map(({ type }) => type))}::text::text[],
          ${textArray(events.map(({ at }) => at.toISOString()))}::text::timestamptz[]
        ) as told (account, claim, type, at)
      join claims.webhook_endpoint e on e.account = told.account and e.ended_at is null`;
}

/** A delivery that is due, and what it is sent with. */
export type Taken = Due & {
  readonly type: EventType;
  readonly claim: string | null;
  readonly at: Date;
  readonly account: number;
  readonly url: string;
  readonly secretSealed: Buffer;
  readonly oldSecretSealed: Buffer | null;
};

/** Takes one delivery that is due; undefined also when its endpoint ended this instant. */
export async function takeDelivery(db: Database, mayBeSlow: boolean): Promise<Taken | undefined> {
  const due = await takeDue(db, tables, mayBeSlow);
  if (due === undefined) return undefined;
  const [row] = await db<Omit<Taken, keyof Due>[]>`
    select d.claim::text as claim, d.at, e.account, e.url, e.secret_sealed as "secretSealed",
        case when e.old_secret_until > now() then e.old_secret_sealed end as "oldSecretSealed"
      from claims.webhook_delivery d join claims.webhook_endpoint e on e.id = d.endpoint
     where d.id = ${due.id}::text::uuid and e.ended_at is null`;
  return row && { ...due, type: due.type as EventType, ...row };
}

/** Forgets what was told a month ago or given up three months ago, and secrets that were replaced. */
export async function forgetOldDeliveries(db: Database): Promise<void> {
  await db`
    update claims.webhook_endpoint set old_secret_sealed = null, old_secret_until = null
     where old_secret_until <= now()`;
  await forgetDeliveries(db, tables);
}
