import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { Failure } from './errors.ts';

export type Log = Logger;

/** Keys whose value never reaches a log, at the top of a record and two levels down. */
export const redactedKeys = [
  'authorization',
  'birthDate',
  'body',
  'cookie',
  'email',
  'familyName',
  'givenName',
  'lookupKey',
  'memberNumber',
  'name',
  'nir',
  'nir13',
  'parameters',
  'password',
  'presenceCode',
  'query',
  'token',
  'url',
] as const;

/** The server's structured log: one JSON line an event, without personal data or secrets. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const paths = redactedKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths, censor: '[withheld]' },
    serializers: { err: describeError, error: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** An error without what may hold personal data: PostgreSQL puts values into messages, details and hints. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const stack = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  if (error instanceof Failure) {
    const cause = error.privateCause === undefined ? {} : { cause: describeError(error.privateCause) };
    return { type: error.name, code: error.code, ...cause };
  }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  if (error.name === 'PostgresError') {
    const place = error as Error & { routine?: string; table_name?: string; constraint_name?: string };
    const { routine, table_name: table, constraint_name: constraint } = place;
    return { type: error.name, ...code, routine, table, constraint, stack };
  }
  return { type: error.name, ...code, message: error.message, stack };
}
