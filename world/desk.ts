import {
  type AccountTools,
  createBeginnings,
  insertDemoAccount,
  isDemo,
  markDemo,
  type NewAccount,
  openAccount,
  openDemoSession,
} from '../src/modules/access/index.ts';

/** The public address of the servers that desks of an invented country ask. */
export const deskOrigin = 'https://vigie.example';

/** An account at work, and what its browser sends with every request. */
export type Desk = {
  readonly account: number;
  readonly headers: Readonly<Record<'cookie' | 'origin' | 'user-agent', string>>;
};

const userAgent = 'Vigie invented country';

/** Opens an account of an invented country and signs it in from this machine; the first makes it a demo. */
export async function openDesk(tools: AccountTools, asked: NewAccount): Promise<Desk> {
  if (!(await isDemo(tools.db))) await markDemo(tools.db);
  const account = await openAccount(tools, asked);
  await insertDemoAccount(tools.db, account);
  const from = createBeginnings(tools.keys)({ address: '127.0.0.1', userAgent });
  const cookie = (await openDemoSession(tools.db, account, from)).split(';')[0] ?? '';
  return { account, headers: { cookie, origin: deskOrigin, 'user-agent': userAgent } };
}
