import type { Cents, Step, StepRule, Told } from './care.ts';
import { euros } from './euros.ts';

/** One rule that was applied, told with what it came to. */
export function step(rule: StepRule, { fr, en }: Told, cents: Cents): Step {
  return { rule, fr: `${fr} = ${euros(cents, 'fr')}`, en: `${en} = ${euros(cents, 'en')}`, cents };
}
