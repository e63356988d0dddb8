import { intArray, splitInts } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { firstSettings, type GuardSettings } from './settings.ts';

/** What holds now, and who set it; by and at are null before anybody did. */
export type SetSettings = GuardSettings & { readonly by: number | null; readonly at: Date | null };

/** What somebody set last. */
export async function readSettings(db: Database): Promise<SetSettings> {
  const [row] = await db`
    select is_shadow, shadow_detectors::text as detectors, by, at
      from guard.setting order by id desc limit 1`;
  if (row === undefined) return { ...firstSettings, by: null, at: null };
  return { isShadow: row.is_shadow, shadowDetectors: splitInts(row.detectors), by: row.by, at: row.at };
}

/** Sets it from now on. */
export async function insertSettings(
  db: Database | Transaction,
  set: GuardSettings & { readonly by: number; readonly reasonSealed: Buffer },
): Promise<void> {
  await db`
    insert into guard.setting (is_shadow, shadow_detectors, by, reason_sealed)
    values (${set.isShadow}, ${intArray(set.shadowDetectors)}::text::int[], ${set.by}, ${set.reasonSealed})`;
}
