import { assert } from '../errors.ts';
import type { Transaction } from './binary-copy.ts';
import type { Database } from './connect.ts';
import { isDisconnection } from './trouble.ts';

type Work = (tx: Transaction) => unknown;

/**
 * Lets each transaction of a pool end with its connection. postgres.js 3.4.9 goes on with one whose
 * connection closed: its rollback, its commit, or whatever its work asks next is written to a socket that is
 * not there, which ends the process (porsager/postgres#1208), or to the connection that came after, outside
 * of any transaction.
 */
export function endWithConnection(sql: Database): Database {
  const begin = sql.begin.bind(sql) as (work: Work) => Promise<unknown>;
  const beginAndEnd = async (work: Work) => {
    assert(typeof work === 'function', 'a transaction is begun without options');
    const connection = { isGone: false };
    const never = new Promise<never>(() => {});
    // It ends by the word of its connection, which closes: no work of it does anything from then on.
    const guarded = async (tx: Transaction) => {
      try {
        const result = await work(whileThere(tx, connection));
        return connection.isGone ? await never : result;
      } catch (error) {
        if (connection.isGone || isDisconnection(error)) return await never;
        throw error;
      }
    };
    try {
      return await begin(guarded);
    } finally {
      connection.isGone = true;
    }
  };
  return Object.assign(sql, { begin: beginAndEnd as unknown as Database['begin'] });
}

/** The same, and a failure for whoever asks once the connection is gone. */
function whileThere(tx: Transaction, connection: { readonly isGone: boolean }): Transaction {
  return new Proxy(tx, {
    apply(target, self, asked) {
      if (connection.isGone) {
        throw Object.assign(new Error('the transaction is over'), { code: 'CONNECTION_CLOSED' });
      }
      return Reflect.apply(target, self, asked);
    },
  });
}
