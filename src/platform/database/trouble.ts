/**
 * PostgreSQL error classes after which the same statement may succeed: shutdown and start, locks,
 * cancellation, lost connections.
 */
const passingCodes = new Set(['57P01', '57P02', '57P03', '55P03', '40001', '40P01', '25P03']);
/** Raised by postgres.js and Node when the connection ends before the answer came. */
const connectionCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
]);

/** The connection was lost, or the database was busy: the same statement may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return passingCodes.has(code) || connectionCodes.has(code) || code.startsWith('08');
}

/** The database has no room, or its disks fail: what was asked is not at fault. */
export function hasNoRoom(error: unknown): boolean {
  return error instanceof Error && error.name === 'PostgresError' && /^(53|58)/.test(codeOf(error));
}

/** A statement took longer than any may. */
export function isTooSlow(error: unknown): boolean {
  return codeOf(error) === '57014';
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
