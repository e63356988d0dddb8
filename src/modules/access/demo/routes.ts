import { Type } from '@sinclair/typebox';
import { openText } from '../../vault/index.ts';
import type { AccountTools } from '../create-account.ts';
import { roles } from '../roles.ts';
import { declareRoute, type Route, word } from '../route.ts';
import { openDemoSession } from './open-session.ts';
import { listDemoAccounts } from './store.ts';

const door = Type.Object({
  people: Type.Array(
    Type.Object({
      account: Type.Integer(),
      name: Type.String({ description: 'An invented name.' }),
      role: word(roles, 'What the account is for.'),
      profession: Type.String(),
    }),
  ),
});

/** What must all hold for the demo's door to exist. */
export type DoorHouse = { readonly environment: string; readonly host: string; readonly isDemo: boolean };

const loopback = ['127.0.0.1', '::1', 'localhost'];

/** Whether there is a door: a demo's database, reached from this machine only, and not production. */
export function hasDemoDoor({ environment, host, isDemo }: DoorHouse): boolean {
  return isDemo && environment !== 'production' && loopback.includes(host);
}

/** One click in, as an invented person; declared only where `hasDemoDoor` says so. */
export function demoRoutes({ db, keys }: Pick<AccountTools, 'db' | 'keys'>): Route[] {
  const shared = { permission: 'none', purpose: null, personal: true } as const;
  return [
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/demo-door',
      says: 'The invented people that anybody at this machine may try Vigie as. Only a demo has this.',
      body: null,
      answers: { 200: { says: 'They are listed.', schema: door } },
      failures: [],
      async handle() {
        const rows = await listDemoAccounts(db);
        const people = rows.map(({ account, role, profession, holderSealed }) => {
          const holder = JSON.parse(openText(keys, holderSealed, `holder|${account}`)) as { name: string };
          return { account, name: holder.name, role, profession };
        });
        return { status: 200, body: { people } };
      },
    }),
    declareRoute({
      ...shared,
      method: 'POST',
      path: '/v1/demo-sessions',
      says: 'Signs in as an invented person of the door, without a passkey. Only a demo has this.',
      body: Type.Object({ account: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
      answers: { 200: { says: 'Signed in.', schema: Type.Object({ account: Type.Integer() }) } },
      failures: ['not-found'],
      async handle({ body, caller }) {
        const { network, client } = caller;
        const { account } = body;
        const cookie = await openDemoSession(db, account, { network, client });
        return { status: 200, body: { account }, headers: { 'set-cookie': cookie } };
      },
    }),
  ];
}
