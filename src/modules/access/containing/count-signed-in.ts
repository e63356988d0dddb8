import type { Database } from '../../../platform/database/connect.ts';
import { isLive } from '../sign-in/session-limits.ts';
import { readSignedIn } from './store.ts';

/** What ends when an account is shut out: sessions that still sign in, and software that acts for it. */
export type Live = { readonly sessions: number; readonly software: number };

/** Counts what would end now. */
export async function countSignedIn(db: Database, account: number): Promise<Live> {
  const found = await readSignedIn(db, account);
  if (found === undefined) return { sessions: 0, software: 0 };
  const { role, sessions, software } = found;
  return { sessions: sessions.filter((ages) => isLive(role, ages)).length, software };
}
