import { Type } from '@sinclair/typebox';
import { word } from '../access/index.ts';
import { standings } from '../ledger/index.ts';
import { caseEnds } from './acting/store.ts';
import { alarmKinds } from './alarms/alarm.ts';
import { causes } from './cases/store.ts';
import { bits, closed, count, instant, maybe, maybeInstant, why } from './route-parts.ts';

const listed = {
  id: Type.String({ description: 'Its number.' }),
  account: count('About which account.'),
  organisation: count('Of which organisation.'),
  profession: Type.String(),
  isShadow: Type.Boolean({ description: 'Only watched: nothing was changed.' }),
  state: word(['open', ...caseEnds], 'Open, or how it ended; `answered` is by the holder’s passkey.'),
  standing: word(standings, 'The strictest that it led to.'),
  bits: bits('The strongest evidence at a step.'),
  isHoney: Type.Boolean({ description: 'Whether a person who does not exist was asked for.' }),
  ledBy: word(causes, 'What led to its strongest step; `own` is the evidence of the account alone.'),
  sweep: maybe('string', 'The sweep that found the account, if that led to it.'),
  openedAt: instant('When the entry was written that led to it.'),
  closedAt: maybeInstant('When it ended.'),
};

/** Cases in a list, how many there are, and where each part goes on. */
export const cases = Type.Object({
  cases: Type.Array(Type.Object(listed)),
  counts: Type.Object({
    open: count('How many are open, and act.'),
    watching: count('How many are open, and only watched.'),
    ended: count('How many ended.'),
  }),
  next: Type.Object({
    open: maybe('string', 'Ask `after` this for more that are open, and act; null when that is all.'),
    watching: maybe('string', 'For more that are open, and only watched.'),
    ended: maybe('string', 'For more that ended.'),
  }),
});

/** A case whole. */
export const wholeCase = Type.Object({
  ...listed,
  thresholds: Type.Object({
    challenge: bits('What a challenge asks for.'),
    restrict: bits('What a restriction asks for.'),
    suspend: bits('What a suspension asks for, with e-BH over all accounts.'),
  }),
  expiresAt: maybeInstant('When it ends by itself; null when a person must end it.'),
  peopleBefore: count('Absent people told to the account in the day before its first step.'),
  campaign: maybe('string', 'The campaign that the account belongs to; null when there is none.'),
  group: Type.Unsafe<{ accounts: number; challenge: number; restrict: number } | null>({
    ...{ type: ['object', 'null'], required: ['accounts', 'challenge', 'restrict'] },
    ...{ additionalProperties: false },
    properties: {
      accounts: count('How many accounts its group has now.'),
      challenge: bits('What a challenge of such a group asks for, of all its accounts together.'),
      restrict: bits('What a restriction asks for.'),
    },
    description: 'The group whose evidence led to a step; null when none did.',
  }),
  peopleSince: count('Absent people told to the account since.'),
  steps: Type.Array(
    Type.Object({
      what: word(['contained', ...caseEnds], 'What was done.'),
      at: instant('When.'),
      from: word(standings, 'The standing before.'),
      to: word(standings, 'The standing after.'),
      by: count('By which account; 0 is the guard, or the command line.'),
      because: maybe('string', 'Entry that led to it, lane/seq.'),
      entry: maybe('string', 'Entry that it wrote, lane/seq; null in shadow mode.'),
      bits: maybe('number', 'The evidence then: of what led to it. In bits.'),
      ledBy: Type.Unsafe<(typeof causes)[number] | null>({
        ...{ type: ['string', 'null'], enum: [...causes, null] },
        description: 'What led to it; null for what a person or time did.',
      }),
      why: Type.String({ description: 'The reason in the words of who did it; empty for the guard.' }),
    }),
  ),
  points: Type.Array(
    Type.Object({
      entry: Type.String({ description: 'Entry of the lookup, lane/seq.' }),
      at: instant('When it was.'),
      bits: bits('The evidence after it.'),
      own: Type.Array(Type.Number(), {
        description: 'Of each detector, in the order of the settings. In bits.',
      }),
    }),
    { description: 'How the evidence came about, lookup by lookup: 500 at most.' },
  ),
});

