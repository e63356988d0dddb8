export { consumePresence, currentCode, type PresenceProof, wrongCodesPerDay } from './consume-presence.ts';
export { confirmKeys, enrolInsurers, type InsurerKeys } from './enrol-insurers.ts';
export type { InsurerFact } from './facts.ts';
export {
  type ContractName,
  type FoundSubject,
  Held,
  hold,
  release,
  type SealedFacts,
  type WrappedKey,
} from './held.ts';
export { type Identity, Keys, lookupKey, nirKey } from './keys.ts';
export { openKeys } from './open-keys.ts';
export { declareRule, type Fact, type Rule } from './rule.ts';
export { type SealedPerson, sealPerson } from './sealed-person.ts';
export { openText, sealText, staffIndex } from './staff.ts';
export { copyPeople, countPeople, findSubjects } from './store.ts';
