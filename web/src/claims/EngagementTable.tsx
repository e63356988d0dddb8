import { Badge, Button, Group, Text } from '@mantine/core';
import { useActName } from '../care/SharesTable.tsx';
import { type EngagementAnswer, todayInParis } from '../care/typed-care.ts';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useClaimTexts, useEuros } from '../texts/claims.ts';
import { useDates } from '../texts/language.tsx';

type Props = {
  readonly engagements: readonly EngagementAnswer[];
  readonly invoice: (engagement: EngagementAnswer) => void;
  readonly cancel: (engagement: EngagementAnswer) => void;
};

/** How a promise stands today: one that is open is of no use any more after its last day. */
function stateOf({ state, expiresOn }: EngagementAnswer) {
  return state === 'open' && expiresOn < todayInParis() ? 'expired' : state;
}

/** Promises as a table, with what can be done with each; what cannot says why. */
export function EngagementTable(props: Props) {
  const { engagements: texts } = useClaimTexts();
  const columns = useColumns(props);
  return (
    <SortableTable
      columns={columns}
      rows={props.engagements}
      rowKey={({ engagement }) => engagement}
      label={texts.title}
      minWidth={760}
    />
  );
}

function useColumns({ invoice, cancel }: Props): Column<EngagementAnswer>[] {
  const { engagements: texts, payers } = useClaimTexts();
  const nameOf = useActName();
  const dates = useDates();
  const euros = useEuros();
  return [
    {
      key: 'number',
      head: texts.number,
      sortBy: ({ engagement }) => engagement,
      cell: ({ engagement, acts }) => (
        <>
          <span className="act-code amount">{engagement}</span>
          <Text size="sm" className="quiet">
            {[...new Set(acts.map(nameOf))].join(', ')}
          </Text>
        </>
      ),
    },
    {
      key: 'state',
      head: texts.state,
      sortBy: (one) => texts.states[stateOf(one)],
      cell: (one) => <State is={stateOf(one)} />,
    },
    {
      key: 'expiresOn',
      head: texts.expiresOn,
      sortBy: ({ expiresOn }) => expiresOn,
      cell: ({ expiresOn }) => dates.shortDay(expiresOn),
    },
    {
      key: 'price',
      head: payers.complementary,
      sortBy: ({ totals }) => totals.complementaryCents,
      cell: ({ totals }) => (
        <span className="figures amount">
          {euros(totals.complementaryCents)}
          <Text size="sm" className="quiet" span display="block">
            {texts.outOf(euros(totals.priceCents))}
          </Text>
        </span>
      ),
    },
    {
      key: 'actions',
      head: '',
      cell: (one) => <Actions engagement={one} invoice={() => invoice(one)} cancel={() => cancel(one)} />,
    },
  ];
}

function State({ is }: { readonly is: ReturnType<typeof stateOf> }) {
  const { engagements: texts } = useClaimTexts();
  const look = is === 'open' ? { color: 'accent', variant: 'filled' } : { color: 'gray', variant: 'outline' };
  return (
    <Badge {...look} tt="none" miw="max-content">
      {texts.states[is]}
    </Badge>
  );
}

function Actions(props: {
  readonly engagement: EngagementAnswer;
  readonly invoice: () => void;
  readonly cancel: () => void;
}) {
  const { engagement, invoice, cancel } = props;
  const { engagements: texts } = useClaimTexts();
  const state = stateOf(engagement);
  const { engagement: number } = engagement;
  const why = `why-${number}`;
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <Button
          size="compact-md"
          disabled={state !== 'open'}
          aria-label={texts.of(texts.invoice, number)}
          aria-describedby={why}
          onClick={invoice}
        >
          {texts.invoice}
        </Button>
        <Button
          size="compact-md"
          variant="default"
          // One that has expired holds nothing any more, but may be cleared away.
          disabled={state !== 'open' && state !== 'expired'}
          aria-label={texts.of(texts.cancel, number)}
          aria-describedby={why}
          onClick={cancel}
        >
          {texts.cancel}
        </Button>
      </Group>
      <Text size="sm" className="quiet" id={why}>
        {state === 'open' ? '' : texts.closed[state]}
      </Text>
    </>
  );
}
