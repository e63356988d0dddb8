import type postgres from 'postgres';

type Query = { resolve: (result: unknown) => void };

/**
 * Puts the rows of every answer where they belong. postgres.js 3.4.9 counts an answer's rows, and starts the
 * count again only when a statement ends well: after one that failed or was cut off behind its k-th row,
 * the next answer on that connection begins with k places that hold nothing. Whoever asks for the first row
 * is told that there is none: an account without a standing, a quote that was just given and is not there.
 */
export function putRowsInPlace(sql: postgres.Sql): postgres.Sql {
  const prototype: Query = Object.getPrototypeOf(sql``);
  if (Object.hasOwn(prototype, 'resolve')) return sql;
  // Each statement is given its `resolve` by assignment, when it is made.
  Object.defineProperty(prototype, 'resolve', {
    set(this: Query, resolve: Query['resolve']) {
      const value: Query['resolve'] = (result) => resolve(closeRanks(result));
      Object.defineProperty(this, 'resolve', { value, writable: true, configurable: true });
    },
  });
  return sql;
}

/** A statement's rows, or those of each of several statements. */
function closeRanks(result: unknown): unknown {
  if (!Array.isArray(result) || result.length === 0) return result;
  const first = result.findIndex((_, place) => place in result);
  if (first > 0) result.splice(0, first);
  if (Array.isArray(result[0])) for (const each of result) closeRanks(each);
  return result;
}
