import { Alert, Grid, Text, Title } from '@mantine/core';
import { useIdle } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Link, useOutletContext } from 'react-router';
import { call, Problem } from '../api/call.ts';
import type { Session } from '../api/session.ts';
import { fetchKeys } from '../card/card-keys.ts';
import { keepCardPage } from '../card/keep-card-page.ts';
import type { DeskWish } from '../care/use-care-desk.ts';
import { idleMs } from '../frame/GoneWhenIdle.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { ContainedNotice, useOwnContainment } from '../guard/ContainedNotice.tsx';
import { useTexts } from '../texts/language.tsx';
import { CoverageAnswer } from './CoverageAnswer.tsx';
import { EmergencyPanel, isForEmergencies } from './EmergencyPanel.tsx';
import { LookupForm } from './LookupForm.tsx';
import { Meter } from './Meter.tsx';
import { NextSteps } from './NextSteps.tsx';
import type { LookupBody } from './read-form.ts';

/** A file of its own: whoever only looks up does not wait for it. */
const LookupDesk = lazy(async () => ({ default: (await import('./LookupDesk.tsx')).LookupDesk }));

/** Looks a person up. What is told stands on this page only, and goes when nobody touches it any more. */
export function Lookup() {
  const { profession } = useOutletContext<Session>();
  const { ask, wasCleared, round, startAnew, wish, openDesk, closeDesk, isDesk } = useLookup();
  // Whoever looks people up has the page that verifies cards before the day it is needed.
  useEffect(() => void Promise.allSettled([keepCardPage(), fetchKeys()]), []);
  return (
    <>
      {wish !== null && ask.isSuccess && (
        <Suspense>
          <LookupDesk
            {...{ wish, body: ask.variables, isShown: isDesk, close: closeDesk, next: startAnew }}
          />
        </Suspense>
      )}
      <div hidden={isDesk && ask.isSuccess}>
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: 8 }}>
            <Asking key={round} {...{ ask, profession, wasCleared }} />
            <div aria-live="polite">
              {ask.isSuccess && (
                <CoverageAnswer
                  answer={ask.data.body}
                  entry={ask.data.entry}
                  next={<NextSteps open={openDesk} />}
                />
              )}
            </div>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }} className="no-print">
            <Beside />
          </Grid.Col>
        </Grid>
      </div>
    </>
  );
}

/** One lookup after the other, and the desk in front of the last one. */
function useLookup() {
  const queries = useQueryClient();
  const [wasCleared, setCleared] = useState(false);
  const [wish, setWish] = useState<DeskWish | null>(null);
  const [isDesk, showDesk] = useState(false);
  const [round, setRound] = useState(0);
  const ask = useMutation({
    mutationFn: lookUp,
    onMutate: () => {
      setCleared(false);
      setWish(null);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['own'] }),
    // Nothing of a person is kept beside the page that asked.
    gcTime: 0,
  });
  const { reset, isSuccess } = ask;
  const startAnew = useCallback(() => {
    reset();
    showDesk(false);
    setRound((before) => before + 1);
  }, [reset]);
  const isIdle = useIdle(idleMs, { initialState: false });
  useEffect(() => {
    if (!isIdle || !isSuccess) return;
    startAnew();
    setCleared(true);
  }, [isIdle, isSuccess, startAnew]);
  const openDesk = (mode: DeskWish['mode']) => {
    setWish({ mode });
    showDesk(true);
  };
  return { ask, wasCleared, round, startAnew, wish, openDesk, closeDesk: () => showDesk(false), isDesk };
}

type Ask = ReturnType<typeof useMutation<Awaited<ReturnType<typeof lookUp>>, Error, LookupBody>>;

function lookUp(body: LookupBody) {
  return call('POST /v1/coverage-lookups', { body });
}

function Asking(props: { readonly ask: Ask; readonly profession: string; readonly wasCleared: boolean }) {
  const { ask, profession, wasCleared } = props;
  const { lookup } = useTexts();
  const standing = useOwnContainment().data?.standing ?? 'open';
  // Said once, where it was asked for: why, and how to get back to work.
  const isContained = standing !== 'open' && codeOf(ask.error) === `account-${standing}`;
  return (
    <>
      <Title order={1} size="h2" mb="md">
        {lookup.title}
      </Title>
      {!isContained && codeOf(ask.error) !== challenged && <ContainedNotice />}
      <LookupForm profession={profession} isBusy={ask.isPending} ask={ask.mutate} clear={ask.reset} />
      {wasCleared && <Alert color="gray" title={lookup.cleared} mt="md" role="status" />}
      {ask.isError &&
        (isContained && standing !== 'challenged' ? (
          <ContainedNotice />
        ) : (
          <ProblemNotice error={ask.error} again={() => ask.mutate(ask.variables)} />
        ))}
      {isForEmergencies(ask.error) && ask.variables !== undefined && (
        <EmergencyPanel isBusy={ask.isPending} body={ask.variables} ask={ask.mutate} />
      )}
    </>
  );
}

/** Beside the button that was pressed the passkey is asked for, and the lookup goes on: once is enough. */
const challenged = 'account-challenged';

function codeOf(error: unknown): string | null {
  return error instanceof Problem ? error.code : null;
}

function Beside() {
  const { see } = useTexts();
  return (
    <>
      <Meter />
      <Text size="sm" mt="md">
        <Link to="/what-you-see">{see.title}</Link>
      </Text>
    </>
  );
}
