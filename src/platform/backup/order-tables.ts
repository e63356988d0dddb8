import type { TableName } from './archive-format.ts';

/** Puts tables after those they refer to, in which order they can be filled; the given order otherwise. */
export function orderTables<T extends TableName>(
  tables: readonly T[],
  references: readonly { readonly from: TableName; readonly to: TableName }[],
): T[] {
  const left = [...tables];
  const ordered: T[] = [];
  while (left.length > 0) {
    const next = left.findIndex((table) => {
      const needed = references.filter(({ from }) => same(from, table));
      return needed.every(({ to }) => !left.some((other) => other !== table && same(other, to)));
    });
    // Two tables that refer to each other cannot both come second: none of ours do.
    if (next < 0) throw new Error(`Tables refer to each other: ${left.map(({ name }) => name).join(', ')}.`);
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}

function same(one: TableName, other: TableName): boolean {
  return one.schema === other.schema && one.name === other.name;
}
