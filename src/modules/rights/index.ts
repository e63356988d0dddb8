/** What people are covered for: the guarded lookup, the rules it decides by, and the tables they read. */
export { afterDeathRule } from './after-death.ts';
export { agentFigures, agentProfession } from './agent-figures.ts';
export type { CoverageAnswer, CoverageContract, CoveredDomain } from './answer.ts';
export type { AskedPerson } from './asked.ts';
export { parseBirthDate } from './birth-date.ts';
export type { Card } from './card/card.ts';
export { cardKeysPath, writeCardText } from './card/card-text.ts';
export { cardRoutes } from './card/routes.ts';
export { type ShownCard, type ShownCards, showCards } from './card/show-card.ts';
export { publishedKeys, signCard } from './card/sign-card.ts';
export {
  type CardKey,
  type CardRefusal,
  type CardVerdict,
  holdsOn,
  readCardKeys,
  verifyCard,
} from './card/verify-card.ts';
export { type CoverageDecision, type CoverageReason, coverageReasons } from './coverage.ts';
export { type DomainRight, readDay, readDomainRight } from './domain-right.ts';
export { type Domain, type DomainCode, domainCodes, domains, findDomain } from './domains.ts';
export { mostPeopleDrawn } from './draw-limit.ts';
export {
  createDrawPerson,
  type DrawFor,
  type Drawn,
  type DrawPerson,
  type DrawTools,
} from './draw-person.ts';
export { createDrawSubject, type DrawSubject } from './draw-subject.ts';
export { domainField, field, fieldName, fieldSet, fieldsIn, fieldsVersion } from './fields.ts';
export {
  allowanceFigures,
  busyDay,
  dayVariation,
  type Figure,
  type Figures,
  normalP99,
} from './figures.ts';
export { type ErasedPerson, erasePerson } from './identities/erase-person.ts';
export { rotateIndexKey } from './identities/rotate-index-key.ts';
export { type ImportState, readImportStates } from './import-state/store.ts';
export { directoryColumns } from './imports/directory.ts';
export type { Skipped } from './imports/directory-row.ts';
export { importInsurers, type RowImport } from './imports/import-insurers.ts';
export { importRelations } from './imports/import-relations.ts';
export { insurerColumns } from './imports/insurer-row.ts';
export {
  type ImportCounts,
  type ImportKind,
  type KeptImport,
  keepImport,
  noCounts,
} from './imports/keep-import.ts';
export { type FileRow, listProfessionals } from './imports/list-professionals.ts';
export { relationColumns } from './imports/relation-row.ts';
export { knownInsurersRule } from './known-insurers.ts';
export { type LoadOptions, loadPeople, type PersonToLoad } from './load-people.ts';
export { answerUndrawn, drawFailures, drawHeaders, headersOf, spentAnswer } from './lookup-answer.ts';
export {
  type AskedLookup,
  createLookupCoverage,
  type LookupCoverage,
  type LookupOutcome,
  type LookupTools,
  type ToldToReview,
} from './lookup-coverage.ts';
export { controlKey, parseNir, writeNir } from './nir.ts';
export { birthDepartements, placeOfBirth } from './noticing/departements.ts';
export { type FollowedHoney, followHoney } from './noticing/follow-honey.ts';
export { chooseHoney, type HoneyPlaces, honeyMost, walkMost } from './noticing/honey-places.ts';
export { Notices } from './noticing/notices.ts';
export { NumberList } from './noticing/number-list.ts';
export { placeHoney } from './noticing/place-honey.ts';
export { countHoney } from './noticing/store.ts';
export { ownRoutes } from './own-routes.ts';
export {
  type ImportPeopleOptions,
  type ImportPeopleTools,
  importPeople,
  peopleLock,
} from './people/import-people.ts';
export type { ListedContract, ListedDomain, ListedPerson, RightDays } from './people/listed-person.ts';
export {
  type PeopleFileRules,
  peopleColumns,
  peopleColumnsBesides,
  peoplePlace,
} from './people/people-file.ts';
export { readListedPeople } from './people/read-listed.ts';
export { careDay, personFields, purposeWords } from './person-body.ts';
export { luhnDigit, parseFiness, parseRpps } from './practitioner.ts';
export { findProfession, type Profession, type ProfessionCode, professions } from './professions.ts';
export { createReadInsurers, type ReadInsurers } from './read-insurers.ts';
export { reviewRoutes } from './reviews/routes.ts';
export { createTellBreakGlass } from './reviews/tell-break-glass.ts';
export { rightsRoutes } from './routes.ts';
export { findInsurer, type Insurer } from './store.ts';
export { createUploads, type Uploads } from './uploads/create-uploads.ts';
export { insurerImportRoutes } from './uploads/insurer-import-routes.ts';
