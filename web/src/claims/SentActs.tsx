import { Table, Text } from '@mantine/core';
import { useActName } from '../care/SharesTable.tsx';
import type { ActLine } from '../care/typed-care.ts';
import { TableHead } from '../frame/TableHead.tsx';
import { useClaimTexts, useEuros } from '../texts/claims.ts';

/** The acts of a claim that nobody pays, or pays yet: as they were sent. */
export function SentActs({ acts }: { readonly acts: readonly ActLine[] }) {
  const { claim, acts: texts, shares } = useClaimTexts();
  const nameOf = useActName();
  const euros = useEuros();
  return (
    <Table verticalSpacing="xs" aria-label={claim.acts} className="stacks shares">
      <TableHead heads={[shares.act, texts.quantity, texts.price, texts.base]} />
      <Table.Tbody>
        {acts.map((act, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name, and never move in an answer.
          <Table.Tr key={place}>
            <Table.Th scope="row" fw={500}>
              {nameOf(act)}
              <Text size="sm" className="quiet">
                {act.code}
              </Text>
            </Table.Th>
            <Table.Td data-head={texts.quantity} className="figures amount">
              {act.quantity ?? 1}
            </Table.Td>
            <Table.Td data-head={texts.price} className="figures amount">
              {euros(act.priceCents)}
            </Table.Td>
            <Table.Td data-head={texts.base} className="figures amount">
              {euros(act.baseCents)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
