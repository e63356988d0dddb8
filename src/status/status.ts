import type { Alarm, GuardLag, TellingState } from '../modules/guard/index.ts';
import type { LaneState } from '../modules/ledger/index.ts';
import type { MailState } from '../modules/messages/index.ts';
import type { ImportState } from '../modules/rights/index.ts';
import type { KeyStatus } from '../modules/vault/index.ts';
import type { DatabaseFacts } from '../platform/database/describe-database.ts';

/** What is known when the database answers. */
export type Inside = {
  readonly facts: DatabaseFacts;
  readonly pending: readonly string[];
  readonly lanes: readonly LaneState[];
  /** The first day that no month of the ledger is made for. */
  readonly monthsUntil: string | null;
  readonly imports: readonly ImportState[];
  readonly keys: KeyStatus | null;
  readonly mails: MailState | null;
  readonly guard: GuardLag | null;
  /** What the guard found wrong with itself or its inputs. */
  readonly alarms: readonly Alarm[];
  /** How many honey persons are placed. */
  readonly honey: number | null;
  /** What waits to be told outside of what the guard did; one row for each kind of receiver. */
  readonly telling: readonly TellingState[];
};

/** A folder and the disk it is on. */
export type Disk = {
  readonly what: string;
  readonly folder: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
};

/** Where the master key comes from; the mode of its file, or null when there is no file. */
export type KeySource = {
  readonly command: boolean;
  readonly file: string;
  readonly mode: number | null;
  readonly isInDataFolder: boolean;
};

/** The day a file of places was built, if it says so; or a sentence that says why it cannot be read. */
export type Places = { readonly builtOn: string | null } | { readonly problem: string };

/** All that `vigie status` looks at. */
export type Status = {
  /** Whether mails are handed to a server: without one, holders are told of nothing. */
  readonly tellsByMail: boolean;
  /** The file that says where addresses are; null when none is named: impossible travel is not noticed. */
  readonly places: Places | null;
  readonly where: string;
  /** True for the database that the server runs itself. */
  readonly isOwn: boolean;
  /** A sentence when the database does not answer. */
  readonly inside: Inside | string;
  readonly keySource: KeySource;
  readonly disks: readonly Disk[];
};
