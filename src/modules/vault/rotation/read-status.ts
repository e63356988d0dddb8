import type { Database } from '../../../platform/database/connect.ts';
import { countReaders, readPurposeRows } from '../keyring/store.ts';
import { silentAfterSeconds } from './begin-rotation.ts';
import { type Rotation, readUnfinished } from './store.ts';

/** What is known of the keys without opening any. */
export type KeyStatus = {
  readonly version: bigint;
  /** The id of the master key that wraps them, in hexadecimal. */
  readonly master: string;
  readonly keys: readonly {
    readonly purpose: string;
    readonly generation: number;
    readonly state: 'current' | 'accepted';
    readonly derived: boolean;
  }[];
  readonly servers: { readonly live: number; readonly behind: number };
  readonly unfinished: readonly Rotation[];
};

/** Reads which keys there are, which servers work with them, and which rotations wait to go on. */
export async function readKeyStatus(db: Database): Promise<KeyStatus> {
  const { version, rows } = await readPurposeRows(db);
  const [servers, ...rotations] = await Promise.all([
    countReaders(db, version, silentAfterSeconds),
    readUnfinished(db, 'index'),
    readUnfinished(db, 'insurer'),
    readUnfinished(db, 'signing'),
  ]);
  return {
    version,
    master: rows[0]?.masterId.toString('hex') ?? '',
    keys: rows.map(({ purpose, generation, state, derived }) => ({ purpose, generation, state, derived })),
    servers,
    unfinished: rotations.flatMap((each) => (each === undefined ? [] : [each])),
  };
}
