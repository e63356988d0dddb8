import { byteaArray, intArray, textArray, uuidArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** A claim that is about to be kept. */
export type ClaimToKeep = {
  readonly id: string;
  readonly account: number;
  readonly organisation: number;
  readonly subject: string;
  readonly insurers: readonly number[];
  readonly keyMark: Buffer;
  readonly digest: Buffer;
  readonly twinMark: Buffer;
  readonly engagement: string | null;
  readonly replaces: string | null;
  readonly sealed: Buffer;
};

/** A claim that is kept under a key. */
export type KeptClaim = { readonly id: string; readonly digest: Buffer; readonly receivedAt: Date };

/**
 * Keeps claims, each under its key, with the first line of its history; what is there already stays. Gives
 * what is kept under each key, in their order.
 */
export async function insertClaims(db: Database, claims: readonly ClaimToKeep[]): Promise<KeptClaim[]> {
  const kept = await insertNew(db, claims);
  const others = claims.filter(({ id }) => !kept.has(id));
  const known = others.length === 0 ? [] : await readKept(db, others);
  others.forEach(({ id }, place) => {
    kept.set(id, known[place] as KeptClaim);
  });
  return claims.map(({ id }) => kept.get(id) as KeptClaim);
}

/** Those whose keys are new, by the number each was to have. */
async function insertNew(db: Database, claims: readonly ClaimToKeep[]): Promise<Map<string, KeptClaim>> {
  const column = <T>(of: (claim: ClaimToKeep) => T): T[] => claims.map(of);
  const rows = await db<Omit<KeptClaim, 'digest'>[]>`
    with kept as (
      insert into claims.claim (id, account, organisation, subject, insurers, key_mark, digest, twin_mark,
          engagement, replaces, sealed)
      select id, account, organisation, subject, insurers::int[], key_mark, digest, twin_mark,
          nullif(engagement, ''), replaces, sealed
        from unnest(${uuidArray(column((one) => one.id))}::text::uuid[],
          ${intArray(column((one) => one.account))}::text::int[],
          ${intArray(column((one) => one.organisation))}::text::int[],
          ${uuidArray(column((one) => one.subject))}::text::uuid[],
          ${textArray(column((one) => intArray(one.insurers)))}::text::text[],
          ${byteaArray(column((one) => one.keyMark))}::text::bytea[],
          ${byteaArray(column((one) => one.digest))}::text::bytea[],
          ${byteaArray(column((one) => one.twinMark))}::text::bytea[],
          ${textArray(column((one) => one.engagement ?? ''))}::text::text[],
          ${uuidArray(column((one) => one.replaces))}::text::uuid[],
          ${byteaArray(column((one) => one.sealed))}::text::bytea[])
          as given(id, account, organisation, subject, insurers, key_mark, digest, twin_mark, engagement,
            replaces, sealed)
       -- In one order: two servers that are sent the same keys must not wait for each other.
       order by account, key_mark
      on conflict (account, key_mark) do nothing
      returning id, received_at, account),
    waiting as (insert into claims.waiting (claim) select id from kept)
    insert into claims.history (claim, at, state, by) select id, received_at, 1, account from kept
    returning claim as id, at as "receivedAt"`;
  const digests = new Map(claims.map(({ id, digest }) => [id, digest]));
  return new Map(rows.map((row) => [row.id, { ...row, digest: digests.get(row.id) as Buffer }]));
}

/** What was kept before under the keys of these claims, in their order. */
async function readKept(db: Database, claims: readonly ClaimToKeep[]): Promise<KeptClaim[]> {
  const rows = await db<KeptClaim[]>`
    select c.id, c.digest, c.received_at as "receivedAt"
      from unnest(${intArray(claims.map(({ account }) => account))}::text::int[],
        ${byteaArray(claims.map(({ keyMark }) => keyMark))}::text::bytea[])
        with ordinality as given(account, key_mark, place)
      join claims.claim c on c.account = given.account and c.key_mark = given.key_mark
     order by given.place`;
  return [...rows];
}
