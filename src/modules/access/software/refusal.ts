/** The errors of the token endpoint, and their status (RFC 6749 §5.2, RFC 9449 §5). */
export const refusals = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_dpop_proof: 400,
} as const;

export type RefusalCode = keyof typeof refusals;

/** Why no token is given, in the words that OAuth has for it. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, says: string) {
    super(says);
    this.name = 'Refusal';
    this.code = code;
  }
}
