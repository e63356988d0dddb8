import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import { insertToken } from './store.ts';
import { hashToken, newToken } from './token.ts';

/** Gives an account one more bearer token, which is shown this once: only its hash is kept. */
export async function issueToken(db: Database, account: number): Promise<string> {
  const token = newToken();
  if (await insertToken(db, account, hashToken(token))) return token;
  throw new Failure('not-found', { detail: `There is no account ${account} that signs in with a token.` });
}
