import { Group, List, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useOutletContext, useParams } from 'react-router';
import { call } from '../api/call.ts';
import type { Session } from '../api/session.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { AccountCases } from '../guard/AccountCases.tsx';
import { useDates, useNumbers, useTexts } from '../texts/language.tsx';
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
      {allowance.cap > 0 && (
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
      {session.permissions.includes('manage-guard') && <AccountCases account={page.data.account} />}
      <Sessions sessions={page.data.sessions} />
      <ActingSoftware software={page.data.software} />
      <Deeds deeds={page.data.deeds} own={page.data.account} />
    </Stack>
  );
}

function Sessions({ sessions }: { readonly sessions: Page['sessions'] }) {
  const { account, accounts, me } = useTexts();
  const dates = useDates();
  const columns: Column<Page['sessions'][number]>[] = [
    {
      key: 'began',
      head: me.began,
      sortBy: (one) => one.createdAt,
      cell: (one) => dates.instant(one.createdAt),
    },
    { key: 'seen', head: me.seen, sortBy: (one) => one.seenAt, cell: (one) => dates.instant(one.seenAt) },
    {
      ...{ key: 'network', head: account.network, sortBy: ({ network }) => network },
      cell: ({ network }) => <code>{network}</code>,
    },
    {
      ...{ key: 'client', head: account.client, sortBy: ({ client }) => client },
      cell: ({ client }) => <code>{client}</code>,
    },
    {
      key: 'state',
      head: accounts.standing,
      sortBy: (one) => one.endedAt ?? '',
      cell: (one) => (one.endedAt === null ? account.live : `${account.ended} ${dates.instant(one.endedAt)}`),
    },
  ];
  return (
    <section>
      <Title order={2} size="h4">
        {account.sessions}
      </Title>
      <Text size="sm" className="quiet" mb="xs">
        {account.sessionsSays}
      </Text>
      {sessions.length === 0 ? (
        <Text className="sheet">{account.nothing}</Text>
      ) : (
        <SortableTable
          columns={columns}
          rows={sessions}
          rowKey={({ session }) => session}
          label={account.sessions}
          minWidth={560}
        />
      )}
    </section>
  );
}

/** Software that acts, or acted, for this account: what it may, and until when. */
function ActingSoftware({ software }: { readonly software: Page['software'] }) {
  const { account, me, software: words } = useTexts();
  const dates = useDates();
  if (software.length === 0) return null;
  const known = words.scopeWords as Readonly<Record<string, string>>;
  const scopesOf = (scope: string) => scope.split(' ').map((word) => known[word] ?? word);
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {account.software}
      </Title>
      <List spacing="xs">
        {software.map(({ session, name, scope, createdAt, expiresAt, endedAt }) => (
          <List.Item key={session}>
            <Text span fw={600}>
              {name}
            </Text>{' '}
            {scopesOf(scope).join(', ')}
            <Text className="quiet">
              {words.since(dates.instant(createdAt))}
              {endedAt !== null && `, ${account.ended} ${dates.instant(endedAt)}`}
              {endedAt === null && expiresAt !== null && `, ${me.until} ${dates.instant(expiresAt)}`}
            </Text>
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function Deeds({ deeds, own }: { readonly deeds: Page['deeds']; readonly own: number }) {
  const { account } = useTexts();
  const dates = useDates();
  const number = useNumbers();
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
                {cap === null ? '' : ` : ${number(cap)}`}
              </Text>{' '}
              {dates.instant(at)}, {by === own ? account.byHolder : account.by(by)}
              {why !== '' && <Text className="quiet">{why}</Text>}
            </List.Item>
          ))}
        </List>
      )}
    </section>
  );
}
