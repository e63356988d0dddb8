import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { explainTrouble } from '../../backup/explain-trouble.ts';
import { connect } from './connect.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A database that crashes whenever it is spoken to. */
async function crashing(): Promise<{ url: string; tries: () => number }> {
  let tries = 0;
  const made = createServer((socket) => {
    tries += 1;
    socket.on('error', () => {}).end();
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const address = made.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `postgres://vigie:secret@127.0.0.1:${address.port}/vigie`, tries: () => tries };
}

test.each([0, 5])(
  'a database that cannot come back fails a statement (limit of its own: %d s)',
  async (own) => {
    const { url, tries } = await crashing();
    const db = connect(url, { max: 1, statementTimeoutSeconds: own, awayMs: 1_000 });
    const failed = await db`select 1`.catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'CONNECTION_CLOSED' });
    expect(String(explainTrouble(failed))).toMatch(/The database went away: nothing was replaced/);
    // Tried again all the while, and not as fast as the machine can.
    expect(tries()).toBeGreaterThan(3);
    expect(tries()).toBeLessThan(20);
    await expect(db`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    await db.end({ timeout: 1 });
  },
);
