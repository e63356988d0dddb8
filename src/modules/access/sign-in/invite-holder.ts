import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { type Keys, sealText } from '../../vault/index.ts';
import { insertInvitation, tryInvitation } from './store.ts';

/** How long an invitation may wait, and how many wrong codes close it: a chance of 5 in 100 million. */
export const invitationHours = 72;
export const wrongCodesMax = 5;

/** What is given to the holder: the link by one channel, the code by another. Shown once. */
export type Invitation = { readonly link: string; readonly code: string };

/** An invitation as its holder presents it. */
export type Presented = { readonly link: string; readonly code: string };

/**
 * Invites the holder of an account to make a passkey. `why` says how the person was recognised; it is sealed.
 * An earlier invitation of the account does not hold any more.
 */
export async function inviteHolder(
  tools: { readonly db: Database; readonly keys: Keys },
  asked: { readonly account: number; readonly by: number; readonly why: string },
): Promise<Invitation> {
  const link = randomBytes(32).toString('base64url');
  const code = String(randomInt(0, 100_000_000)).padStart(8, '0');
  const known = await insertInvitation(tools.db, {
    ...hashesOf({ link, code }),
    account: asked.account,
    madeBy: asked.by,
    whySealed: sealText(tools.keys, asked.why, `invitation|${asked.account}`),
    hours: invitationHours,
  });
  if (!known) {
    const detail = `There is no account ${asked.account} that a person may sign in to.`;
    throw new Failure('not-found', { detail });
  }
  return { link, code };
}

/** The account an invitation is for. Unknown, used, expired, closed or a wrong code: the same failure. */
export async function readInvitation(db: Database, presented: Presented): Promise<number> {
  const account = await tryInvitation(db, { ...hashesOf(presented), wrongCodesMax });
  if (account === undefined) throw new Failure('invitation-refused');
  return account;
}

/** What is kept of it. The code's hash needs the link: a copy of the database cannot try all codes. */
export function hashesOf({ link, code }: Presented): { linkHash: Buffer; codeHash: Buffer } {
  return { linkHash: hash(link), codeHash: hash(`${link}|${code}`) };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
