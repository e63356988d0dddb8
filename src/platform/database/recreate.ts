import { connect } from './connect.ts';

/**
 * Drops the embedded database and creates it empty: only for one whose very first filling was
 * interrupted.
 */
export async function recreateDatabase(ownerUrl: string): Promise<void> {
  const url = new URL(ownerUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const sql = connect(url.href, { max: 1, applicationName: 'vigie recreate', statementTimeoutSeconds: 0 });
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
    await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}
