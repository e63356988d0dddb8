import { type TSchema, Type } from '@sinclair/typebox';
import type { Database } from '../../../platform/database/connect.ts';
import { declareRoute, type Route, word } from '../../access/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import { bits, casePath, count, instant, maybe, officers } from '../route-parts.ts';
import { readEffect, readLookups, readPlaces } from './look-into-case.ts';
import { lookupSigns } from './lookup-signs.ts';

const places = Type.Object({
  people: count(
    'New people told to the account while they were not there, from the day before its first step.',
  ),
  unplaced: count('Of these, whose number tells no département.'),
  usualPeople: count('People that what is usual rests on; older ones fade.'),
  isUsualKnown: Type.Boolean({ description: 'Whether there are enough of them to say what is usual.' }),
  places: Type.Array(
    Type.Object({
      departement: Type.String({ description: 'Where a number was given; 20 and 96 are of former times.' }),
      people: count('New people of the case.'),
      usual: count('Usual people of the account.'),
      isUsual: maybe('boolean', 'Whether detector 2 holds it for usual; null while nothing is.'),
    }),
  ),
});

const lookups = Type.Object({
  lookups: Type.Array(
    Type.Object({
      entry: Type.String({ description: 'Its place in the ledger, lane/seq.' }),
      at: instant('When.'),
      sinceSeconds: maybe('number', 'Since the account’s lookup before; null for the first.'),
      departement: maybe('string', 'Where the number was given, if it tells.'),
      signs: Type.Array(word(lookupSigns, 'What is known of it.')),
      bits: bits('The evidence after it.'),
      added: Type.Unsafe<number[] | null>({
        type: ['array', 'null'],
        items: { type: 'number' },
        description:
          'What each detector gained or lost, in the order of the settings, in bits; null when what was ' +
          'before is not kept.',
      }),
    }),
  ),
});

const effect = Type.Object({
  sessions: count('Sessions of the account that are signed in.'),
  software: count('Software that acts for it.'),
  people: count('Different people told to it, absent, from the day before its first step on.'),
  usualPeople: maybe(
    'integer',
    'Different people on a usual day of the 30 before; null when there was none.',
  ),
  newPeopleLeft: count('New people it may still draw.'),
});

/** What is behind a case, for whoever judges it: places and times, and nobody's name. */
export function caseRoutes(tools: {
  readonly db: Database;
  readonly ledger: Pick<Ledger, 'readAllowance'>;
}): Route[] {
  const { db } = tools;
  return [
    behind('places', places, {
      says: 'Where the numbers of a case’s people were given, against those usual for the account: counts.',
      read: (id) => readPlaces(db, id),
    }),
    behind('lookups', lookups, {
      says: 'The lookups behind a case’s evidence: what each was and what it added. Nobody is named.',
      read: async (id) => ({ lookups: await readLookups(db, id) }),
    }),
    behind('effect', effect, {
      says: 'What undoing or confirming a case would do now, in people and sessions.',
      read: (id) => readEffect(tools, id),
    }),
  ];
}

function behind<Schema extends TSchema>(
  path: string,
  schema: Schema,
  { says, read }: { readonly says: string; readonly read: (id: string) => Promise<unknown> },
): Route {
  return declareRoute({
    ...{ ...officers, method: 'GET', path: `/v1/guard/cases/{case}/${path}`, pathPart: casePath },
    ...{ says, body: null },
    answers: { 200: { says: 'It is told.', schema } },
    failures: ['not-found', 'account-suspended'],
    handle: async ({ address }) => ({ status: 200, body: await read(String(address.case)) }),
  });
}
