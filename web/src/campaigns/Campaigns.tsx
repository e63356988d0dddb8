import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { GuardPart } from '../guard/GuardPart.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useNumbers } from '../texts/language.tsx';

type Listed = Api['GET /v1/guard/campaigns']['answer']['campaigns'][number];

/** Groups of accounts that seem to be in one hand, the strongest evidence first. */
export function Campaigns() {
  const { campaigns: texts } = useGuardTexts();
  const columns = useColumns();
  const found = useQuery({
    queryKey: ['guard', 'campaigns'],
    queryFn: async () => (await call('GET /v1/guard/campaigns')).body,
    refetchInterval: 10_000,
  });
  const { campaigns, count } = found.data ?? { campaigns: [], count: 0 };
  return (
    <GuardPart title={texts.all} says={texts.says}>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data !== undefined && count === 0 && <Text className="sheet">{texts.none}</Text>}
      {count > campaigns.length && <Text>{texts.strongestOf(campaigns.length, count)}</Text>}
      {campaigns.length > 0 && (
        <SortableTable
          columns={columns}
          rows={campaigns}
          rowKey={({ campaign }) => campaign}
          label={texts.all}
          minWidth={640}
        />
      )}
    </GuardPart>
  );
}

function useColumns(): Column<Listed>[] {
  const { campaigns: texts, bits: inBits } = useGuardTexts();
  const dates = useDates();
  const number = useNumbers();
  const { heads } = texts;
  return [
    {
      ...{ key: 'campaign', head: heads.campaign, sortBy: ({ campaign }) => Number(campaign) },
      cell: ({ campaign }) => <Link to={`/guard/campaigns/${campaign}`}>{texts.title(campaign)}</Link>,
    },
    {
      ...{ key: 'state', head: heads.state, sortBy: ({ state }) => state },
      cell: ({ state }) => <CampaignState is={state} />,
    },
    {
      ...{ key: 'evidence', head: heads.evidence, sortBy: ({ bits }) => bits },
      cell: ({ bits }) => inBits(number(bits, 1)),
    },
    {
      ...{ key: 'accounts', head: heads.accounts, sortBy: ({ accounts }) => accounts },
      cell: ({ accounts }) => number(accounts),
    },
    {
      ...{ key: 'people', head: heads.people, sortBy: ({ people }) => people },
      cell: ({ people }) => number(people),
    },
    {
      ...{ key: 'opened', head: heads.opened, sortBy: ({ openedAt }) => openedAt },
      cell: ({ openedAt }) => dates.instant(openedAt),
    },
  ];
}

const colors = { open: 'attention', confirmed: 'danger', closed: 'gray' } as const;

/** Whether a campaign is open, confirmed or closed, in a word. */
export function CampaignState({ is }: { readonly is: Listed['state'] }) {
  const { campaigns: texts } = useGuardTexts();
  return (
    <Badge variant="outline" color={colors[is]} tt="none" miw="max-content">
      {texts.states[is]}
    </Badge>
  );
}
