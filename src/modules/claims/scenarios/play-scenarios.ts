import type { Database } from '../../../platform/database/connect.ts';
import { type Scenario, scenarios } from './scenario.ts';
import { readScenarios } from './store.ts';

/** Finds what becomes of the claims of some people, whatever they say. */
export type ScenarioOf = (subjects: readonly string[]) => Promise<ReadonlyMap<string, Scenario>>;

/** What must hold for scenarios to be played: an invented country, and not production. */
export type ScenarioHouse = { readonly environment: string; readonly isDemo: boolean };

/** Plays what is kept in a demo; undefined for any other house, whose table is not even read. */
export function createScenarioOf(
  db: Database,
  { environment, isDemo }: ScenarioHouse,
): ScenarioOf | undefined {
  if (!isDemo || environment === 'production') return undefined;
  return async (subjects) => {
    const kept = await readScenarios(db, subjects);
    return new Map(
      kept.flatMap(({ subject, scenario }) => {
        const played = scenarios.get(scenario);
        return played === undefined ? [] : [[subject, played] as const];
      }),
    );
  };
}
