import { Group, List, Progress, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useOutletContext, useParams } from 'react-router';
import { call } from '../api/call.ts';
import type { Session } from '../api/session.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useDates, useTexts } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { Actions } from './Actions.tsx';
import { DaysChart } from './DaysChart.tsx';
import { Standing } from './Standing.tsx';

type Page = Api['GET /v1/accounts/{account}']['answer'];

/** One account: what it does, where from, what was done to it, and what can be done. Never whom it saw. */
export function AccountPage() {
  const texts = useTexts();
  const { account = '' } = useParams();
  const session = useOutletContext<Session>();
  const professionName = useProfessionName();
  const page = useQuery({
    queryKey: ['account', account],
    queryFn: async () => (await call('GET /v1/accounts/{account}', { path: { account } })).body,
  });
  if (page.isError) return <ProblemNotice error={page.error} again={() => void page.refetch()} />;
  if (page.data === undefined) return <Text>{texts.frame.loading}</Text>;
  const { holder, organisation, role, profession, standing, allowance, days } = page.data;
  return (
    <Stack gap="lg">
      <div>
        <Group>
          <Title order={1} size="h2">
            {holder}
          </Title>
          <Standing is={standing} />
        </Group>
        <Text>
          {texts.me.account(page.data.account)} ·{' '}
          {role === 'professional' ? professionName(profession) : texts.roles[role]} · {organisation.name}
        </Text>
      </div>
      <Actions page={page.data} permissions={session.permissions} />
      {role === 'professional' && (
        <section className="sheet">
          <Title order={2} size="h4" mb="xs">
            {texts.account.allowance}
          </Title>
          <Text>{texts.account.allowanceOf(allowance.charged, allowance.cap)}</Text>
          <Progress
            value={allowance.cap === 0 ? 0 : (100 * allowance.charged) / allowance.cap}
            aria-label={texts.account.allowanceOf(allowance.charged, allowance.cap)}
            my="xs"
          />
          <Text size="sm" className="quiet">
            {allowance.renews ? texts.meter.renews(allowance.renewalPerDay) : texts.meter.stopped}
          </Text>
          <DaysChart days={days} />
        </section>
      )}
      <Sessions sessions={page.data.sessions} />
      <Deeds deeds={page.data.deeds} />
    </Stack>
  );
}

function Sessions({ sessions }: { readonly sessions: Page['sessions'] }) {
  const { account, accounts, me } = useTexts();
  const dates = useDates();
  return (
    <section className="sheet">
      <Title order={2} size="h4">
        {account.sessions}
      </Title>
      <Text size="sm" className="quiet" mb="xs">
        {account.sessionsSays}
      </Text>
      {sessions.length === 0 ? (
        <Text>{account.nothing}</Text>
      ) : (
        <Table.ScrollContainer type="native" tabIndex={0} minWidth={520}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {[me.began, me.seen, account.network, account.client, accounts.standing].map((head) => (
                  <Table.Th key={head} scope="col">
                    {head}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sessions.map((one) => (
                <Table.Tr key={one.session}>
                  <Table.Td>{dates.instant(one.createdAt)}</Table.Td>
                  <Table.Td>{dates.instant(one.seenAt)}</Table.Td>
                  <Table.Td>{one.network.toString(36)}</Table.Td>
                  <Table.Td>{one.client.toString(36)}</Table.Td>
                  <Table.Td>{one.endedAt === null ? account.live : account.ended}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

function Deeds({ deeds }: { readonly deeds: Page['deeds'] }) {
  const { account } = useTexts();
  const dates = useDates();
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {account.deeds}
      </Title>
      {deeds.length === 0 ? (
        <Text>{account.nothing}</Text>
      ) : (
        <List spacing="xs">
          {deeds.map(({ what, at, by, why, cap }) => (
            <List.Item key={`${at} ${what}`}>
              <Text span fw={600}>
                {account.deed[what]}
                {cap === null ? '' : ` : ${cap}`}
              </Text>{' '}
              {dates.instant(at)}, {account.by(by)}
              <Text className="quiet">{why}</Text>
            </List.Item>
          ))}
        </List>
      )}
    </section>
  );
}
