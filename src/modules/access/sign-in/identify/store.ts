import { byteaArray } from '../../../../platform/database/arrays.ts';
import type { Database } from '../../../../platform/database/connect.ts';
import type { Role } from '../../roles.ts';

/** A session that was not ended, with its account; ages in seconds. */
export type FoundSession = {
  readonly session: string;
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly role: Role;
  readonly insurer: number | null;
  readonly network: number;
  readonly client: number;
  readonly idle: number;
  readonly whole: number;
  readonly byPsc: boolean;
  /** How unusual its beginning was, in bits. */
  readonly riskBits: number;
  /** Nobody can have travelled to where it began. */
  readonly isImpossible: boolean;
  /** It is as unusual as one that was asked for its passkey again. */
  readonly repeats: boolean;
  /** Nobody is served from its network now. */
  readonly isBlocked: boolean;
};

/** The sessions of cookies' hashes, in their order, unless they were ended; never remembered. */
export async function findSessions(
  db: Database,
  hashes: readonly Buffer[],
): Promise<(FoundSession | undefined)[]> {
  const rows = await db<(FoundSession & { hash: Buffer })[]>`
    select s.hash, s.session::text as session, s.account, a.organisation, a.profession, a.role, a.insurer,
        s.network, s.client, extract(epoch from now() - s.seen_at)::float8 as idle,
        extract(epoch from now() - s.created_at)::float8 as whole,
        s.psc_rpps is not null as "byPsc", coalesce(s.risk_bits, 0)::float8 as "riskBits",
        s.is_impossible as "isImpossible", s.repeats,
        exists (select from access.blocked_network b where b.network = s.network and b.until > now())
          as "isBlocked"
      from access.session s join access.account a on a.id = s.account
     where s.hash = any(${byteaArray(hashes)}::text::bytea[]) and s.ended_at is null`;
  const byHash = new Map(rows.map((row) => [row.hash.toString('base64'), row]));
  return hashes.map((hash) => byHash.get(hash.toString('base64')));
}

/** Notes that a session is in use. */
export async function touchSession(db: Database, hash: Buffer): Promise<void> {
  await db`update access.session set seen_at = now() where hash = ${hash}`;
}
