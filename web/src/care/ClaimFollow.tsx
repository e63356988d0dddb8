import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { call } from '../api/call.ts';
import { ClaimState } from '../claims/ClaimState.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts, useEuros } from '../texts/claims.ts';
import { useLanguage } from '../texts/language.tsx';
import { SharesBar } from './SharesBar.tsx';
import { SharesTable } from './SharesTable.tsx';
import type { Rejection, WholeClaim } from './typed-care.ts';

const [oftenMs, seldomMs, oftenForMs] = [1_000, 5_000, 10_000];

/** Follows a claim that was sent until it is decided: each look is recorded, so they become fewer. */
export function useClaim(claim: string) {
  const [began] = useState(() => Date.now());
  const query = useQuery({
    queryKey: ['claim', claim],
    queryFn: async () => (await call('GET /v1/claims/{claim}', { path: { claim } })).body,
    refetchInterval: ({ state }) => {
      if (state.data?.state !== 'received') return false;
      return Date.now() - began < oftenForMs ? oftenMs : seldomMs;
    },
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: Number.POSITIVE_INFINITY,
    // Nothing of a person is kept beside the page that asked.
    gcTime: 0,
  });
  return { ...query, isLate: query.dataUpdatedAt - began > oftenForMs };
}

/** What becomes of a claim that was just sent, and what to do when it is rejected. */
export function ClaimFollow(props: {
  readonly claim: string;
  readonly correct: (rejection: Rejection | null) => void;
  readonly next: () => void;
}) {
  const { claim, correct, next } = props;
  const { follow } = useClaimTexts();
  const queries = useQueryClient();
  const followed = useClaim(claim);
  const state = followed.data?.state;
  useEffect(() => {
    if (state !== undefined && state !== 'received') void queries.invalidateQueries({ queryKey: ['own'] });
  }, [queries, state]);
  useEffect(() => {
    window.scrollTo({ top: 0 });
  }, []);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h2">
          {follow.title}
        </Title>
        <ClaimState is={state ?? 'received'} size="lg" />
      </Group>
      <section className="sheet" aria-live="polite">
        <Outcome claim={followed.data} isLate={followed.isLate} />
        {followed.isError && <ProblemNotice error={followed.error} again={() => void followed.refetch()} />}
        <Group mt="md">
          {state === 'rejected' && (
            <Button onClick={() => correct(followed.data?.rejection ?? null)}>{follow.correctButton}</Button>
          )}
          <Button variant={state === 'rejected' ? 'default' : 'filled'} onClick={next}>
            {follow.nextPerson}
          </Button>
          <Button variant="default" component={Link} to={`/claims/${claim}`}>
            {follow.open}
          </Button>
        </Group>
      </section>
      {followed.data !== undefined && followed.data.shares.length > 0 && (
        <section className="sheet">
          <SharesTable acts={followed.data.acts} shares={followed.data.shares} />
        </section>
      )}
    </Stack>
  );
}

function Outcome({ claim, isLate }: { readonly claim: WholeClaim | undefined; readonly isLate: boolean }) {
  const { follow } = useClaimTexts();
  if (claim === undefined || claim.state === 'received') {
    return <Text>{isLate ? follow.waitingLong : follow.waiting}</Text>;
  }
  if (claim.rejection !== null) return <Rejected rejection={claim.rejection} />;
  return (
    <>
      {claim.totals !== null && <Paid totals={claim.totals} />}
      {claim.state === 'accepted' && <Text mt="sm">{follow.accepted}</Text>}
    </>
  );
}

/** Who pays what of an accepted claim. */
export function Paid({ totals }: { readonly totals: NonNullable<WholeClaim['totals']> }) {
  const { shares } = useClaimTexts();
  const euros = useEuros();
  return (
    <div className="wide-shares">
      <p className="price">
        <span>{shares.total}</span>
        <span className="figures">{euros(totals.priceCents)}</span>
      </p>
      <SharesBar totals={totals} />
    </div>
  );
}

/** Why a claim was rejected, and how it is corrected, in the words of the list that the server has. */
export function Rejected({ rejection }: { readonly rejection: Rejection }) {
  const { language } = useLanguage();
  const { follow } = useClaimTexts();
  return (
    <Alert color="attention" title={rejection[language]}>
      <Text fw={600} size="sm">
        {follow.correct}
      </Text>
      <Text>{rejection.correct[language]}</Text>
    </Alert>
  );
}
