import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { refuseBlocked } from '../networks/refuse-blocked.ts';
import type { Beginning } from '../sign-in/begin-session.ts';
import { cookieOf, hashSecret, newSecret } from '../sign-in/cookie.ts';
import { insertDemoSession } from './store.ts';

/** Signs in as an invented person of the demo's door, without a passkey; the cookie, shown this once. */
export async function openDemoSession(db: Database, account: number, from: Beginning): Promise<string> {
  await refuseBlocked(db, from.network);
  const secret = newSecret();
  const row = { hash: hashSecret(secret), account, ...from };
  if (!(await insertDemoSession(db, row))) throw new Failure('not-found');
  return cookieOf(secret);
}
