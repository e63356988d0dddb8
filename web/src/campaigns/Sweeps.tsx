import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Standing } from '../accounts/Standing.tsx';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { GuardPart } from '../guard/GuardPart.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useNumbers } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { BlockedNetworks } from './BlockedNetworks.tsx';
import { SweptNetwork } from './SweptNetwork.tsx';
import './campaigns.css';

export type Sweep = Api['GET /v1/guard/sweeps']['answer']['sweeps'][number];
type Found = Sweep['accounts'][number];

/** What was looked for in the past because a case was confirmed, and whom it found. */
export function Sweeps() {
  const { sweeps: texts } = useGuardTexts();
  const found = useQuery({
    queryKey: ['guard', 'sweeps'],
    queryFn: async () => (await call('GET /v1/guard/sweeps', { query: {} })).body,
    refetchInterval: ({ state }) =>
      state.data?.sweeps.some(({ endedAt }) => endedAt === null) ? 2_000 : 10_000,
  });
  const { sweeps, count } = found.data ?? { sweeps: [], count: 0 };
  return (
    <GuardPart title={texts.all} says={texts.says}>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data !== undefined && count === 0 && <Text className="sheet">{texts.none}</Text>}
      <Stack>
        <BlockedNetworks />
        {count > sweeps.length && <Text>{texts.newestOf(sweeps.length, count)}</Text>}
        {sweeps.map((sweep) => (
          <SweepSheet key={sweep.sweep} sweep={sweep} order={2} />
        ))}
      </Stack>
    </GuardPart>
  );
}

/** One sweep: what began it, how far it is, and the accounts that used the same rare things. */
export function SweepSheet({ sweep, order }: { readonly sweep: Sweep; readonly order: 2 | 3 }) {
  const { sweeps: texts, case: words, campaigns } = useGuardTexts();
  const dates = useDates();
  const number = useNumbers();
  const columns = useColumns();
  const { case: caseFile, campaign, accounts, found, people } = sweep;
  return (
    <section>
      <div className="sheet sweep">
        <Title order={order} size="h5">
          {texts.title(sweep.sweep)}
        </Title>
        <Text>
          {caseFile !== null && <Link to={`/guard/cases/${caseFile}`}>{words.title(String(caseFile))}</Link>}
          {campaign !== null && (
            <>
              {' · '}
              <Link to={`/guard/campaigns/${campaign}`}>{campaigns.title(String(campaign))}</Link>
            </>
          )}
        </Text>
        <Text size="sm" className="quiet">
          {texts.span(dates.instant(sweep.from), dates.instant(sweep.to), number(sweep.entries))}{' '}
          {sweep.endedAt === null ? texts.running : texts.ended(dates.instant(String(sweep.endedAt)))}
        </Text>
        <Text fw={600}>{texts.found(found, people)}</Text>
        {found > accounts.length && <Text>{texts.mostOf(accounts.length, found)}</Text>}
        {sweep.networks.map((network) => (
          <SweptNetwork key={network.network} sweep={sweep} of={network} />
        ))}
      </div>
      {accounts.length > 0 && (
        <SortableTable
          columns={columns}
          rows={accounts}
          rowKey={({ account }) => account}
          label={texts.accountsOf(sweep.sweep)}
          minWidth={760}
        />
      )}
    </section>
  );
}

function useColumns(): Column<Found>[] {
  const { sweeps: texts, campaigns } = useGuardTexts();
  const professionName = useProfessionName();
  const dates = useDates();
  const number = useNumbers();
  const { heads } = campaigns;
  return [
    {
      ...{ key: 'account', head: heads.account, sortBy: ({ account }) => account },
      cell: ({ account }) => <Link to={`/accounts/${account}`}>{account}</Link>,
    },
    {
      ...{ key: 'standing', head: heads.standing, sortBy: ({ standing }) => standing },
      cell: ({ standing }) => <Standing is={standing} />,
    },
    {
      ...{ key: 'shares', head: heads.shares },
      cell: ({ families }) => families.map((family) => campaigns.shares[family]).join(', '),
    },
    {
      ...{ key: 'people', head: heads.people, sortBy: ({ people }) => people },
      cell: ({ people }) => number(people),
    },
    {
      ...{
        key: 'profession',
        head: heads.profession,
        sortBy: ({ profession }) => professionName(profession),
      },
      cell: ({ profession }) => professionName(profession),
    },
    {
      ...{ key: 'when', head: texts.when, sortBy: ({ firstAt }) => firstAt },
      cell: ({ firstAt, lastAt }) => `${dates.instant(firstAt)} – ${dates.instant(lastAt)}`,
    },
  ];
}
