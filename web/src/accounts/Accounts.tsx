import { Button, Checkbox, Group, NativeSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { roles } from '../../../src/modules/access/roles.ts';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useDates, useTexts } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { Standing } from './Standing.tsx';
import { writeCsv } from './write-csv.ts';

type Listed = Api['GET /v1/accounts']['answer']['accounts'][number];
type Asked = Api['GET /v1/accounts']['query'];

/** The accounts within reach; what is searched for stands in the address, and can be sent to a colleague. */
export function Accounts() {
  const { accounts: texts } = useTexts();
  const [asked, setAsked] = useSearchParams();
  const query = Object.fromEntries([...asked].filter(([, value]) => value !== '')) as Asked;
  const found = useQuery({
    queryKey: ['accounts', query],
    queryFn: async () => (await call('GET /v1/accounts', { query })).body,
  });
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '');
    setAsked(new URLSearchParams(typed as [string, string][]));
  };
  const goTo = (after: number | null) => {
    const next = new URLSearchParams(asked);
    if (after === null) next.delete('after');
    else next.set('after', String(after));
    setAsked(next);
  };
  return (
    <Stack>
      <Title order={1} size="h2">
        {texts.title}
      </Title>
      <SearchForm key={asked.toString()} query={query} search={search} />
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data?.accounts.length === 0 && <Text className="sheet">{texts.empty}</Text>}
      {found.data !== undefined && found.data.accounts.length > 0 && (
        <>
          <AccountTable accounts={found.data.accounts} />
          <Group>
            {query.after !== undefined && (
              <Button variant="default" onClick={() => goTo(null)}>
                {texts.first}
              </Button>
            )}
            {found.data.next !== null && (
              <Button variant="default" onClick={() => goTo(found.data.next)}>
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

function SearchForm(props: {
  readonly query: Asked;
  readonly search: (event: FormEvent<HTMLFormElement>) => void;
}) {
  const { query, search } = props;
  const { accounts: texts, roles: roleNames } = useTexts();
  const everyRole = { value: '', label: texts.everyRole };
  return (
    <form className="sheet" onSubmit={search}>
      <Group align="flex-end">
        <TextInput
          name="search"
          label={texts.search}
          defaultValue={query.search ?? ''}
          maxLength={200}
          w={{ base: '100%', sm: '18rem' }}
        />
        <NativeSelect
          name="role"
          label={texts.role}
          defaultValue={query.role ?? ''}
          data={[everyRole, ...roles.map((role) => ({ value: role, label: roleNames[role] }))]}
        />
        <Button type="submit">{texts.find}</Button>
      </Group>
      <Checkbox
        name="contained"
        value="yes"
        label={texts.contained}
        defaultChecked={query.contained === 'yes'}
        mt="sm"
      />
    </form>
  );
}

function AccountTable({ accounts }: { readonly accounts: readonly Listed[] }) {
  const { accounts: texts, roles: roleNames } = useTexts();
  const professionName = useProfessionName();
  const dates = useDates();
  const heads = [
    ...[texts.number, texts.holder, texts.organisation, texts.profession],
    ...[texts.standing, texts.passkeys, texts.seen],
  ];
  return (
    <Table.ScrollContainer type="native" tabIndex={0} minWidth={760} className="sheet">
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {accounts.map((one) => (
            <Table.Tr key={one.account}>
              <Table.Td>{one.account}</Table.Td>
              <Table.Td>
                <Link to={`/accounts/${one.account}`}>{one.holder}</Link>
              </Table.Td>
              <Table.Td>{one.organisation.name}</Table.Td>
              <Table.Td>
                {one.role === 'professional' ? professionName(one.profession) : roleNames[one.role]}
              </Table.Td>
              <Table.Td>
                <Standing is={one.standing} />
              </Table.Td>
              <Table.Td>{one.passkeys}</Table.Td>
              <Table.Td>{one.seenAt === null ? texts.never : dates.instant(one.seenAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
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
