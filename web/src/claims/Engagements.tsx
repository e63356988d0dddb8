import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { call } from '../api/call.ts';
import { CancelEngagement } from '../care/CancelEngagement.tsx';
import { CareDesk } from '../care/CareDesk.tsx';
import { readPractice } from '../care/kept-practice.ts';
import { type EngagementAnswer, emptyCare, lineOfAnswer, todayInParis } from '../care/typed-care.ts';
import { GoneWhenIdle } from '../frame/GoneWhenIdle.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts } from '../texts/claims.ts';
import { useLanguage } from '../texts/language.tsx';
import { EngagementTable } from './EngagementTable.tsx';

/** The promises made to one's organisation: invoiced, or cancelled, from here. */
export function Engagements() {
  const { engagements: texts } = useClaimTexts();
  const [invoiced, invoice] = useState<EngagementAnswer | null>(null);
  return (
    <GoneWhenIdle>
      {invoiced !== null ? (
        <Invoicing engagement={invoiced} close={() => invoice(null)} />
      ) : (
        <Stack>
          <div>
            <Title order={1} size="h2">
              {texts.title}
            </Title>
            <Text>{texts.says}</Text>
          </div>
          <List invoice={invoice} />
        </Stack>
      )}
    </GoneWhenIdle>
  );
}

function List({ invoice }: { readonly invoice: (engagement: EngagementAnswer) => void }) {
  const { engagements: texts, claims } = useClaimTexts();
  const [address, setAddress] = useSearchParams();
  const [cancelled, cancel] = useState<EngagementAnswer | null>(null);
  const after = address.get('after') ?? '';
  const found = useQuery({
    queryKey: ['engagements', after],
    queryFn: async () => (await call('GET /v1/engagements', { query: after === '' ? {} : { after } })).body,
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false },
    refetchOnReconnect: false,
    placeholderData: keepPreviousData,
  });
  const reread = () => void found.refetch();
  if (found.isError) return <ProblemNotice error={found.error} again={reread} />;
  if (found.data === undefined) return null;
  const { engagements, withheld, next } = found.data;
  return (
    <>
      {withheld > 0 && <Text className="sheet">{texts.withheld(withheld)}</Text>}
      {engagements.length === 0 && withheld === 0 && <Text className="sheet">{texts.empty}</Text>}
      {engagements.length > 0 && <EngagementTable {...{ engagements, invoice, cancel }} />}
      <Group>
        {after !== '' && (
          <Button variant="default" onClick={() => setAddress({})}>
            {claims.first}
          </Button>
        )}
        {next !== null && (
          <Button variant="default" onClick={() => setAddress({ after: next })}>
            {claims.next}
          </Button>
        )}
      </Group>
      {cancelled !== null && (
        <CancelEngagement number={cancelled.engagement} close={() => cancel(null)} done={reread} />
      )}
    </>
  );
}

/** What was promised, as a claim; whom it is for is asked, with nothing filled in. */
function Invoicing({ engagement, close }: { engagement: EngagementAnswer; close: () => void }) {
  const { language } = useLanguage();
  const { desk } = useClaimTexts();
  const navigate = useNavigate();
  const [start] = useState(() => ({
    ...{ person: null, replaces: null, rejection: null, promised: engagement },
    care: {
      ...emptyCare(todayInParis(), readPractice()),
      lines: engagement.acts.map((act) => lineOfAnswer(act, language)),
      engagement: engagement.engagement,
    },
  }));
  const wish = useMemo(() => ({ mode: 'claim' as const }), []);
  return (
    <CareDesk {...{ start, wish, close }} closeLabel={desk.close} next={() => void navigate('/claims')} />
  );
}
