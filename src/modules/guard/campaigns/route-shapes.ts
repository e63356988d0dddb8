import { Type } from '@sinclair/typebox';
import { word } from '../../access/index.ts';
import { standings } from '../../ledger/index.ts';
import { blockStates } from '../networks/network-use.ts';
import { bits, closed, count, instant, maybe, maybeInstant, why } from '../route-parts.ts';
import { networkBecame } from '../sweeps/read-sweeps.ts';
import { families } from './families.ts';

const shared = Type.Array(word(families, 'In what way they are alike.'), {
  description: 'What they newly share.',
});

const listed = {
  campaign: Type.String({ description: 'Its number.' }),
  state: word(
    ['open', 'confirmed', 'closed'],
    '`confirmed` once a person confirmed that a member was stolen; `closed` by a person, or long quiet.',
  ),
  bits: bits('The strongest evidence of all its members together.'),
  openedAt: instant('When the first of its links was found.'),
  closedAt: maybeInstant('When it was closed.'),
  accounts: count('How many accounts it has.'),
  people: count('Strangers told to them while they used what they share; one told to two counts twice.'),
};

const network = Type.Object({
  block: Type.String({ description: 'The number of the block.' }),
  network: count('The network, as the keyed number that entries have.'),
  sweep: Type.String({ description: 'The sweep that looked for it.' }),
  account: count('The stolen account that was used from it.'),
  blockedAt: instant('Since when.'),
  until: instant('Until when, if nobody opens it before.'),
  blockedBy: count('Which account blocked it; 0 is the guard, by the sweep.'),
  openedAt: maybe('string', 'When somebody opened it again. UTC, ISO 8601.'),
  openedBy: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'Which account opened it; 0 is the command line.',
  }),
  why: maybe('string', 'Why, in the words of who blocked it; null when the guard did.'),
  openedWhy: maybe('string', 'Why, in the words of who opened it.'),
});

const sweep = Type.Object({
  sweep: Type.String({ description: 'Its number.' }),
  campaign: maybe('string', 'The campaign of the account it began with; null when it has none.'),
  case: maybe('string', 'The confirmed case it began with.'),
  startedAt: instant('When the case was confirmed.'),
  endedAt: maybeInstant('When all was read; null while it goes on.'),
  from: instant('The first moment that is looked at.'),
  to: instant('The last one.'),
  entries: Type.Number({ description: 'Entries of the ledger read so far.' }),
  networks: Type.Array(
    Type.Object({
      network: count('A network that was new to the stolen account when it drew strangers.'),
      others: count(
        'Other accounts that used it in those days, as far as was read; 100 are a hundred or more.',
      ),
      became: word(networkBecame, 'Whether it was blocked, or is open again since.'),
    }),
  ),
  found: count('How many accounts it found; of those with the most people, 1,000 are listed.'),
  people: count('Strangers told to all of them while they used what they share.'),
  accounts: Type.Array(
    Type.Object({
      account: count('An account that used the same rare things.'),
      organisation: count('Of which organisation.'),
      profession: Type.String(),
      families: shared,
      people: count('Strangers told to it while it used them.'),
      firstAt: instant('Its first such lookup.'),
      lastAt: instant('Its last one.'),
      standing: word(standings, 'What the account may do now.'),
    }),
  ),
});

/** Campaigns in a list. */
export const campaigns = Type.Object({
  campaigns: Type.Array(Type.Object(listed)),
  count: count('How many there are.'),
});

/** Blocked networks in a list. */
export const networks = Type.Object({
  networks: Type.Array(network),
  count: count('How many were blocked.'),
});

/** Whether a network may be blocked, and who speaks against it. */
export const blockEffect = Type.Object({
  state: word(
    blockStates,
    '`free` may be blocked; `used` by somebody beyond suspicion; `unread` while the sweep goes on; `old`: ' +
      'the sweep ended more than 30 days ago; `blocked` already.',
  ),
  accounts: count(
    'Accounts that used it or signed in from it, and that no person confirmed to be stolen; 100 are a ' +
      'hundred or more.',
  ),
  organisations: count('Of how many organisations they are.'),
  stolen: count('Other accounts on it whose theft a person confirmed, and which are suspended.'),
  days: count('For how many days it would be blocked.'),
});

/** Sweeps in a list. */
export const sweeps = Type.Object({
  sweeps: Type.Array(sweep),
  count: count('How many there are; of the case alone, if one was asked for.'),
});

/** A campaign whole. */
export const wholeCampaign = Type.Object({
  ...listed,
  members: Type.Array(
    Type.Object({
      account: count('Which account.'),
      organisation: count('Of which organisation.'),
      profession: Type.String(),
      bits: bits('Its own evidence, alone.'),
      standing: word(standings, 'What the account may do now.'),
      case: maybe('string', 'Its newest case; null when there is none.'),
      joinedAt: instant('When it was linked.'),
      people: count('Strangers told to it while it used what it shares.'),
    }),
  ),
  links: Type.Array(
    Type.Object({
      one: count('An account.'),
      other: count('Another, of another organisation.'),
      weight: bits('How rare what they share is.'),
      families: shared,
    }),
  ),
  sweeps: Type.Array(sweep),
  sweepCount: count('How many sweeps began with one of its accounts; the newest 50 are listed.'),
});

/** What would end for each member of a campaign. */
export const effect = Type.Object({
  members: Type.Array(
    Type.Object({
      account: count('Which account.'),
      sessions: count('Its sessions that are signed in.'),
      software: count('Software that acts for it.'),
    }),
  ),
});

/** Whom to confirm. */
export const confirmation = Type.Object(
  {
    accounts: Type.Array(Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }), {
      ...{ minItems: 1, maxItems: 100 },
      description: 'Members that were stolen.',
    }),
    why,
  },
  closed,
);
