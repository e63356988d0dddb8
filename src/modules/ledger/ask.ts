import type { RefusalReason } from './codes.ts';
import type { AccessReceipt } from './receipt.ts';

/** One person asked for by one account: what the entry will hold. */
export type Ask = {
  readonly account: number;
  readonly session: bigint;
  readonly organisation: number;
  readonly client: number;
  readonly network: number;
  readonly action: number;
  readonly purpose: number;
  /** The ledger's name for the person; null when nobody matches. */
  readonly subject: string | null;
  /** 16 bytes, an HMAC of the NIR alone: counts wrong birth dates for existing and unknown NIRs alike. */
  readonly nirKey: Buffer | null;
  readonly insurers: readonly number[];
  /** Bit set of the fields that would leave. */
  readonly fields: bigint;
  /** Code of the decision (covered, ended, …). */
  readonly reason: number;
  readonly present: boolean;
  /** Bit set of what was noticed at the request. */
  readonly signals: number;
};

/** What the account has left after this ask. */
export type AllowanceLeft = { readonly people: number; readonly unknown: number; readonly today: number };

/**
 * What the record answered. Every ask has an entry, except refusals beyond 60 a minute, which become one
 * counted entry.
 */
export type Recorded =
  | {
      readonly outcome: 'disclosed';
      readonly receipt: AccessReceipt;
      readonly allowance: AllowanceLeft;
      /** Told beyond the allowance, in an emergency. */
      readonly breakGlass: boolean;
    }
  | {
      readonly outcome: 'unknown';
      readonly lane: number;
      readonly seq: bigint;
      readonly allowance: AllowanceLeft;
    }
  | {
      readonly outcome: 'refused';
      readonly because: RefusalReason;
      readonly lane: number;
      readonly seq: bigint | null;
      readonly allowance: AllowanceLeft;
    };
