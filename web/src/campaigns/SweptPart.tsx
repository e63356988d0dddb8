import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { type Sweep, SweepSheet } from './Sweeps.tsx';

/** What was searched for because a case was confirmed. */
export function SweptPart({ of }: { readonly of: string }) {
  const found = useQuery({
    queryKey: ['guard', 'case', of, 'sweeps'],
    queryFn: async () => (await call('GET /v1/guard/sweeps', { query: { case: of } })).body.sweeps,
    refetchInterval: 10_000,
  });
  if (found.isError) return <ProblemNotice error={found.error} again={() => void found.refetch()} />;
  return <SweptSheets sweeps={found.data ?? []} />;
}

/** Sweeps below what they began with. */
export function SweptSheets({ sweeps }: { readonly sweeps: readonly Sweep[] }) {
  const { campaigns: texts } = useGuardTexts();
  if (sweeps.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.sweepsOf}
      </Title>
      <Stack>
        {sweeps.map((sweep) => (
          <SweepSheet key={sweep.sweep} sweep={sweep} order={3} />
        ))}
      </Stack>
    </section>
  );
}
