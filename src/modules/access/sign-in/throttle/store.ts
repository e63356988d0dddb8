import type { Database } from '../../../../platform/database/connect.ts';

/** Whether a passkey signed in from a network before. */
export async function signedInFrom(db: Database, credential: Buffer, network: number): Promise<boolean> {
  const [row] = await db<{ did: boolean }[]>`
    select exists (
      select from access.passkey p join access.session s on s.account = p.account and s.passkey = p.credential
       where p.credential = ${credential} and p.removed_at is null and s.network = ${network}) as did`;
  return row?.did === true;
}

/** Whether a link is of an invitation that may still be used. */
export async function isInvited(db: Database, linkHash: Buffer): Promise<boolean> {
  const [row] = await db<{ is: boolean }[]>`
    select exists (
      select from access.invitation where link_hash = ${linkHash} and used_at is null
         and withdrawn_at is null and expires_at > now()) as is`;
  return row?.is === true;
}
