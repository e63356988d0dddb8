import { Table } from '@mantine/core';
import { Link } from 'react-router';
import { TableHead } from '../frame/TableHead.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useNumbers } from '../texts/language.tsx';
import type { Campaign } from './LinkGraph.tsx';

/** The links of a graph in words, the strongest first. */
export function LinkTable({ of }: { readonly of: Campaign }) {
  const { campaigns: texts } = useGuardTexts();
  const number = useNumbers();
  const account = (which: number) => <Link to={`/accounts/${which}`}>{which}</Link>;
  const links = of.links.toSorted((one, other) => other.weight - one.weight);
  return (
    <details>
      <summary>{texts.linksAsTable(links.length)}</summary>
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={420} mah="24rem">
        <Table aria-label={texts.linksAsTable(links.length)} className="figures">
          <TableHead heads={texts.linkHeads} />
          <Table.Tbody>
            {links.map(({ one, other, weight, families }) => (
              <Table.Tr key={`${one} ${other}`}>
                <Table.Td>{account(one)}</Table.Td>
                <Table.Td>{account(other)}</Table.Td>
                <Table.Td>{families.map((family) => texts.shares[family]).join(', ')}</Table.Td>
                <Table.Td>{number(weight, 1)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}
