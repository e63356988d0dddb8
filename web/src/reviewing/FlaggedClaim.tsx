import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { GoneWhenIdle } from '../frame/GoneWhenIdle.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useInsurerTexts } from '../texts/insurer.ts';
import { useDates, useLanguage } from '../texts/language.tsx';
import { ClaimBadge } from './ClaimBadge.tsx';
import { type Contest, ContestDialog } from './ContestDialog.tsx';
import { FlaggedActs } from './FlaggedActs.tsx';
import { FlaggedHistory, FlaggedNumbers } from './FlaggedHistory.tsx';
import { toldOnce } from './once.ts';
import './reviewing.css';

/** A flagged claim, whole. */
export type Flagged = Api['GET /v1/flagged-claims/{claim}']['answer'];

/** One claim that one's insurer has a reason to look at: why, what it pays, and what can be done. */
export function FlaggedClaim() {
  const { claim = '' } = useParams();
  return (
    <GoneWhenIdle>
      <Claim key={claim} claim={claim} />
    </GoneWhenIdle>
  );
}

function Claim({ claim }: { readonly claim: string }) {
  const { claim: texts } = useInsurerTexts();
  const dates = useDates();
  const read = useQuery({
    queryKey: ['flagged-claim', claim],
    queryFn: () => call('GET /v1/flagged-claims/{claim}', { path: { claim } }),
    ...toldOnce,
  });
  const reread = () => void read.refetch();
  if (read.isError) return <ProblemNotice error={read.error} again={reread} />;
  if (read.data === undefined) return null;
  const { body, entry } = read.data;
  return (
    <Stack>
      <Text size="sm">
        <Link to="/flagged-claims">← {texts.back}</Link>
      </Text>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {texts.title(dates.day(body.careDate))}
        </Title>
        <ClaimBadge state={body.state} />
      </Group>
      <Reasons signals={body.signals} />
      <Actions body={body} reread={reread} />
      <FlaggedNumbers body={body} />
      <FlaggedActs acts={body.acts} />
      <FlaggedHistory body={body} />
      {entry !== null && (
        <Text size="sm" className="quiet">
          {texts.entry(entry)}
        </Text>
      )}
    </Stack>
  );
}

function Reasons({ signals }: Pick<Flagged, 'signals'>) {
  const { claim: texts, flagged } = useInsurerTexts();
  const { language } = useLanguage();
  return (
    <section className="sheet" aria-labelledby="reasons">
      <Title order={2} size="h4" id="reasons" mb="xs">
        {texts.why}
      </Title>
      {signals.map((one) => (
        <div key={one.signal} className="reason">
          <Text fw={600}>{one[language]}</Text>
          <Text size="sm">{flagged.signals[one.signal]}</Text>
        </div>
      ))}
      <Text size="sm" className="quiet" mt="xs">
        {texts.only}
      </Text>
    </section>
  );
}

/** What can be done: looked at, contested, and that withdrawn. What cannot says why. */
function Actions({ body, reread }: { readonly body: Flagged; readonly reread: () => void }) {
  const { claim: texts } = useInsurerTexts();
  const dates = useDates();
  const [asked, ask] = useState<Contest | null>(null);
  const [done, setDone] = useState('');
  const { claim, state, seenAt, seenBy } = body;
  const see = useMutation({
    mutationFn: () => call('POST /v1/flagged-claims/{claim}/seen', { path: { claim } }),
    onSuccess: () => {
      setDone(texts.markedSeen);
      reread();
    },
  });
  const isOwnContest = state === 'contested' && body.contests.at(-1)?.what === 'contest';
  const why = texts.notContestable[state];
  return (
    <>
      <Group>
        <Button onClick={() => see.mutate()} loading={see.isPending} disabled={seenAt !== null}>
          {texts.markSeen}
        </Button>
        {isOwnContest ? (
          <Button variant="default" onClick={() => ask('withdraw')}>
            {texts.withdraw}
          </Button>
        ) : (
          <Button
            variant="default"
            onClick={() => ask('contest')}
            disabled={state !== 'accepted'}
            title={state === 'accepted' ? undefined : why}
          >
            {texts.contest}
          </Button>
        )}
        {seenAt !== null && (
          <Text size="sm" className="quiet">
            {texts.alreadySeen(dates.instant(seenAt), seenBy ?? 0)}
          </Text>
        )}
      </Group>
      <div aria-live="polite">{done !== '' && <Alert color="accent" title={done} />}</div>
      {see.isError && <ProblemNotice error={see.error} />}
      {asked !== null && (
        <ContestDialog
          {...{ claim }}
          what={asked}
          close={() => ask(null)}
          done={() => {
            setDone(asked === 'contest' ? texts.contested : texts.withdrawn);
            ask(null);
            reread();
          }}
        />
      )}
    </>
  );
}
