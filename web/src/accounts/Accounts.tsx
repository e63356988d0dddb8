import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { roles } from '../../../src/modules/access/roles.ts';
import { professions } from '../../../src/modules/rights/professions.ts';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useDates, useTexts } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { Standing } from './Standing.tsx';
import { writeCsv } from './write-csv.ts';

type Listed = Api['GET /v1/accounts']['answer']['accounts'][number];
type Asked = Api['GET /v1/accounts']['query'];

/** What stands in the address of the page, for a colleague to open: no name and no number of anybody. */
const kept = ['standing', 'profession', 'role', 'sort', 'after'] as const;

/** Accounts within reach, filtered, ordered and paged by the server. Who is searched for is in no address. */
export function Accounts() {
  const { accounts: texts } = useTexts();
  const [address, setAddress] = useSearchParams();
  const [search, setSearch] = useState('');
  const query = queryOf(address, search);
  const found = useQuery({
    queryKey: ['accounts', query],
    queryFn: async () => (await call('GET /v1/accounts', { query })).body,
  });
  const change = (some: Partial<Record<(typeof kept)[number], string>>) => {
    const next = { ...Object.fromEntries(address), after: '', ...some };
    setAddress(Object.entries(next).filter(([, value]) => value !== ''));
  };
  return (
    <Stack>
      <Title order={1} size="h2">
        {texts.title}
      </Title>
      <Filters key={address.toString()} query={query} change={change} search={setSearch} />
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data?.accounts.length === 0 && <Text className="sheet">{texts.empty}</Text>}
      {found.data !== undefined && found.data.accounts.length > 0 && (
        <>
          <AccountTable
            accounts={found.data.accounts}
            order={{ by: query.sort ?? 'number', choose: (sort) => change({ sort }) }}
          />
          <Group>
            {query.after !== undefined && (
              <Button variant="default" onClick={() => change({})}>
                {texts.first}
              </Button>
            )}
            {found.data.next !== null && (
              <Button variant="default" onClick={() => change({ after: String(found.data.next) })}>
                {texts.next}
              </Button>
            )}
            <CopyCsv accounts={found.data.accounts} />
          </Group>
        </>
      )}
    </Stack>
  );
}

/** What the server is asked: only what may stand in the address, and what was typed. */
function queryOf(address: URLSearchParams, search: string): Asked {
  const filters = kept.flatMap((name) => {
    const value = address.get(name) ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(filters), ...(search === '' ? {} : { search }) } as Asked;
}

function Filters(props: {
  readonly query: Asked;
  readonly change: (some: Partial<Record<(typeof kept)[number], string>>) => void;
  readonly search: (text: string) => void;
}) {
  const { query, change, search } = props;
  const { accounts: texts, roles: roleNames } = useTexts();
  const nameOf = useProfessionName();
  const [typed, type] = useState(query.search ?? '');
  const choices: readonly {
    name: 'standing' | 'profession' | 'role';
    label: string;
    all: string;
    data: Choice[];
  }[] = [
    {
      ...{ name: 'standing', label: texts.standing, all: texts.everyStanding },
      data: [
        { value: 'contained', label: texts.contained },
        ...(['challenged', 'restricted', 'suspended'] as const).map((value) => ({
          value,
          label: texts.standings[value],
        })),
      ],
    },
    {
      ...{ name: 'profession', label: texts.onlyProfession, all: texts.everyProfession },
      data: professions.map(({ code }) => ({ value: code, label: nameOf(code) })),
    },
    {
      ...{ name: 'role', label: texts.role, all: texts.everyRole },
      data: roles.map((role) => ({ value: role, label: roleNames[role] })),
    },
  ];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(typed.trim());
    if (query.after !== undefined) change({});
  };
  return (
    <form className="sheet" onSubmit={submit}>
      <Group align="flex-end">
        <TextInput
          label={texts.search}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          maxLength={200}
          autoComplete="off"
          w={{ base: '100%', sm: '18rem' }}
        />
        <Button type="submit">{texts.find}</Button>
      </Group>
      <Group mt="sm">
        {choices.map(({ name, label, all, data }) => (
          <NativeSelect
            key={name}
            label={label}
            value={query[name] ?? ''}
            data={[{ value: '', label: all }, ...data]}
            onChange={(event) => change({ [name]: event.currentTarget.value })}
          />
        ))}
      </Group>
    </form>
  );
}

type Choice = { readonly value: string; readonly label: string };

function AccountTable(props: {
  readonly accounts: readonly Listed[];
  readonly order: { readonly by: string; readonly choose: (by: string) => void };
}) {
  const { accounts: texts, roles: roleNames } = useTexts();
  const professionName = useProfessionName();
  const dates = useDates();
  const columns: Column<Listed>[] = [
    { key: 'number', head: texts.number, sortBy: 'server', cell: ({ account }) => account },
    {
      key: 'holder',
      head: texts.holder,
      cell: ({ account, holder }) => <Link to={`/accounts/${account}`}>{holder}</Link>,
    },
    { key: 'organisation', head: texts.organisation, cell: ({ organisation }) => organisation.name },
    {
      key: 'profession',
      head: texts.profession,
      sortBy: 'server',
      cell: ({ role, profession }) =>
        role === 'professional' ? professionName(profession) : roleNames[role],
    },
    { key: 'standing', head: texts.standing, cell: ({ standing }) => <Standing is={standing} /> },
    { key: 'passkeys', head: texts.passkeys, cell: ({ passkeys }) => passkeys },
    {
      key: 'seen',
      head: texts.seen,
      sortBy: 'server',
      cell: ({ seenAt }) => (seenAt === null ? texts.never : dates.instant(seenAt)),
    },
  ];
  return (
    <SortableTable
      columns={columns}
      rows={props.accounts}
      rowKey={({ account }) => account}
      label={texts.title}
      minWidth={760}
      order={props.order}
    />
  );
}

function CopyCsv({ accounts }: { readonly accounts: readonly Listed[] }) {
  const { accounts: texts } = useTexts();
  const clipboard = useClipboard({ timeout: 2000 });
  const copy = () =>
    clipboard.copy(
      writeCsv(
        accounts.map(({ organisation, ...one }) => ({
          ...one,
          organisation: organisation.number,
          organisationName: organisation.name,
        })),
      ),
    );
  return (
    <Button variant="subtle" onClick={copy}>
      {clipboard.copied ? texts.copied : texts.csv}
    </Button>
  );
}
