import { testType } from '../../../platform/outgoing/deliveries/retry.ts';

/** What can become of a claim, as receivers are told it. */
export const claimEventTypes = [
  'claim.accepted',
  'claim.rejected',
  'claim.cancelled',
  'claim.contested',
  'claim.contest-withdrawn',
] as const;
export type ClaimEventType = (typeof claimEventTypes)[number];

/** Something became of a claim, and whose account is told. */
export type ClaimEvent = {
  readonly account: number;
  readonly claim: string;
  readonly type: ClaimEventType;
  readonly at: Date;
};

/** Every type a receiver may hear. */
export const eventTypes = [...claimEventTypes, testType] as const;
export type EventType = (typeof eventTypes)[number];

/**
 * The body of an event. It names the claim and nothing else, no person and no amount: whoever is told asks
 * for the claim with their own account, and that answer passes the receipt.
 */
export function eventText(event: {
  readonly type: EventType;
  readonly claim: string | null;
  readonly at: Date;
}): string {
  const data = event.claim === null ? {} : { claim: event.claim };
  return JSON.stringify({ type: event.type, timestamp: event.at.toISOString(), data });
}
