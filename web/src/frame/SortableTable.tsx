import { Table } from '@mantine/core';
import { type ReactNode, useState } from 'react';

/** One column: its head, what stands in a cell, and how rows are ordered by it, when they can be. */
export type Column<Row> = {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** What to order by here; `server` when the server orders, for it alone has all the rows. */
  readonly sortBy?: 'server' | ((row: Row) => string | number);
};

/** The column that rows are ordered by; a minus turns it around, an empty text is the order they came in. */
type Order = { readonly by: string; readonly choose: (by: string) => void };

type Props<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  readonly label: string;
  readonly minWidth: number;
  /** Given when the server orders the rows. */
  readonly order?: Order;
};

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** A table whose heads are buttons that order it: by mouse, by keyboard, and said to who cannot see it. */
export function SortableTable<Row>({ columns, rows, rowKey, label, minWidth, order }: Props<Row>) {
  const [by, choose] = useState('');
  const { by: ordered, choose: turn } = order ?? { by, choose };
  const shown = order === undefined ? sortRows(rows, columns, by) : rows;
  return (
    <Table.ScrollContainer type="native" tabIndex={0} minWidth={minWidth} className="sheet">
      <Table verticalSpacing="xs" highlightOnHover aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} by={ordered} choose={turn} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map((column) => (
                <Table.Td key={column.key}>{column.cell(row)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Head<Row>({ column, by, choose }: { readonly column: Column<Row> } & Order) {
  const { key, head, sortBy } = column;
  // A column without a head holds buttons: it is no heading of anything.
  if (head === '') return <Table.Td />;
  if (sortBy === undefined) return <Table.Th scope="col">{head}</Table.Th>;
  const way = by === key ? 'ascending' : by === `-${key}` ? 'descending' : 'none';
  return (
    <Table.Th scope="col" aria-sort={way}>
      <button type="button" className="sorter" onClick={() => choose(by === key ? `-${key}` : key)}>
        {head}
        <span aria-hidden="true">{{ ascending: ' ▲', descending: ' ▼', none: ' ↕' }[way]}</span>
      </button>
    </Table.Th>
  );
}

/** The rows in the order of a column; equal ones stay as they came. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Pick<Column<Row>, 'key' | 'sortBy'>[],
  by: string,
): readonly Row[] {
  const isDown = by.startsWith('-');
  const sortBy = columns.find(({ key }) => key === (isDown ? by.slice(1) : by))?.sortBy;
  if (typeof sortBy !== 'function') return rows;
  const compare = (a: Row, b: Row) => {
    const [one, other] = [sortBy(a), sortBy(b)];
    const isNumber = typeof one === 'number' && typeof other === 'number';
    return isNumber ? one - other : collator.compare(String(one), String(other));
  };
  return rows.toSorted((a, b) => (isDown ? compare(b, a) : compare(a, b)));
}
