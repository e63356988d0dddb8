import { Table, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { TableHead } from '../frame/TableHead.tsx';
import { useClaimTexts, useEuros } from '../texts/claims.ts';
import { useLanguage } from '../texts/language.tsx';
import { type LineShares, textOf } from './text-of.ts';
import { type ActLine, actOfLine } from './typed-care.ts';

type Props = { readonly acts: readonly ActLine[]; readonly shares: readonly LineShares[] };

/** Who pays each act, and how that was counted, one click away. */
export function SharesTable({ acts, shares }: Props) {
  const { shares: texts, payers } = useClaimTexts();
  const heads = [texts.act, texts.price, payers.mandatory, payers.complementary, payers.person];
  return (
    <Table verticalSpacing="xs" aria-label={texts.perLine} className="stacks shares">
      <TableHead heads={heads}>
        <Table.Td />
      </TableHead>
      <Table.Tbody>
        {shares.map((one, place) => {
          const act = acts[place];
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name, and never move in an answer.
          return act === undefined ? null : <Line key={place} act={act} shares={one} />;
        })}
      </Table.Tbody>
    </Table>
  );
}

/** How a line of an answer is called. */
export function useActName(): (act: ActLine) => string {
  const { language } = useLanguage();
  const { acts: texts } = useClaimTexts();
  return (act) =>
    actOfLine({ ...act, basket: act.basket ?? '', ear: act.ear ?? '' })?.[language] ?? texts.unknownAct;
}

function Line({ act, shares }: { readonly act: ActLine; readonly shares: LineShares }) {
  const { shares: texts, payers } = useClaimTexts();
  const nameOf = useActName();
  const euros = useEuros();
  const [isOpen, setOpen] = useState(false);
  const row = useId();
  const { mandatoryGrossCents, personCents, complementary } = shares;
  const insurers = complementary.reduce((sum, { cents }) => sum + cents, 0);
  const amounts = [
    [texts.price, act.priceCents],
    [payers.mandatory, mandatoryGrossCents],
    [payers.complementary, insurers],
    [payers.person, personCents],
  ] as const;
  return (
    <>
      <Table.Tr>
        <Table.Th scope="row" fw={500}>
          {nameOf(act)}
          <Text size="sm" className="quiet">
            {act.code}
            {(act.quantity ?? 1) > 1 ? ` × ${act.quantity}` : ''}
          </Text>
        </Table.Th>
        {amounts.map(([head, cents]) => (
          <Table.Td key={head} data-head={head} className="figures amount">
            {euros(cents)}
          </Table.Td>
        ))}
        <Table.Td>
          <button
            type="button"
            className="sorter opener"
            aria-expanded={isOpen}
            aria-controls={row}
            aria-label={texts.whyOf(nameOf(act))}
            onClick={() => setOpen(!isOpen)}
          >
            {texts.why} <span aria-hidden="true">{isOpen ? '▴' : '▾'}</span>
          </button>
        </Table.Td>
      </Table.Tr>
      <Table.Tr id={row} hidden={!isOpen} className="reasons">
        <Table.Td colSpan={6}>
          <Reasons shares={shares} />
        </Table.Td>
      </Table.Tr>
    </>
  );
}

function Reasons({ shares }: { readonly shares: LineShares }) {
  const { language } = useLanguage();
  const euros = useEuros();
  return (
    <>
      <ol className="steps">
        {shares.why.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name, and never move.
          <li key={place}>{textOf(step, language)}</li>
        ))}
      </ol>
      {shares.complementary.length > 0 && (
        <Text size="sm" className="quiet">
          {shares.complementary
            .map(({ insurer, plan, cents }) => `${insurer}, ${plan} : ${euros(cents)}`)
            .join(' · ')}
        </Text>
      )}
    </>
  );
}
