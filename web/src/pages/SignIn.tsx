import { Alert, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { readReturn } from '../../../src/modules/access/software/consent/return-address.ts';
import { call } from '../api/call.ts';
import { signIn } from '../api/session.ts';
import { LanguageButton } from '../frame/LanguageButton.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useTexts } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';

/** Signs in, and explains passkeys to who never saw one. */
export function SignIn() {
  const texts = useTexts();
  const enter = useEnter();
  const start = useMutation({ mutationFn: signIn, onSuccess: enter });
  const isAsked = useBack() !== null;
  return (
    <Stack component="main" className="frame" maw="36rem" pt="xl" gap="lg">
      <Group justify="space-between">
        <Title order={1}>{texts.signIn.title}</Title>
        <LanguageButton />
      </Group>
      <Text size="lg">{texts.signIn.says}</Text>
      {isAsked && <Alert color="accent" title={texts.signIn.asked} />}
      <div>
        <Button size="md" fullWidth onClick={() => start.mutate()} disabled={start.isPending}>
          {start.isPending ? texts.signIn.busy : texts.signIn.button}
        </Button>
        {start.isError && <ProblemNotice error={start.error} />}
      </div>
      <HealthIdentity />
      <section className="sheet">
        <Title order={2} size="h4" mb="xs">
          {texts.signIn.whatTitle}
        </Title>
        <List spacing="xs">
          {texts.signIn.what.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
        <Title order={2} size="h4" mt="md" mb="xs">
          {texts.signIn.firstTitle}
        </Title>
        <Text>{texts.signIn.first}</Text>
      </section>
      <Link to="/card">{texts.signIn.toCard}</Link>
      <DemoDoor enter={enter} />
    </Stack>
  );
}

/** The professional's own card or its application; a server where it is not configured has no such door. */
function HealthIdentity() {
  const texts = useTexts();
  const offer = useQuery({
    queryKey: ['psc'],
    queryFn: async () => (await call('GET /v1/psc')).body,
    retry: false,
  });
  if (offer.data === undefined) return null;
  return (
    <div>
      <Button component="a" href={offer.data.start} size="md" fullWidth variant="default">
        {texts.signIn.psc}
      </Button>
      <Text size="sm" mt="xs" className="quiet">
        {texts.signIn.pscSays}
      </Text>
    </div>
  );
}

/** Invented people, in one click; a server that is no demo has no such door. */
function DemoDoor({ enter }: { readonly enter: () => Promise<void> }) {
  const texts = useTexts();
  const professionName = useProfessionName();
  const door = useQuery({
    queryKey: ['demo-door'],
    queryFn: async () => (await call('GET /v1/demo-door')).body,
    retry: false,
  });
  const choose = useMutation({
    mutationFn: (account: number) => call('POST /v1/demo-sessions', { body: { account } }),
    onSuccess: enter,
  });
  if (door.data === undefined || door.data.people.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="door">
      <Title order={2} size="h4" id="door" mb="xs">
        {texts.signIn.doorTitle}
      </Title>
      <Stack gap={4}>
        {door.data.people.map(({ account, name, role, profession }) => (
          <Button
            key={account}
            variant="default"
            justify="space-between"
            h="auto"
            py={6}
            styles={{ label: { whiteSpace: 'normal', textAlign: 'left', overflow: 'visible' } }}
            rightSection={name}
            onClick={() => choose.mutate(account)}
          >
            {role === 'professional' ? professionName(profession) : texts.roles[role]}
          </Button>
        ))}
      </Stack>
      <Text size="sm" mt="xs" className="quiet">
        {texts.signIn.door}
      </Text>
      <Text mt="sm">
        <Link to="/sandbox">{texts.signIn.toSandbox}</Link>
      </Text>
      {choose.isError && <ProblemNotice error={choose.error} />}
    </section>
  );
}

/** The request of software that the holder's browser came with; anything else in the address is nothing. */
function useBack(): string | null {
  const [asked] = useSearchParams();
  return readReturn(asked.get('back'));
}

/** Goes on to the request that the browser came with, else to the first place of whoever just signed in. */
export function useEnter(): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const back = useBack();
  return async () => {
    queries.clear();
    // The server's own page, not one of these; `back` was written anew and begins with its path.
    if (back !== null) return window.location.assign(back);
    await navigate('/', { replace: true });
  };
}
