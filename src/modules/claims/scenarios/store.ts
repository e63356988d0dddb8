import { textArray, uuidArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { ScenarioWord } from './scenario.ts';

/** A person of a sandbox, and the word of what becomes of their claims, as it stands in the table. */
export type KeptScenario = { readonly subject: string; readonly scenario: string };

/** Keeps scenarios; only a demo can hold one. */
export async function insertScenarios(
  db: Database,
  kept: readonly { readonly subject: string; readonly scenario: ScenarioWord }[],
): Promise<void> {
  await db`
    insert into claims.scenario (subject, scenario)
    select * from unnest(${uuidArray(kept.map(({ subject }) => subject))}::text::uuid[],
      ${textArray(kept.map(({ scenario }) => scenario))}::text::text[])`;
}

/** The scenarios of some people. */
export async function readScenarios(db: Database, subjects: readonly string[]): Promise<KeptScenario[]> {
  const rows = await db<KeptScenario[]>`
    select subject::text as subject, scenario from claims.scenario
     where subject = any(${uuidArray(subjects)}::text::uuid[])`;
  return [...rows];
}
