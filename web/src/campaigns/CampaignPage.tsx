import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useNumbers, useTexts } from '../texts/language.tsx';
import { CampaignState } from './Campaigns.tsx';
import { useCampaign } from './LinkedPart.tsx';
import { type Campaign, LinkGraph } from './LinkGraph.tsx';
import { LinkTable } from './LinkTable.tsx';
import { MemberPart } from './MemberPart.tsx';
import { SweptSheets } from './SweptPart.tsx';

/** One campaign: who is in it, what links them, what was searched because of it, and how it is judged. */
export function CampaignPage() {
  const { campaign = '' } = useParams();
  const { campaigns: texts } = useGuardTexts();
  const { frame } = useTexts();
  const found = useCampaign(campaign);
  const [said, say] = useState('');
  if (found.isError) return <ProblemNotice error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return <Text>{frame.loading}</Text>;
  const one = found.data;
  return (
    <Stack gap="lg">
      <Head one={one} />
      <div aria-live="polite">{said !== '' && <Alert color="accent" title={said} />}</div>
      <section className="sheet">
        <Title order={2} size="h4" mb="xs">
          {texts.graphTitle}
        </Title>
        <LinkGraph of={one} />
        <Text size="sm" className="quiet">
          {texts.graphSays}
        </Text>
        <LinkTable of={one} />
      </section>
      <MemberPart of={one} say={say} />
      <SweptSheets sweeps={one.sweeps} of={one.sweepCount} />
    </Stack>
  );
}

function Head({ one }: { readonly one: Campaign }) {
  const { campaigns: texts } = useGuardTexts();
  const dates = useDates();
  const number = useNumbers();
  const facts = [
    [texts.heads.evidence, texts.together(number(one.bits, 1))],
    [texts.heads.accounts, number(one.accounts)],
    [texts.heads.people, number(one.people)],
    [texts.heads.opened, dates.instant(one.openedAt)],
    ...(one.closedAt === null ? [] : [[texts.closed, dates.instant(String(one.closedAt))]]),
  ];
  return (
    <div>
      <Link to="/guard/campaigns">{texts.back}</Link>
      <Group mt="xs" mb="sm">
        <Title order={1} size="h2">
          {texts.title(one.campaign)}
        </Title>
        <CampaignState is={one.state} />
      </Group>
      <dl className="facts">
        {facts.map(([head, value]) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
