import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { readCopied, uuidLiteral } from '../../../platform/database/binary-read.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { CopiedRecord } from '../../vault/index.ts';

/** The next records after a subject, in order; the last person's may be cut by the limit. */
export async function readSealedAfter(db: Database, after: Buffer, limit: number): Promise<CopiedRecord[]> {
  const rows = await readCopied(
    db,
    `copy (select subject, insurer, ciphertext from rights.sealed where subject > ${uuidLiteral(after)}
            order by subject, insurer limit ${Number(limit)}) to stdout (format binary)`,
  );
  return rows.map(([id, insurer, ciphertext]) => {
    if (!id || !insurer || !ciphertext) throw new Error('a record without all its parts');
    return { id, insurer: insurer.readInt32BE(0), ciphertext };
  });
}

/** Destroys what insurers say of a person; how many records it was. */
export async function deleteSealed(tx: Transaction, subject: string): Promise<number> {
  const gone = await tx`delete from rights.sealed where subject = ${subject}::text::uuid returning 1`;
  return gone.length;
}
