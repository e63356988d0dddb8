import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** A quote as it is kept. */
export type QuoteRow = {
  readonly id: string;
  readonly account: number;
  readonly organisation: number;
  readonly subject: string;
  readonly validUntil: string;
  readonly sealed: Buffer;
};

/** 1 open, 2 used by a claim, 3 cancelled. */
export const engagementStates = { open: 1, used: 2, cancelled: 3 } as const;
export type EngagementState = keyof typeof engagementStates;
/** Their words. */
export const engagementWords = Object.keys(engagementStates) as EngagementState[];

/** A promise to pay, as it is kept. */
export type EngagementRow = Omit<QuoteRow, 'id' | 'validUntil'> & {
  readonly number: string;
  readonly quote: string;
  readonly madeAt: Date;
  readonly expiresOn: string;
  readonly state: number;
};

/** Keeps a quote. */
export async function insertQuote(db: Database, quote: QuoteRow): Promise<void> {
  await db`
    insert into claims.quote (id, account, organisation, subject, valid_until, sealed)
    values (${quote.id}::text::uuid, ${quote.account}, ${quote.organisation}, ${quote.subject}::text::uuid,
      ${quote.validUntil}::text::date, ${quote.sealed})`;
}

/** A quote of an organisation. */
export async function findQuote(
  db: Database,
  { id, organisation }: Pick<QuoteRow, 'id' | 'organisation'>,
): Promise<QuoteRow | undefined> {
  const [row] = await db<QuoteRow[]>`
    select id, account, organisation, subject, valid_until::text as "validUntil", sealed
      from claims.quote where id = ${id}::text::uuid and organisation = ${organisation}`;
  return row;
}

/** Keeps an engagement; false when the quote has one already. */
export async function insertEngagement(
  tx: Transaction,
  made: Omit<EngagementRow, 'state' | 'madeAt'>,
): Promise<boolean> {
  const rows = await tx`
    insert into claims.engagement (number, quote, account, organisation, subject, expires_on, state, sealed)
    values (${made.number}, ${made.quote}::text::uuid, ${made.account}, ${made.organisation},
      ${made.subject}::text::uuid, ${made.expiresOn}::text::date, 1, ${made.sealed})
    on conflict (quote) do nothing returning number`;
  return rows.length === 1;
}

/** An organisation's engagement by its number or by its quote. */
export async function findEngagement(
  db: Database,
  by: { readonly organisation: number; readonly number?: string; readonly quote?: string },
): Promise<EngagementRow | undefined> {
  const [row] = await db<EngagementRow[]>`
    select number, quote, account, organisation, subject, made_at as "madeAt", state,
        expires_on::text as "expiresOn", sealed
      from claims.engagement
     where organisation = ${by.organisation}
       and (number = ${by.number ?? null}::text or quote = ${by.quote ?? null}::text::uuid)`;
  return row;
}

/** An organisation's engagements, the newest first, after a place in the list. */
export async function listEngagements(
  db: Database,
  asked: {
    readonly organisation: number;
    readonly most: number;
    readonly after: { readonly madeAt: Date; readonly number: string } | null;
  },
): Promise<EngagementRow[]> {
  const { organisation, most, after } = asked;
  const rows = await db<EngagementRow[]>`
    select number, quote, account, organisation, subject, made_at as "madeAt", state,
        expires_on::text as "expiresOn", sealed
      from claims.engagement
     where organisation = ${organisation}
       and (${after?.number ?? null}::text is null
         or (date_trunc('milliseconds', made_at), number)
           < (${after?.madeAt ?? null}::timestamptz, ${after?.number ?? null}::text))
     order by date_trunc('milliseconds', made_at) desc, number desc limit ${most}`;
  return [...rows];
}

/** Cancels an open engagement; false when it is not open. */
export async function cancelEngagement(tx: Transaction, number: string): Promise<boolean> {
  const rows = await tx`
    update claims.engagement set state = 3 where number = ${number} and state = 1 returning number`;
  return rows.length === 1;
}