/** What a verdict did. */
export const ruled = Type.Object({
  account: count('About which account.'),
  isChanged: Type.Boolean({ description: 'Whether what it may do has changed.' }),
});

/** What was promised, and what happened. */
export const board = Type.Object({
  days: count('For so many days back.'),
  professions: Type.Array(
    Type.Object({
      profession: Type.String(),
      accountDays: Type.Number({
        description: 'Days on which an account looked somebody up, over all accounts.',
      }),
      lookups: Type.Number({ description: 'Their lookups.' }),
      steps: Type.Array(
        Type.Object({
          standing: word(standings, 'What the step leads to.'),
          promisedAccountDays: count('On average at most one false step in so many account-days.'),
          allowed: Type.Number({ description: 'False steps that this promises for these account-days.' }),
          cases: count('Cases that came this far, or further.'),
          open: count('Of these, open.'),
          answered: count('Ended by the holder’s passkey.'),
          falseAlarms: count('Over, and confirmed by nobody: undone, answered or expired.'),
          undone: count('Undone by a person.'),
          confirmed: count('Confirmed by a person.'),
          expired: count('Ended by time: nobody said what they were.'),
          shadow: count('Besides these, only watched.'),
        }),
      ),
    }),
  ),
});

/** What of the guard acts. */
export const settings = Type.Object({
  isShadow: Type.Boolean({ description: 'The guard only watches.' }),
  setBy: maybe('integer', 'Who set it; null before anybody did.'),
  setAt: maybeInstant('When.'),
  accountDays: Type.Object({
    challenge: count('Account-days between two false challenges, at least.'),
    restrict: count('Account-days between two false restrictions, at least.'),
    suspend: count('Account-days between two false suspensions, at least.'),
  }),
  containedHours: count('How long a challenge or a restriction holds that nobody confirmed.'),
  lag: Type.Object({
    behind: Type.Number({ description: 'Entries that the guard has not looked at.' }),
    behindSeconds: Type.Number({ description: 'How old the oldest of them is.' }),
    quietSeconds: maybe('number', 'Since when nothing was heard of it; null when it never worked.'),
  }),
  alarms: Type.Array(
    Type.Object({
      kind: word(alarmKinds, 'What is wrong with the guard, or with what it is given.'),
      detector: maybe('integer', 'The number of the detector that throws; null for an alarm about none.'),
      entries: Type.Number({ description: 'Entries that it is about, as far as they are counted.' }),
      since: instant('Since when.'),
    }),
    { description: 'Alarms that are open, the oldest first. They end by themselves.' },
  ),
  detectors: Type.Array(
    Type.Object({
      number: count('Its number.'),
      name: Type.String(),
      fr: Type.String({ description: 'What its evidence says, in French.' }),
      en: Type.String({ description: 'The same in English.' }),
      isWaiting: Type.Boolean({ description: 'Contributes nothing yet.' }),
      isShadow: Type.Boolean({ description: 'Opens shadow cases only.' }),
    }),
  ),
});

/** What to set. */
export const newSettings = Type.Object(
  {
    isShadow: Type.Boolean({ description: 'Everything is written as a case, and nothing is changed.' }),
    shadowDetectors: Type.Array(Type.Integer({ minimum: 1, maximum: 100 }), {
      maxItems: 100,
      description: 'Detectors, by their numbers, that open shadow cases only.',
    }),
    why,
  },
  closed,
);

/** What the guard has against one's own account. */
export const ownContainment = Type.Object({
  standing: word(standings, '`open` when the guard does not contain it.'),
  expiresAt: maybeInstant('When that ends by itself; null when it does not.'),
  past: Type.Array(
    Type.Object({
      openedAt: listed.openedAt,
      closedAt: listed.closedAt,
      state: listed.state,
      standing: listed.standing,
    }),
    { description: 'What the guard did to the account in 90 days, the newest first, 20 at most.' },
  ),
});
