import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { type Sweep, SweepSheet } from './Sweeps.tsx';

/** What was searched for because a case was confirmed. */
export function SweptPart({ of }: { readonly of: string }) {
  const found = useQuery({
    queryKey: ['guard', 'case', of, 'sweeps'],
    queryFn: async () => (await call('GET /v1/guard/sweeps', { query: { case: of } })).body,
    refetchInterval: 10_000,
  });
  if (found.isError) return <ProblemNotice error={found.error} again={() => void found.refetch()} />;
  const { sweeps, count } = found.data ?? { sweeps: [], count: 0 };
  return <SweptSheets sweeps={sweeps} of={count} />;
}

/** Sweeps below what they began with, of so many. */
export function SweptSheets({ sweeps, of }: { readonly sweeps: readonly Sweep[]; readonly of: number }) {
  const { campaigns: texts, sweeps: words } = useGuardTexts();
  if (sweeps.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.sweepsOf}
      </Title>
      <Stack>
        {of > sweeps.length && <Text>{words.newestOf(sweeps.length, of)}</Text>}
        {sweeps.map((sweep) => (
          <SweepSheet key={sweep.sweep} sweep={sweep} order={3} />
        ))}
      </Stack>
    </section>
  );
}
