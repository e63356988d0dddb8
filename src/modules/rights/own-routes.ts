import { Type } from '@sinclair/typebox';
import { type AccountTools, declareRoute, provenAccount, type Route, word } from '../access/index.ts';
import { outcomeWords } from '../ledger/index.ts';
import { capFactorMax, changeAllowance } from './change-allowance.ts';
import { fieldName, fieldsIn } from './fields.ts';
import type { ReadInsurers } from './read-insurers.ts';

const ownLookups = Type.Object({
  lookups: Type.Array(
    Type.Object({
      entry: Type.String({ description: 'lane/seq of the ledger entry, as in Vigie-Entry.' }),
      at: Type.String({ description: 'When it was recorded. UTC, ISO 8601.' }),
      outcome: word(outcomeWords, 'Told, refused, or nobody with these details.'),
      purpose: Type.String({ description: 'The purpose that was stated.' }),
      present: Type.Boolean({ description: 'Whether the person’s card proved that they were there.' }),
      fields: Type.Array(Type.String(), { description: 'The fields that were told, by name.' }),
      insurers: Type.Array(Type.String(), { description: 'Whose data it was.' }),
    }),
  ),
});

const change = Type.Object(
  {
    cap: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: `New people; at most ${capFactorMax} times the profession’s figure.`,
    }),
    why: Type.String({ minLength: 3, maxLength: 1000, description: 'The reason, in words; it is sealed.' }),
  },
  { additionalProperties: false },
);
const changed = Type.Object({ entry: Type.String({ description: 'lane/seq of the entry of the change.' }) });

/** What Vigie recorded of one's own lookups, and how what an account may draw is changed. */
export function ownRoutes(tools: AccountTools & { readonly readInsurers: ReadInsurers }): Route[] {
  return [
    declareRoute({
      method: 'GET',
      path: '/v1/own-lookups',
      says: 'What Vigie recorded of your lookups of the last 24 hours. The people are not repeated.',
      permission: 'read-own-lookups',
      purpose: null,
      body: null,
      answers: { 200: { says: 'They are listed, the newest first.', schema: ownLookups } },
      failures: ['ledger-unavailable'],
      personal: true,
      handle: async ({ caller }) => ({
        status: 200,
        body: { lookups: await readOwn(tools, caller.account) },
      }),
    }),
    declareRoute({
      method: 'POST',
      path: '/v1/accounts/{account}/allowance',
      pathPart: Type.Object({ account: Type.String({ pattern: '^[1-9]\\d{0,8}$' }) }),
      says: 'Changes what an account may draw, from its very next record on. The change is a ledger entry.',
      permission: 'change-allowance',
      purpose: null,
      body: change,
      example: { cap: 60, why: 'A second shop opened next door' },
      answers: { 200: { says: 'It is changed.', schema: changed } },
      failures: ['account-suspended', 'ledger-unavailable'],
      personal: true,
      async handle({ caller, address, body }) {
        provenAccount(caller);
        const managed = { caller, account: Number(address.account) };
        const { lane, seq } = await changeAllowance(tools, managed, body);
        return { status: 200, body: { entry: `${lane}/${seq}` } };
      },
    }),
  ];
}

async function readOwn({ ledger, readInsurers }: Parameters<typeof ownRoutes>[0], account: number) {
  const lookups = await ledger.readOwnLookups(account);
  const list = await readInsurers([...new Set(lookups.flatMap(({ insurers }) => insurers))]);
  return lookups.map(({ lane, seq, at, fields, insurers, ...told }) => ({
    ...told,
    entry: `${lane}/${seq}`,
    at: at.toISOString(),
    fields: fieldsIn(fields).flatMap((number) => fieldName(number) ?? []),
    insurers: insurers.flatMap((insurer) => list.get(insurer)?.name ?? []),
  }));
}
