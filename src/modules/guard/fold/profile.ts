/** What is known of an account beside its entries. Same profile, same entries: always the same verdict. */
export type GuardProfile = {
  /** Its code in the table of professions; '' when it has none. */
  readonly profession: string;
  /** Lookups on a usual day of its profession. */
  readonly dailyLookups: number;
};
