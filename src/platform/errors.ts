/** The public half of every failure: what a caller may be told. The private half stays in the log. */
export const failures = {
  'malformed-request': {
    status: 400,
    title: 'Malformed request',
    says: 'The request could not be read: bad JSON, bad UTF-8 or a bad header.',
  },
  'invalid-field': {
    status: 422,
    title: 'Invalid field',
    says: 'The request was read, and at least one field is not acceptable; `fields` names each one.',
  },
  unauthenticated: {
    status: 401,
    title: 'Not signed in',
    says: 'There is no token or session, or it is not valid any more.',
  },
  'passkey-needed': {
    status: 401,
    title: 'Passkey needed again',
    says: 'The session is used from elsewhere, or this asks for a passkey used just now: sign in again.',
  },
  'passkey-refused': {
    status: 401,
    title: 'Passkey refused',
    says: 'This passkey does not sign in here. Which of the possible reasons it is, is never told.',
  },
  'invitation-refused': {
    status: 403,
    title: 'Invitation refused',
    says: 'This link and code invite nobody: wrong, used, too old, or closed after too many wrong codes.',
  },
  'other-site': {
    status: 403,
    title: 'Asked by another site',
    says: 'The browser says that a page of another site sent this. Nothing was done.',
  },
  forbidden: { status: 403, title: 'Not allowed', says: 'This account may not do this.' },
  'account-suspended': {
    status: 403,
    title: 'Account suspended',
    says: 'This account is suspended: nothing is disclosed to it until a security officer reinstates it.',
  },
  'account-restricted': {
    status: 403,
    title: 'Account restricted',
    says: 'This account may look up present people only: send the code of the person’s card.',
  },
  'account-challenged': {
    status: 403,
    title: 'Passkey asked for again',
    says: 'Something unusual happened: sign in with your passkey and ask again. Present people are served.',
  },
  'network-blocked': {
    status: 403,
    title: 'Network blocked',
    says:
      'A stolen account was used from this network: nobody is served from it for now. From elsewhere the ' +
      'account works as before; a security officer can open the network again.',
  },
  'network-in-use': {
    status: 409,
    title: 'Network in use',
    says: 'Accounts that no person confirmed to be stolen use this network: it is not blocked.',
  },
  'sweep-not-current': {
    status: 409,
    title: 'Sweep not current',
    says: 'Who uses this network is not known: its sweep goes on, or ended more than 30 days ago.',
  },
  'person-not-found': {
    status: 404,
    title: 'Person not found',
    says: 'No person has this number, birth date and birth rank. Which one differs is never told.',
  },
  'digest-mismatch': {
    status: 400,
    title: 'Digest mismatch',
    says: 'What arrived is not what the digest was computed from. Nothing was kept: send the file again.',
  },
  'not-found': { status: 404, title: 'Not found', says: 'There is nothing at this address.' },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    says: 'This address exists, and does not accept this method.',
  },
  'request-timeout': { status: 408, title: 'Request too slow', says: 'The request took too long to arrive.' },
  'body-too-large': {
    status: 413,
    title: 'Body too large',
    says: 'The request body is larger than accepted.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    says: 'The body is not of a type that this address accepts: application/json unless it says else.',
  },
  'allowance-spent': {
    status: 429,
    title: 'Allowance spent',
    says: 'This account has drawn as many unexplained people as it may; `detail` says what gives some back.',
  },
  'break-glass-spent': {
    status: 429,
    title: 'Break-glass used up',
    says: 'The five reasons by hand and emergencies of this week are used. A person’s card code still works.',
  },
  'already-reviewed': {
    status: 409,
    title: 'Already reviewed',
    says: 'A security officer has reviewed this entry: it is reviewed once.',
  },
  'cannot-be-engaged': {
    status: 409,
    title: 'Quote cannot be engaged',
    says: 'This quote cannot become a promise to pay; `detail` says why.',
  },
  'engagement-used': {
    status: 409,
    title: 'Engagement used',
    says: 'A claim was accepted against this engagement: cancel that claim instead.',
  },
  'idempotency-key-needed': {
    status: 400,
    title: 'Idempotency-Key needed',
    says: 'Send the header Idempotency-Key, 1 to 64 characters, the same each time the same is sent again.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'Idempotency-Key reused',
    says: 'This key was used for another claim. Nothing was done: a new claim has a new key.',
  },
  'claim-not-cancellable': {
    status: 409,
    title: 'Claim cannot be cancelled',
    says: 'Only a claim that was received or accepted is cancelled.',
  },
  'claim-not-resendable': {
    status: 409,
    title: 'Claim cannot be sent again as it is',
    says: 'Only a claim that was rejected for a reason that may end without you is; correct any other.',
  },
  'claim-not-contestable': {
    status: 409,
    title: 'Claim cannot be contested',
    says: 'Only an accepted claim is contested; a contest is withdrawn by the insurer that contested.',
  },
  'plan-has-findings': {
    status: 409,
    title: 'Plan has findings',
    says: 'The linter found something; `fields` names it. Correct the document, or accept each by its name.',
  },
  'preview-running': {
    status: 429,
    title: 'Preview running',
    says: 'A preview of this insurer’s claims is being counted: wait until it has ended, some seconds.',
  },
  'replay-refused': {
    status: 409,
    title: 'Replay refused',
    says: 'A theft is replayed in a demo whose guard acts, one at a time; `detail` says what is missing.',
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many attempts',
    says: 'Too many attempts to sign in were refused from here in the last minute. Wait a minute.',
  },
  'too-many-imports': {
    status: 429,
    title: 'Too many imports',
    says: 'This account has as many files on their way or waiting as it may: wait until one has ended.',
  },
  'too-many-endpoints': {
    status: 409,
    title: 'Too many endpoints',
    says: 'This account has as many webhook endpoints as it may: end one first.',
  },
  'storage-full': {
    status: 507,
    title: 'No room for the file',
    says: 'There is no room for this file now. Nothing of it was kept: send it again later.',
  },
  'ledger-unavailable': {
    status: 503,
    title: 'Ledger unavailable',
    says: 'The disclosure could not be recorded, so nothing was disclosed. Try again.',
  },
  unavailable: { status: 503, title: 'Unavailable', says: 'The service cannot answer now. Try again.' },
  internal: { status: 500, title: 'Internal error', says: 'Something broke on our side; it has been noted.' },
} as const satisfies Record<string, FailureEntry>;

