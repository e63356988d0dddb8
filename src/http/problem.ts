import { hasNoRoom, isPassing, isTooSlow } from '../platform/database/trouble.ts';
import { Failure, type FailureCode, Fault, type FieldProblem, failures } from '../platform/errors.ts';
import { describeError } from '../platform/log.ts';

export const problemMedia = 'application/problem+json';

/** A failure as RFC 9457 says it: what a caller may know, and nothing of what really happened. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: FailureCode;
  readonly requestId: string;
  readonly fields?: readonly FieldProblem[];
};

/** The public half of a failure, ready to be sent. */
export function problemOf(failure: Failure, requestId: string): Problem {
  const { status, title, says } = failures[failure.code];
  const problem = { type: `/docs#${failure.code}`, title, status, detail: failure.detail ?? says };
  const fields = failure.fields === undefined ? {} : { fields: failure.fields };
  return { ...problem, code: failure.code, requestId, ...fields };
}

const frameworkCodes: Readonly<Record<string, FailureCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_ASYNC_CONSTRAINT: 'malformed-request',
};

/**
 * Any thrown value as a failure of the catalogue; what is not expected becomes `internal`. A database that is
 * away, busy or full is nobody's mistake: asked again later, it may answer.
 */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (isPassing(thrown) || hasNoRoom(thrown) || isTooSlow(thrown)) {
    return new Failure('unavailable', { privateCause: thrown });
  }
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const known = frameworkCodes[code];
  return new Failure(known ?? 'internal', { privateCause: thrown });
}

/** What the log is told of a failure: codes and places. Only our own faults keep their words. */
export function troubleOf(failure: Failure): Record<string, unknown> {
  const { privateCause: cause } = failure;
  if (cause instanceof Failure) return { code: failure.code, cause: troubleOf(cause) };
  const { message, ...rest } = describeError(cause);
  return { code: failure.code, cause: cause instanceof Fault ? { message, ...rest } : rest };
}

/** What a connection is told when Node itself could not read the request: no route or reply exists yet. */
export function rawProblem(error: { code?: string }, requestId: string): { status: number; text: string } {
  const failure = new Failure(
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request-timeout' : 'malformed-request',
  );
  const oversized = error.code === 'HPE_HEADER_OVERFLOW';
  const problem = problemOf(failure, requestId);
  const told = oversized ? { ...problem, status: 431, title: 'Headers too large' } : problem;
  return { status: told.status, text: JSON.stringify(told) };
}
