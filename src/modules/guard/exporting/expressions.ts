/** What a detector counts, in the terms of Sigma: entries that match, and what of them is counted. */
export type Expression = {
  /** What an entry of the ledger must hold, by the names of the ledger. */
  readonly selection: Readonly<Record<string, string | boolean>>;
  /** How matches are counted; null when one is enough. */
  readonly counted: Counted | null;
  readonly groupBy: string;
  /** What of the detector Sigma cannot say. */
  readonly without: string;
};

/** What is counted. `fixed`: by the detector itself, not by what the case shows. */
type Counted =
  | { readonly type: 'value_count'; readonly field: string; readonly fixed?: Fixed }
  | { readonly type: 'event_count' };
type Fixed = { readonly least: number; readonly timespan: string };

/** Why a detector cannot be written as a Sigma rule at all. */
export type Unsaid = { readonly unsaid: string };

const stranger = { kind: 'lookup', outcome: 'disclosed', neverSeen: true, present: false };

/** Each detector in Sigma's terms, as far as they go: Sigma counts within a time, and knows no rates. */
export const expressions: Readonly<Record<string, Expression | Unsaid>> = {
  'never-seen': {
    selection: stranger,
    counted: { type: 'value_count', field: 'subject' },
    groupBy: 'account',
    without: 'the rate of new people that is usual for the account and its profession',
  },
  geography: { unsaid: 'it compares each person with the départements that are usual for the account' },
  volume: {
    selection: stranger,
    counted: { type: 'value_count', field: 'subject' },
    groupBy: 'account',
    without: 'the hour and kind of day, the account’s own baseline, and a surge of everybody',
  },
  'not-explained': {
    unsaid: 'it is about claims that do not come, and Sigma has no word for what is absent',
  },
  'unknown-people': {
    selection: { kind: 'lookup', outcome: 'unknown' },
    counted: { type: 'event_count' },
    groupBy: 'account',
    without: 'how many of all lookups these are',
  },
  'nir-order': {
    selection: { kind: 'lookup', sameRun: true },
    counted: { type: 'event_count' },
    groupBy: 'account',
    without: 'numbers that rise, one after the other',
  },
  rhythm: { unsaid: 'it compares the waits between lookups' },
  hours: { unsaid: 'it compares the hour with the account’s own habits' },
  honey: {
    selection: { kind: 'lookup', honey: true, sameRun: true },
    counted: null,
    groupBy: 'account',
    without: 'that one restricts, and it takes two different ones within thirty days to suspend',
  },
  'sign-in': { unsaid: 'it compares networks, software and places with those of the account before' },
  'shared-people': {
    selection: stranger,
    // The account’s own organisation and three others, within a week.
    counted: { type: 'value_count', field: 'organisation', fixed: { least: 4, timespan: '7d' } },
    groupBy: 'subject',
    without: 'how many organisations usually meet one person',
  },
  leaked: { unsaid: 'it asks lists of known leaks' },
};
