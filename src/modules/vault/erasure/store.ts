import type { Transaction } from '../../../platform/database/binary-copy.ts';

/** How much was destroyed. */
export type Erased = { readonly lookupKeys: number; readonly wrappedKeys: number };

/**
 * Destroys every key of a person and everything that leads to them. The subject and the number stay, so that
 * the ledger's entries can still be proven; they name nobody.
 */
export async function erasePerson(tx: Transaction, subject: string, because: string): Promise<Erased> {
  // Lookup keys are not indexed by subject: that would cost every load for the sake of a rare act.
  await tx`set local statement_timeout = 0`;
  const links = await tx`delete from vault.lookup_key where subject = ${subject}::text::uuid returning 1`;
  const keys = await tx`delete from vault.wrapped_key where subject = ${subject}::text::uuid returning 1`;
  await tx`
    update vault.person set presence_key = '', erased_at = now(), erased_because = ${because}
     where subject = ${subject}::text::uuid`;
  return { lookupKeys: links.length, wrappedKeys: keys.length };
}
