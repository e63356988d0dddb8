import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useOutletContext, useSearchParams } from 'react-router';
import { call } from '../api/call.ts';
import type { Session } from '../api/session.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useDates, useTexts } from '../texts/language.tsx';
import { RevokeDialog } from './RevokeDialog.tsx';

type Client = Api['GET /v1/software-clients']['answer']['clients'][number];

/** The software that may sign in: whose it is, its keys by name, what it holds now; and how it is revoked. */
export function Software() {
  const { software: texts } = useTexts();
  const [asked, ask] = useSearchParams();
  const before = asked.get('before') ?? undefined;
  const [revoking, revoke] = useState<Client | null>(null);
  const columns = [...useWhich(), ...useWork(revoke)];
  const found = useQuery({
    queryKey: ['software', before],
    queryFn: async () => {
      const query = before === undefined ? {} : { before };
      return (await call('GET /v1/software-clients', { query })).body;
    },
  });
  const isPart = before !== undefined || (found.data?.next ?? null) !== null;
  return (
    <Stack>
      <Title order={1} size="h2">
        {texts.title}
      </Title>
      <Text>{texts.says}</Text>
      <Text size="sm" className="quiet">
        {texts.register}
      </Text>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data?.clients.length === 0 && <Text className="sheet">{texts.empty}</Text>}
      {found.data !== undefined && found.data.clients.length > 0 && (
        <SortableTable
          columns={columns}
          rows={found.data.clients}
          rowKey={({ client }) => client}
          label={texts.title}
          minWidth={900}
        />
      )}
      {isPart && (
        <Group>
          {before !== undefined && (
            <Button variant="default" onClick={() => ask({})}>
              {texts.first}
            </Button>
          )}
          {found.data !== undefined && found.data.next !== null && (
            <Button variant="default" onClick={() => ask({ before: String(found.data.next) })}>
              {texts.next}
            </Button>
          )}
          <Text size="sm" className="quiet">
            {texts.onlyThisPage}
          </Text>
        </Group>
      )}
      {revoking !== null && <RevokeDialog client={revoking} close={() => revoke(null)} />}
    </Stack>
  );
}

/** Which software it is, whose, and with which keys. */
function useWhich(): Column<Client>[] {
  const { software: texts } = useTexts();
  const dates = useDates();
  return [
    {
      key: 'name',
      head: texts.name,
      sortBy: ({ name }) => name,
      cell: ({ name, client, number }) => (
        <>
          <Text fw={600}>{name}</Text>
          <Text size="sm" className="quiet breaks">
            {client}
            <br />
            {texts.number(number)}
          </Text>
        </>
      ),
    },
    {
      key: 'organisation',
      head: texts.whose,
      sortBy: ({ organisation }) => organisation.name,
      cell: ({ organisation, account, kind }) => (
        <>
          {organisation.name}
          <Text size="sm" className="quiet">
            {texts.kinds[kind]}{' '}
            {account !== null && <Link to={`/accounts/${account}`}>{texts.account(account)}</Link>}
          </Text>
        </>
      ),
    },
    {
      key: 'keys',
      head: texts.keys,
      sortBy: ({ keysAt }) => keysAt,
      cell: ({ keys, keysAt }) => (
        <>
          {keys.map(({ kid, algorithm }) => (
            <div key={kid} className="breaks">
              {kid} ({algorithm})
            </div>
          ))}
          <Text size="sm" className="quiet">
            {texts.since(dates.instant(keysAt))}
          </Text>
        </>
      ),
    },
  ];
}

/** What it may, what it does, and how it is stopped. */
function useWork(revoke: (client: Client) => void): Column<Client>[] {
  const { software: texts, accounts } = useTexts();
  const dates = useDates();
  const { permissions } = useOutletContext<Session>();
  const may = permissions.includes('revoke-software');
  return [
    {
      key: 'scopes',
      head: texts.scopes,
      cell: ({ scopes }) => (
        <Text size="sm">{scopes.map((scope) => texts.scopeWords[scope]).join(', ')}</Text>
      ),
    },
    {
      key: 'seen',
      head: texts.seen,
      sortBy: ({ seenAt }) => seenAt ?? '',
      cell: ({ seenAt }) => (seenAt === null ? accounts.never : dates.instant(seenAt)),
    },
    {
      key: 'live',
      head: texts.live,
      sortBy: ({ live }) => live,
      cell: ({ live, kind }) => texts.liveOf[kind](live),
    },
    {
      key: 'state',
      head: texts.state,
      sortBy: ({ revoked }) => (revoked === null ? '' : revoked.at),
      cell: (client) => <State client={client} may={may} revoke={() => revoke(client)} />,
    },
  ];
}

function State(props: { readonly client: Client; readonly may: boolean; readonly revoke: () => void }) {
  const { client, may, revoke } = props;
  const { software: texts, account } = useTexts();
  const dates = useDates();
  const { revoked } = client;
  if (revoked === null) {
    return (
      <Button
        variant="default"
        size="compact-md"
        disabled={!may}
        title={may ? undefined : account.notAllowed}
        aria-label={texts.revokeNamed(client.name)}
        onClick={revoke}
      >
        {texts.revoke}
      </Button>
    );
  }
  return (
    <>
      <Badge color="gray" variant="outline" tt="none">
        {texts.revoked}
      </Badge>
      <Text size="sm" className="quiet">
        {dates.instant(revoked.at)}, {account.by(revoked.by)}
        {revoked.why !== '' && ` : ${revoked.why}`}
      </Text>
    </>
  );
}
