import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useOutletContext } from 'react-router';
import { call } from '../api/call.ts';
import { addPasskey, type Session } from '../api/session.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { ContainedNotice } from '../guard/ContainedNotice.tsx';
import { OwnPast } from '../guard/OwnPast.tsx';
import { useDates, useTexts } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { Figures, Practice } from './Practice.tsx';

/** One's own account: passkeys, sessions, and what it may do. */
export function Me() {
  const { me, permissions: words, roles } = useTexts();
  const session = useOutletContext<Session>();
  const professionName = useProfessionName();
  const { account, role, profession, permissions } = session;
  return (
    <Stack gap="lg">
      <div>
        <Title order={1} size="h2">
          {me.title}
        </Title>
        <Text>
          {me.account(account)} · {role === 'professional' ? professionName(profession) : roles[role]}
        </Text>
      </div>
      {permissions.includes('read-allowance') && <ContainedNotice />}
      <Practice session={session} />
      {permissions.includes('read-allowance') && <Figures profession={profession} />}
      {permissions.includes('read-allowance') && <OwnPast />}
      <Passkeys session={session} />
      <Sessions session={session} />
      <Consents />
      <section className="sheet">
        <Title order={2} size="h4" mb="xs">
          {me.maySee}
        </Title>
        <List>
          {permissions.map((permission) => (
            <List.Item key={permission}>{words.rows[permission]}</List.Item>
          ))}
        </List>
      </section>
    </Stack>
  );
}

function Passkeys({ session: { passkeys } }: { readonly session: Session }) {
  const { me } = useTexts();
  const dates = useDates();
  const add = useChange(addPasskey);
  const remove = useChange((passkey: string) =>
    call('POST /v1/passkeys/{passkey}/remove', { path: { passkey } }),
  );
  const failed = [add, remove].find(({ isError }) => isError);
  return (
    <section className="sheet">
      <Title order={2} size="h4">
        {me.passkeys}
      </Title>
      <Text mb="sm">{me.passkeysSays}</Text>
      <Stack gap="xs">
        {passkeys.map(({ passkey, createdAt, backedUp }) => (
          <Group key={passkey} justify="space-between">
            <Text>
              {me.made} {dates.instant(createdAt)} · {backedUp ? me.backedUp : me.onDevice}
            </Text>
            <Button
              variant="default"
              size="compact-md"
              disabled={passkeys.length === 1}
              title={passkeys.length === 1 ? me.last : undefined}
              onClick={() => remove.mutate(passkey)}
            >
              {me.remove}
            </Button>
          </Group>
        ))}
      </Stack>
      <Button mt="sm" onClick={() => add.mutate()} disabled={add.isPending}>
        {me.add}
      </Button>
      {failed !== undefined && <ProblemNotice error={failed.error} again={failed.reset} />}
    </section>
  );
}

function Sessions({ session: { sessions } }: { readonly session: Session }) {
  const { me } = useTexts();
  const dates = useDates();
  const end = useChange((session: string) => call('POST /v1/sessions/{session}/end', { path: { session } }));
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {me.sessions}
      </Title>
      <Stack gap="xs">
        {sessions.map(({ session, isThis, createdAt, seenAt }) => (
          <Group key={session} justify="space-between">
            <Text>
              {me.began} {dates.instant(createdAt)} · {me.seen} {dates.instant(seenAt)}
            </Text>
            {isThis ? (
              <Text className="quiet">{me.thisOne}</Text>
            ) : (
              <Button variant="default" size="compact-md" onClick={() => end.mutate(session)}>
                {me.end}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
      {end.isError && <ProblemNotice error={end.error} />}
    </section>
  );
}

/** The software that may act for this account, and how to stop it. */
function Consents() {
  const { me, permissions: words } = useTexts();
  const dates = useDates();
  const queries = useQueryClient();
  const known = words.rows as Readonly<Record<string, string>>;
  const held = useQuery({
    queryKey: ['consents'],
    queryFn: async () => (await call('GET /v1/consents')).body.consents,
  });
  const end = useMutation({
    mutationFn: (consent: string) => call('POST /v1/consents/{consent}/end', { path: { consent } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['consents'] }),
  });
  if (held.data === undefined || held.data.length === 0) return null;
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {me.software}
      </Title>
      {held.data.map(({ consent, software, scope, expiresAt }) => (
        <Group key={consent} justify="space-between" align="flex-start">
          <div>
            <Text fw={600}>{software}</Text>
            <Text size="sm" className="quiet">
              {me.until} {dates.instant(expiresAt)}
            </Text>
            <List size="sm">
              {scope.split(' ').map((permission) => (
                <List.Item key={permission}>{known[permission] ?? permission}</List.Item>
              ))}
            </List>
          </div>
          <Button variant="default" size="compact-md" onClick={() => end.mutate(consent)}>
            {me.end}
          </Button>
        </Group>
      ))}
      {end.isError && <ProblemNotice error={end.error} />}
    </section>
  );
}

/** Does something to one's own account, and reads it again. */
function useChange<Given = void>(mutationFn: (given: Given) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['session'] }),
  });
}
