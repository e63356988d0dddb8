import { assert } from '../../platform/errors.ts';

declare const minted: unique symbol;

/** Proof that a disclosure is durable. Only the ledger makes one, and only after the commit. */
export type AccessReceipt = {
  readonly lane: number;
  readonly seq: bigint;
  /** Microseconds since 1970, UTC. */
  readonly at: bigint;
  readonly account: number;
  readonly subject: string;
  /** Bit set of the fields that may leave, and no other. */
  readonly fields: bigint;
  readonly insurers: readonly number[];
  readonly [minted]: true;
};

type Minting = Omit<AccessReceipt, typeof minted>;
type Origin = { readonly sentAt: number; readonly present: boolean };

/**
 * Which receipts are ours, and when the batch that made them was sent: a copy or a look-alike is in no
 * map.
 */
const origins = new WeakMap<object, Origin>();

/** Makes a receipt. Not exported by the facade. */
export function mintReceipt(fields: Minting, origin: Origin): AccessReceipt {
  const receipt = Object.freeze({ ...fields, insurers: Object.freeze([...fields.insurers]) });
  origins.set(receipt, origin);
  return receipt as unknown as AccessReceipt;
}

/** Whether a value is a receipt the ledger minted in this process. */
export function isReceipt(value: unknown): value is AccessReceipt {
  return typeof value === 'object' && value !== null && origins.has(value);
}

/** When the batch of a receipt was first sent (monotonic ms), and whether the person was present. */
export function originOf(receipt: AccessReceipt): Origin {
  const origin = origins.get(receipt);
  assert(origin, 'a receipt the ledger did not mint');
  return origin;
}
