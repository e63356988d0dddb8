import { Type } from '@sinclair/typebox';
import { standings } from '../../ledger/index.ts';
import type { AccountTools } from '../create-account.ts';
import { type Role, roles } from '../roles.ts';
import { choice, declareRoute, type Route, word } from '../route.ts';
import { readAccountPage, readAccounts, type StandingFilter, standingFilters } from './read-accounts.ts';
import { type AccountSort, accountSorts, deedWords } from './store.ts';

const closed = { additionalProperties: false };
const instant = (description: string) => Type.String({ description: `${description} UTC, ISO 8601.` });
const maybeInstant = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description: `${description} UTC, ISO 8601.` });
const people = (description: string) => Type.Integer({ description });

const shown = {
  account: Type.Integer({ description: 'Its number, as in ledger entries.' }),
  holder: Type.String({ description: 'The name of its holder, a member of staff.' }),
  organisation: Type.Object({ number: Type.Integer(), name: Type.String() }),
  profession: Type.String(),
  role: word(roles, 'What it is for.'),
  standing: word(standings, 'What it may do, from all to nothing.'),
  passkeys: Type.Integer({ description: 'How many passkeys its holder has.' }),
  seenAt: maybeInstant('When it was last used by a person.'),
};

const list = Type.Object({
  accounts: Type.Array(Type.Object(shown)),
  next: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'Ask `after` this for more; null when that is all.',
  }),
});

const page = Type.Object({
  ...shown,
  allowance: Type.Object({
    charged: people('New people drawn and not explained.'),
    cap: people('The most of them.'),
    left: people('How many more may be drawn.'),
    renewalPerDay: people('How many come back a day, while renewal goes on.'),
    renews: Type.Boolean({ description: 'Whether half of the last 30 days’ people were explained.' }),
    peopleToday: people('Different people looked up today.'),
    peoplePerDayMax: people('The most of them in a day.'),
  }),
  days: Type.Array(
    Type.Object({
      day: Type.String({ description: 'YYYY-MM-DD, Europe/Paris.' }),
      drawn: people('New people drawn that day.'),
      explained: people('Of those, how many are explained.'),
      claims: people('Explained that day by a claim.'),
      present: people('Who were there that day.'),
      byHand: people('Explained that day by hand.'),
      lookups: Type.Integer({ description: 'Lookups of that day that have an entry of their own.' }),
      refused: Type.Integer({ description: 'Refused that day, those that were only counted too.' }),
    }),
    { description: 'The last 30 days; one on which nothing happened is left out.' },
  ),
  sessions: Type.Array(
    Type.Object({
      session: Type.String({ description: 'Its number, as in ledger entries.' }),
      createdAt: instant('When it began.'),
      seenAt: instant('When it was last used, to the minute.'),
      endedAt: maybeInstant('When it was ended.'),
      network: Type.Integer({ description: 'The network it began in, as a keyed number.' }),
      client: Type.Integer({ description: 'The browser it began in, as a keyed number.' }),
    }),
  ),
  software: Type.Array(
    Type.Object({
      session: Type.String({ description: 'Its number, as in ledger entries.' }),
      name: Type.String({ description: 'What the software was registered as.' }),
      scope: Type.String({ description: 'Permissions, separated by spaces.' }),
      createdAt: instant('Since when it acts for the account.'),
      expiresAt: maybeInstant('When the holder’s consent ends by itself; null for a service account.'),
      endedAt: maybeInstant('When it was ended.'),
    }),
  ),
  deeds: Type.Array(
    Type.Object({
      what: word(deedWords, 'What was done; `open` is reinstated.'),
      at: instant('When.'),
      by: Type.Integer({ description: 'By which account; 0 is the command line.' }),
      why: Type.String({ description: 'The reason, in their words; empty where none is asked.' }),
      cap: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'The new cap.' }),
    }),
    { description: 'What was done to it, the newest first.' },
  ),
});

const shared = {
  method: 'GET',
  permission: 'read-accounts',
  purpose: null,
  body: null,
  personal: true,
} as const;

/** How accounts are found and read by those who manage them, each within its reach. */
export function accountRoutes(tools: AccountTools): Route[] {
  return [
    declareRoute({
      ...shared,
      path: '/v1/accounts',
      query: Type.Object(
        {
          search: Type.Optional(
            Type.String({ maxLength: 200, description: 'A number, or a whole e-mail address.' }),
          ),
          role: Type.Optional(Type.Union(roles.map((role) => Type.Literal(role)))),
          profession: Type.Optional(Type.String({ pattern: '^[a-z-]{1,40}$', description: 'A profession.' })),
          standing: Type.Optional(
            choice(standingFilters, 'Only these; `contained` is all that are not open.'),
          ),
          sort: Type.Optional(choice(accountSorts, 'Ordered by; a minus turns it around.')),
          after: Type.Optional(Type.String({ pattern: '^\\d{1,9}$', description: 'From the page before.' })),
        },
        closed,
      ),
      says: 'The accounts within reach, fifty at a time; administrators see their own house.',
      answers: { 200: { says: 'They are listed.', schema: list } },
      failures: [],
      async handle({ caller, address }) {
        const { search, role, profession, standing, sort = 'number', after } = address;
        return {
          status: 200,
          body: await readAccounts(tools, caller, {
            ...(search === undefined ? {} : { search: search.trim() }),
            ...(role === undefined ? {} : { role: role as Role }),
            ...(profession === undefined ? {} : { profession }),
            ...(standing === undefined ? {} : { standing: standing as StandingFilter }),
            sort: sort as AccountSort,
            after: after === undefined ? null : Number(after),
          }),
        };
      },
    }),
    declareRoute({
      ...shared,
      path: '/v1/accounts/{account}',
      pathPart: Type.Object({ account: Type.String({ pattern: '^[1-9]\\d{0,8}$' }) }),
      says: 'One account: its allowance, its days, its sessions, and what was done to it. Never whom it saw.',
      answers: { 200: { says: 'It is shown.', schema: page } },
      failures: ['account-suspended', 'ledger-unavailable'],
      handle: async ({ caller, address }) => ({
        status: 200,
        body: await readAccountPage(tools, { caller, account: Number(address.account) }),
      }),
    }),
  ];
}
