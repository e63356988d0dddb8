import { Text } from '@mantine/core';
import { Link } from 'react-router';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useClaimTexts, useEuros } from '../texts/claims.ts';
import { useDates, useLanguage } from '../texts/language.tsx';
import { ClaimState } from './ClaimState.tsx';
import type { ListedClaim } from './Claims.tsx';

/** Claims as a table: what became of each, why, and what it pays. */
export function ClaimTable({
  claims,
}: {
  readonly claims: readonly ListedClaim[];
  readonly reread: () => void;
}) {
  const { claims: texts } = useClaimTexts();
  const columns = useColumns();
  return (
    <SortableTable
      columns={columns}
      rows={claims}
      rowKey={({ claim }) => claim}
      label={texts.title}
      minWidth={820}
    />
  );
}

function useColumns(): Column<ListedClaim>[] {
  const { language } = useLanguage();
  const { claims: texts, follow, payers } = useClaimTexts();
  const dates = useDates();
  const euros = useEuros();
  const amount = (cents: number | undefined) => (
    <span className="figures amount">{cents === undefined ? '–' : euros(cents)}</span>
  );
  return [
    {
      key: 'careDate',
      head: texts.careDate,
      sortBy: ({ careDate }) => careDate,
      cell: ({ claim, careDate, reference }) => (
        <>
          <Link to={`/claims/${claim}`}>{dates.day(careDate)}</Link>
          <Text size="sm" className="quiet breaks">
            {reference ?? texts.noReference}
          </Text>
        </>
      ),
    },
    {
      key: 'state',
      head: texts.state,
      sortBy: ({ state }) => follow.states[state],
      cell: ({ state }) => <ClaimState is={state} />,
    },
    {
      key: 'reason',
      head: texts.reason,
      sortBy: ({ rejection }) => rejection?.[language] ?? '',
      cell: ({ rejection }) =>
        rejection === null ? (
          ''
        ) : (
          <>
            {rejection[language]}
            <Text size="sm" className="quiet">
              {rejection.correct[language]}
            </Text>
          </>
        ),
    },
    {
      key: 'price',
      head: texts.price,
      sortBy: ({ priceCents }) => priceCents,
      cell: ({ priceCents }) => amount(priceCents),
    },
    {
      key: 'complementary',
      head: payers.complementary,
      sortBy: ({ totals }) => totals?.complementaryCents ?? -1,
      cell: ({ totals }) => amount(totals?.complementaryCents),
    },
    {
      key: 'person',
      head: payers.person,
      sortBy: ({ totals }) => totals?.personCents ?? -1,
      cell: ({ totals }) => amount(totals?.personCents),
    },
    {
      key: 'receivedAt',
      head: texts.receivedAt,
      sortBy: ({ receivedAt }) => receivedAt,
      cell: ({ receivedAt }) => dates.instant(receivedAt),
    },
  ];
}