/** The code of a failure, the same in the API, the log and the documentation. */
export type FailureCode = keyof typeof failures;

/** What the catalogue says of one failure. */
export type FailureEntry = { readonly status: number; readonly title: string; readonly says: string };

/** One field of a request that is not acceptable, and why; never with the value that was sent. */
export type FieldProblem = { readonly field: string; readonly says: string };

/** What a failure may carry besides its code. */
export type FailureDetails = {
  readonly detail?: string;
  readonly fields?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** What really happened, for the log; never sent to a caller. */
  readonly privateCause?: unknown;
};

/** An expected trouble from the catalogue; anything else that is thrown is a fault. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly detail?: string;
  readonly fields?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly #privateCause: unknown;

  constructor(code: FailureCode, details: FailureDetails = {}) {
    super(failures[code].title);
    this.name = 'Failure';
    this.code = code;
    if (details.detail !== undefined) this.detail = details.detail;
    if (details.fields !== undefined) this.fields = details.fields;
    if (details.headers !== undefined) this.headers = details.headers;
    this.#privateCause = details.privateCause;
  }

  /** A private field behind it, so that no serializer sends it to a caller by accident. */
  get privateCause(): unknown {
    return this.#privateCause;
  }

  get status(): number {
    return failures[this.code].status;
  }
}

/** A broken invariant: our own mistake, answered with 500 and an alert. */
export class Fault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Fault';
  }
}

/** Stops at a broken invariant; the message must hold no personal data, since it reaches the log. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Fault(message);
}
