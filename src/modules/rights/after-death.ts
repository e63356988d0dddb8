import type { Day } from '../../platform/clock.ts';
import { declareRule } from '../vault/index.ts';
import { readDay } from './domain-right.ts';
import { field } from './fields.ts';

/** Whether any insurer says that the person died before the day of care. */
export const afterDeathRule = declareRule<{ readonly careDate: Day }, boolean>(
  'after-death',
  (facts, { careDate }) =>
    facts.some(
      ({ field: number, value }) => number === field.deathDate && (readDay(value) ?? careDate) < careDate,
    ),
  [],
);
