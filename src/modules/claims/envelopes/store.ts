import { byteaArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { assert } from '../../../platform/errors.ts';

/** An envelope as it lies in the database; sealed null is an empty one. */
export type EnvelopeRow = { readonly mark: Buffer; readonly sealed: Buffer | null };

/**
 * Makes the rows that will be locked, in one order and before any is locked: two that need each other's new
 * rows wait for one another in that order, and end.
 */
export async function makeEnvelopes(db: Database | Transaction, marks: readonly Buffer[]): Promise<void> {
  await db`
    insert into claims.envelope (mark)
    select given.mark from unnest(${byteaArray(marks)}::text::bytea[]) as given(mark)
     where not exists (select from claims.envelope e where e.mark = given.mark)
     order by given.mark
    on conflict do nothing`;
}

/** Locks envelopes in one order, until the transaction ends, and reads them. */
export async function lockEnvelopes(tx: Transaction, marks: readonly Buffer[]): Promise<EnvelopeRow[]> {
  const rows = await tx<EnvelopeRow[]>`
    select mark, sealed from claims.envelope
     where mark = any(${byteaArray(marks)}::text::bytea[]) order by mark for update`;
  // What is not there cannot be locked: two would take the same euro.
  assert(rows.length === new Set(marks.map((mark) => mark.toString('hex'))).size, 'an envelope is missing');
  return [...rows];
}

/** Reads envelopes without waiting for anybody: what a quote says may have changed a moment later. */
export async function readEnvelopes(db: Database, marks: readonly Buffer[]): Promise<EnvelopeRow[]> {
  const rows = await db<EnvelopeRow[]>`
    select mark, sealed from claims.envelope where mark = any(${byteaArray(marks)}::text::bytea[])`;
  return [...rows];
}

/** Writes envelopes that this transaction locked. */
export async function writeEnvelopes(tx: Transaction, rows: readonly EnvelopeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx`
    update claims.envelope e set sealed = given.sealed
      from unnest(${byteaArray(rows.map(({ mark }) => mark))}::text::bytea[],
        ${byteaArray(rows.map(({ sealed }) => sealed))}::text::bytea[]) as given(mark, sealed)
     where e.mark = given.mark`;
}
