import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { connect } from '../../src/platform/database/connect.ts';

/**
 * What a user would do who wants the same rows in PostgreSQL and seals nothing: one COPY of the file into one
 * table without an index. Gives the seconds until every row is durable.
 */
export async function copyPlainly(
  ownerUrl: string,
  path: string,
  columns: readonly string[],
): Promise<number> {
  const db = connect(ownerUrl, { max: 1, statementTimeoutSeconds: 0 });
  try {
    const names = columns.map((name) => `"${name}" text`).join(', ');
    await db.unsafe(`drop table if exists plain_people; create table plain_people (${names})`);
    const started = performance.now();
    const rows = await db
      .unsafe(`copy plain_people from stdin (format csv, header true, delimiter ';', null '')`)
      .writable();
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), rows);
    const seconds = (performance.now() - started) / 1000;
    await db.unsafe('drop table plain_people');
    return seconds;
  } finally {
    await db.end({ timeout: 1 });
  }
}
