const diskFull = '53100';
const away = ['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'ECONNREFUSED', 'ECONNRESET'];

/**
 * What stopped an import, and what to do. PostgreSQL writes values into some of its messages: its code says
 * enough to find out more in its log.
 */
export function explainImportTrouble(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === diskFull) {
    return told(error, 'The disk of the database is full: free some space, then import the file again.');
  }
  // 57P01 to 57P03: it is told to stop, has crashed, or is starting.
  if (away.includes(code) || /^(57P0[123]|08)/.test(code)) {
    return told(error, 'The database went away: once it answers again, import the file again.');
  }
  if (!(error instanceof Error) || error.name !== 'PostgresError') return error;
  const said = `The database refused (PostgreSQL error ${code}); its log says why.`;
  return told(error, `${said} Once it is mended, import the file again.`);
}

function told(error: unknown, todo: string): Error {
  return new Error(`${todo} What went in stays, and nobody is there by half.`, { cause: error });
}
