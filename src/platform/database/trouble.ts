/** Locks that were not had, or that waited for each other; a snapshot that is too old. */
const busyCodes = new Set(['55P03', '40001', '40P01']);
/** A database that stops, starts or gives up on an idle transaction: its connection ends with them. */
const endingCodes = new Set(['57P01', '57P02', '57P03', '25P03']);
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

/** The connection ended, or is about to. */
export function isDisconnection(error: unknown): boolean {
  const code = codeOf(error);
  return endingCodes.has(code) || connectionCodes.has(code) || code.startsWith('08');
}

/** The connection was lost, or the database was busy: the same statement may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  return busyCodes.has(codeOf(error)) || isDisconnection(error);
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
