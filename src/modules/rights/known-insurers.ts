import { declareRule } from '../vault/index.ts';
import { isOfCoverage } from './fields.ts';

/** The insurers that have, or had, a contract of the person: whom care outside their cover concerns. */
export const knownInsurersRule = declareRule<null, number[]>(
  'known-insurers',
  (facts) => [...new Set(facts.filter(({ field }) => isOfCoverage(field)).map(({ insurer }) => insurer))],
  [],
);
