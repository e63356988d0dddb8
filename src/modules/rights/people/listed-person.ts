import type { Day } from '../../../platform/clock.ts';
import type { Identity } from '../../vault/index.ts';
import type { DomainCode } from '../domains.ts';

/** The days of a right: from, until when the card says, until when online answers hold; null = not given. */
export type RightDays = {
  readonly start: Day;
  readonly printedEnd: Day | null;
  readonly onlineEnd: Day | null;
};

/** One care domain as a file lists it, with days of its own where they differ from the contract's. */
export type ListedDomain = {
  readonly code: DomainCode;
  readonly level: string;
  readonly convention: string;
  readonly days?: RightDays;
};

/** One contract as a file lists it for one person. */
export type ListedContract = {
  readonly contractNumber: string;
  readonly memberNumber: string;
  /** The first of its domains' conventions, by code. */
  readonly convention: string;
  readonly csr: string;
  readonly responsible: boolean;
  /** Empty when it names none; null when the file does not say. */
  readonly plan: string | null;
  readonly days: RightDays;
  /** In the order of the codes' fields; shared by everyone whose lines say the same. */
  readonly domains: readonly ListedDomain[];
};

/** One person as consecutive lines of a file list them. */
export type ListedPerson = {
  readonly lines: readonly number[];
  readonly identity: Required<Identity>;
  readonly lastName: string;
  readonly firstName: string;
  readonly sex: string;
  readonly departement: string;
  /** Empty when no death is known; null when the file does not say. */
  readonly deathDate: Day | null;
  readonly contracts: readonly ListedContract[];
};
