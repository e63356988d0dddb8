/**
 * What is known of an account beside its entries. The same profile and entries always give the same
 * verdict.
 */
export type GuardProfile = {
  /** Its code in the table of professions; '' when it has none. */
  readonly profession: string;
  /** Lookups on a usual day of its profession. */
  readonly dailyLookups: number;
};
