export {
  consumePresence,
  currentCode,
  type PresenceOutcome,
  type PresenceProof,
  wrongCodesPerHour,
} from './consume-presence.ts';
export { confirmKeys, enrolInsurers, InsurerKeys } from './enrol-insurers.ts';
export { type Erased, erasePerson } from './erasure/store.ts';
export { type FactList, type FactsText, factsText, type InsurerFact } from './facts.ts';
export { type FollowedKeys, followKeys } from './follow-keys.ts';
export {
  type ContractName,
  type FoundSubject,
  Held,
  hold,
  markOf,
  release,
  type SealedFacts,
  type WrappedKey,
} from './held.ts';
export type { MasterSource } from './keyring/master-source.ts';
export { type Identity, Keys, liveRing, lookupKey, lookupKeys, nirKey, type Ring } from './keys.ts';
export { openKeys, refreshKeys } from './open-keys.ts';
export type { RotationProgress, RotationTools } from './rotation/begin-rotation.ts';
export { type KeyStatus, readKeyStatus } from './rotation/read-status.ts';
export {
  type CopiedRecord,
  type IndexRotated,
  type RecordSource,
  rotateIndex,
} from './rotation/rotate-index.ts';
export { type InsurersRotated, rotateInsurers } from './rotation/rotate-insurer.ts';
export {
  type MasterPoint,
  type MasterRotated,
  masterPoints,
  type NextMaster,
  rotateMaster,
} from './rotation/rotate-master.ts';
export { rotateSigning } from './rotation/rotate-signing.ts';
export { declareRule, type Fact, type Rule } from './rule.ts';
export {
  type AmendedRecord,
  type Amendment,
  amendRecord,
  declareAmendment,
  hashSaid,
  type Resealed,
  type Said,
  type StoredRecord,
  saidText,
} from './said/said.ts';
export {
  addLookupKeys,
  copyWrapped,
  dropLookupKeys,
  readLastNumber,
  readNumbers,
  readSubjects,
  readWrapped,
} from './said/store.ts';
export { type SealedPerson, sealPerson, sealRecord } from './sealed-person.ts';
export type { Sealer } from './sealing/sealer.ts';
export { ThreadedSealer } from './sealing/threaded-sealer.ts';
export { openText, sealText, staffIndex } from './staff.ts';
export { copyPeople, countPeople, findSubject, findSubjects } from './store.ts';
