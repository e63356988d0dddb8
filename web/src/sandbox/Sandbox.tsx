import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../api/call.ts';
import { LanguageButton } from '../frame/LanguageButton.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useTexts } from '../texts/language.tsx';
import { Calls } from './Calls.tsx';
import { DemoTime } from './DemoTime.tsx';
import { People } from './People.tsx';

const everyMs = 5_000;

/** What a vendor watches while their software is tried: its calls, the people it may ask for, the clock. */
export function Sandbox() {
  const { sandbox: texts } = useTexts();
  const found = useQuery({
    queryKey: ['sandbox'],
    queryFn: async () => (await call('GET /v1/sandbox')).body,
    refetchInterval: everyMs,
  });
  return (
    <Stack component="main" className="frame" pt="xl" gap="lg">
      <Group justify="space-between">
        <Title order={1} size="h2">
          {texts.title}
        </Title>
        <LanguageButton />
      </Group>
      <Text>{texts.says}</Text>
      <Group gap="lg">
        <Anchor href="/docs" underline="always">
          {texts.toDocs}
        </Anchor>
        <Anchor component={Link} to="/sign-in" underline="always">
          {texts.toSignIn}
        </Anchor>
      </Group>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data !== undefined && (
        <>
          <DemoTime now={found.data.now} moves={found.data.clockMoves} />
          <Calls />
          <People insurer={found.data.insurer} people={found.data.people} />
        </>
      )}
    </Stack>
  );
}
