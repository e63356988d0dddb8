import { Type } from '@sinclair/typebox';

/** Routes of those who watch the guard: numbers of this platform and places of the ledger, nobody's name. */
export const officers = { permission: 'manage-guard', purpose: null, personal: true } as const;

/** Of those who answer for accounts: how often the guard was wrong is no secret of the officers. */
export const boardReaders = { ...officers, permission: 'read-guard-board' } as const;

/** What refuses to whoever changes something: it asks for a passkey used just now. */
export const asksPasskey = ['account-suspended', 'passkey-needed', 'ledger-unavailable'] as const;

const pattern = '^[1-9]\\d{0,17}$';
const numbered = Type.String({ pattern });
export const casePath = Type.Object({ case: numbered });
export const campaignPath = Type.Object({ campaign: numbered });
export const blockPath = Type.Object({ block: numbered });
export const soughtPath = Type.Object({
  sweep: numbered,
  network: Type.String({ pattern: '^[1-9]\\d{0,9}$' }),
});

/** Which sweeps. */
export const sweepsQuery = Type.Object(
  { case: Type.Optional(Type.String({ pattern, description: 'Only of this case.' })) },
  { additionalProperties: false },
);

/** No other fields. */
export const closed = { additionalProperties: false };

/** A reason, in words. */
export const why = Type.String({
  ...{ minLength: 3, maxLength: 1000 },
  description: 'The reason, in words; it is sealed.',
});

/** It alone, as a body. */
export const reason = Type.Object({ why }, closed);

type Named = { string: string; integer: number; number: number; boolean: boolean };

/** Something that may not be there: null then. */
export function maybe<Name extends keyof Named>(type: Name, description: string) {
  return Type.Unsafe<Named[Name] | null>({ type: [type, 'null'], description });
}

/** A moment. */
export function instant(description: string) {
  return Type.String({ description: `${description} UTC, ISO 8601.` });
}

/** A moment that may not have come. */
export function maybeInstant(description: string) {
  return maybe('string', `${description} UTC, ISO 8601.`);
}

/** A whole number. */
export function count(description: string) {
  return Type.Integer({ description });
}

/** Evidence. */
export function bits(description: string) {
  return Type.Number({ description: `${description} In bits.` });
}
