import type { Database } from '../../../../platform/database/connect.ts';
import type { Role } from '../../roles.ts';

/** Whose software is asked for: that of one organisation's professionals, of one insurer, or of everybody. */
export type ClientReach = { readonly organisation: number | null; readonly insurer: number | null };

/** Software as those who manage it see it, names still sealed. */
export type ShownClientRow = {
  readonly id: string;
  readonly number: number;
  readonly nameSealed: Buffer;
  readonly organisation: number;
  readonly organisationSealed: Buffer;
  readonly account: number | null;
  readonly role: Role | null;
  readonly keys: readonly { readonly kid: string; readonly crv: string }[];
  readonly keysAt: Date;
  readonly createdAt: Date;
  readonly seenAt: Date | null;
  readonly live: number;
  readonly revokedAt: Date | null;
  readonly revokedBy: number | null;
  readonly whySealed: Buffer | null;
};

/** Software within reach, the newest first, from the number `before` on; or only the one that is named. */
export async function listShownClients(
  db: Database,
  ask: ClientReach & { readonly id: string | null; readonly before: number | null; readonly most: number },
): Promise<ShownClientRow[]> {
  const { organisation, insurer, id, before, most } = ask;
  const rows = await db<ShownClientRow[]>`
    select c.id, c.number, c.name_sealed as "nameSealed", c.organisation,
        o.name_sealed as "organisationSealed", c.account, a.role, c.keys -> 'keys' as keys,
        c.keys_at as "keysAt", c.created_at as "createdAt", c.seen_at as "seenAt",
        (select count(*)::int from access.software_session s
          where s.client = c.id and s.ended_at is null
            and (s.expires_at is null or s.expires_at > now())) as live,
        c.revoked_at as "revokedAt", c.revoked_by as "revokedBy", c.why_sealed as "whySealed"
      from access.client c join access.organisation o on o.id = c.organisation
      left join access.account a on a.id = c.account
     where (${id}::text is null or c.id = ${id}::text)
       and (${before}::int is null or c.number < ${before}::int)
       and (${organisation}::int is null
         or (c.organisation = ${organisation}::int and (a.id is null or a.role = 'professional')))
       and (${insurer}::int is null or a.insurer = ${insurer}::int)
     order by c.number desc limit ${most}::int`;
  return [...rows];
}

/** Notes that a client was given a token, to the minute. */
export async function touchClient(db: Database, id: string): Promise<void> {
  await db`
    update access.client set seen_at = now()
     where id = ${id} and (seen_at is null or seen_at < now() - interval '1 minute')`;
}
