import { Alert, Grid, Text, Title } from '@mantine/core';
import { useIdle } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useOutletContext } from 'react-router';
import { call } from '../api/call.ts';
import type { Session } from '../api/session.ts';
import { fetchKeys } from '../card/card-keys.ts';
import { keepCardPage } from '../card/keep-card-page.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useTexts } from '../texts/language.tsx';
import { CoverageAnswer } from './CoverageAnswer.tsx';
import { EmergencyPanel, isForEmergencies } from './EmergencyPanel.tsx';
import { LookupForm } from './LookupForm.tsx';
import { Meter } from './Meter.tsx';
import type { LookupBody } from './read-form.ts';

const idleMs = 5 * 60_000;

/** Looks a person up. What is told stands on this page only, and goes when nobody touches it any more. */
export function Lookup() {
  const texts = useTexts();
  const { profession } = useOutletContext<Session>();
  const queries = useQueryClient();
  const [wasCleared, setCleared] = useState(false);
  const ask = useMutation({
    mutationFn: (body: LookupBody) => call('POST /v1/coverage-lookups', { body }),
    onMutate: () => setCleared(false),
    onSettled: () => queries.invalidateQueries({ queryKey: ['own'] }),
    // Nothing of a person is kept beside the page that asked.
    gcTime: 0,
  });
  // Whoever looks people up has the page that verifies cards before the day it is needed.
  useEffect(() => void Promise.allSettled([keepCardPage(), fetchKeys()]), []);
  const isIdle = useIdle(idleMs, { initialState: false });
  const { reset, isSuccess } = ask;
  useEffect(() => {
    if (!isIdle || !isSuccess) return;
    reset();
    setCleared(true);
  }, [isIdle, isSuccess, reset]);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Title order={1} size="h2" mb="md">
          {texts.lookup.title}
        </Title>
        <LookupForm profession={profession} isBusy={ask.isPending} ask={ask.mutate} clear={reset} />
        {wasCleared && <Alert color="gray" title={texts.lookup.cleared} mt="md" role="status" />}
        {ask.isError && <ProblemNotice error={ask.error} again={() => ask.mutate(ask.variables)} />}
        {isForEmergencies(ask.error) && ask.variables !== undefined && (
          <EmergencyPanel isBusy={ask.isPending} body={ask.variables} ask={ask.mutate} />
        )}
        <div aria-live="polite">
          {ask.isSuccess && <CoverageAnswer answer={ask.data.body} entry={ask.data.entry} />}
        </div>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }} className="no-print">
        <Meter />
        <Text size="sm" mt="md">
          <Link to="/what-you-see">{texts.see.title}</Link>
        </Text>
      </Grid.Col>
    </Grid>
  );
}
