/**
 * An entry of the ledger as whoever follows it folds it: numbers and a subject, and nothing that the ledger
 * does not hold. Instants are microseconds since 1970, UTC, as a number (exact until the year 2255).
 */
export type FollowedEntry = {
  readonly lane: number;
  readonly seq: number;
  readonly at: number;
  readonly account: number;
  /** Who acted: the account itself, another, or 0 for the system. */
  readonly by: number;
  /** codes.ts: 1 lookup, 2 explanation, 3 standing, 4 counted refusals, 5 opened, 6 relations. */
  readonly kind: number;
  /** Of a lookup what was done, of an explanation how, of a standing the new one. */
  readonly action: number;
  readonly organisation: number;
  readonly client: number;
  readonly network: number;
  readonly session: number;
  /** The ledger's name for a person; null when nobody was found. */
  readonly subject: string | null;
  /** 1 disclosed, 2 refused, 3 unknown. */
  readonly outcome: number;
  readonly reason: number;
  readonly present: boolean;
  /** src/modules/ledger/signals.ts. */
  readonly signals: number;
  readonly count: number;
};
