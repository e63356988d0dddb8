import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { SealedFacts } from '../../vault/index.ts';

/** The next records after a subject, in order; the last person's may be cut by the limit. */
export async function readSealedAfter(db: Database, after: string, limit: number): Promise<SealedFacts[]> {
  return [
    ...(await db<SealedFacts[]>`
      select subject, insurer, ciphertext from rights.sealed
       where subject > ${after}::text::uuid order by subject, insurer limit ${limit}`),
  ];
}

/** Destroys what insurers say of a person; how many records it was. */
export async function deleteSealed(tx: Transaction, subject: string): Promise<number> {
  const gone = await tx`delete from rights.sealed where subject = ${subject}::text::uuid returning 1`;
  return gone.length;
}
