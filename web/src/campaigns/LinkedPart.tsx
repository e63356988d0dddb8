import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { LinkGraph } from './LinkGraph.tsx';
import { LinkTable } from './LinkTable.tsx';

/** One campaign, asked again while somebody looks. */
export function useCampaign(campaign: string) {
  return useQuery({
    queryKey: ['guard', 'campaign', campaign],
    queryFn: async () => (await call('GET /v1/guard/campaigns/{campaign}', { path: { campaign } })).body,
    refetchInterval: 10_000,
  });
}

/** Who else is linked with the account of a case. */
export function LinkedPart(props: { readonly campaign: string; readonly account: number }) {
  const { campaign, account } = props;
  const { campaigns: texts } = useGuardTexts();
  const found = useCampaign(campaign);
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {texts.linked}
      </Title>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data !== undefined && (
        <>
          <Text mb="sm">
            {texts.linkedSays(found.data.accounts - 1, found.data.people)}{' '}
            <Link to={`/guard/campaigns/${campaign}`}>{texts.title(campaign)}</Link>
          </Text>
          <LinkGraph of={found.data} own={account} />
          <LinkTable of={found.data} />
        </>
      )}
    </section>
  );
}
