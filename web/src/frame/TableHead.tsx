import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** The head of a table that is not sorted: what each column holds; then, if given, cells without a name. */
export function TableHead(props: { readonly heads: readonly string[]; readonly children?: ReactNode }) {
  return (
    <Table.Thead>
      <Table.Tr>
        {props.heads.map((head) => (
          <Table.Th key={head} scope="col">
            {head}
          </Table.Th>
        ))}
        {props.children}
      </Table.Tr>
    </Table.Thead>
  );
}
