import type { Database } from '../../../platform/database/connect.ts';
import { endDeadImports, insertImport, updateImport } from './store.ts';

/** What a file may list. */
export type ImportKind = 'people' | 'relations' | 'professionals' | 'insurers';

/** What became of a file's lines. Lines count once each; the others count what the lines are about. */
export type ImportCounts = {
  lines: number;
  /** Distinct people a file of people told of; 0 for the other kinds. */
  people: number;
  added: number;
  changed: number;
  unchanged: number;
  closed: number;
  rejected: number;
};

/** A file as it is begun. */
export type ImportStart = {
  readonly kind: ImportKind;
  readonly insurer?: number | undefined;
  readonly complete: boolean;
  readonly dryRun: boolean;
  readonly fileName: string;
};

/** The trace of one import, for `vigie status` and for whoever asks later. */
export type KeptImport = {
  readonly id: string;
  update(counts: ImportCounts): Promise<void>;
  end(state: 'done' | 'failed' | 'interrupted', counts: ImportCounts, message?: string): Promise<void>;
};

/** Counts of a file of which nothing was read yet. */
export function noCounts(): ImportCounts {
  return { lines: 0, people: 0, added: 0, changed: 0, unchanged: 0, closed: 0, rejected: 0 };
}

/**
 * Begins the trace of an import. The caller holds the lock of its kind: whatever else is still marked as
 * running died, and is marked so.
 */
export async function keepImport(db: Database, start: ImportStart): Promise<KeptImport> {
  await endDeadImports(db, start);
  const id = await insertImport(db, start);
  return {
    id,
    update: (counts) => updateImport(db, { id, counts, ended: null }),
    end: (state, counts, message) =>
      updateImport(db, { id, counts, ended: { state, message: message ?? null } }),
  };
}
