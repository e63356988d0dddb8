import { Button, List, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { ReasonDialog } from '../frame/ReasonDialog.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates } from '../texts/language.tsx';

type Blocked = Api['GET /v1/guard/networks']['answer']['networks'][number];

/** Networks from which nobody is served, each with a way to open it again. */
export function BlockedNetworks() {
  const { networks: texts, newestOf } = useGuardTexts();
  const [opening, setOpening] = useState<Blocked | null>(null);
  const columns = useColumns(setOpening);
  const found = useQuery({
    queryKey: ['guard', 'networks'],
    queryFn: async () => (await call('GET /v1/guard/networks')).body,
    refetchInterval: 10_000,
  });
  if (found.isError) return <ProblemNotice error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined || found.data.count === 0) return null;
  const { networks, count } = found.data;
  return (
    <section>
      <div className="sheet sweep">
        <Title order={2} size="h5">
          {texts.title}
        </Title>
        <Text size="sm" className="quiet">
          {texts.says}
        </Text>
        {count > networks.length && <Text>{newestOf(networks.length, count)}</Text>}
      </div>
      <SortableTable
        columns={columns}
        rows={networks}
        rowKey={({ block }) => block}
        label={texts.title}
        minWidth={640}
      />
      {opening !== null && <OpenDialog of={opening} close={() => setOpening(null)} />}
    </section>
  );
}

function OpenDialog({ of, close }: { readonly of: Blocked; readonly close: () => void }) {
  const { networks: texts, case: words } = useGuardTexts();
  const queries = useQueryClient();
  const open = async (why: string) => {
    await call('POST /v1/guard/networks/{block}/opening', { path: { block: of.block }, body: { why } });
    await queries.invalidateQueries({ queryKey: ['guard'] });
    close();
  };
  return (
    <ReasonDialog
      title={texts.openTitle(of.network)}
      effect={
        <List spacing="xs">
          {texts.effect(of.account).map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      }
      act={texts.open}
      help={words.whyHelp}
      isDangerous
      perform={open}
      close={close}
    />
  );
}

function useColumns(open: (block: Blocked) => void): Column<Blocked>[] {
  const { networks: texts, case: words } = useGuardTexts();
  const dates = useDates();
  return [
    { ...{ key: 'network', head: texts.heads.network }, cell: ({ network }) => <code>{network}</code> },
    {
      ...{ key: 'state', head: texts.heads.state },
      cell: (block) => <State {...{ block, open }} />,
    },
    {
      ...{ key: 'account', head: texts.heads.account, sortBy: ({ account }) => account },
      cell: ({ account }) => <Link to={`/accounts/${account}`}>{account}</Link>,
    },
    {
      ...{ key: 'since', head: texts.heads.since, sortBy: ({ blockedAt }) => blockedAt },
      cell: ({ blockedAt, blockedBy, why }) => {
        const by = blockedBy === 0 ? words.byGuard : words.by(blockedBy);
        return <Said what={`${dates.instant(blockedAt)} · ${by}`} why={why} />;
      },
    },
  ];
}

function State({ block, open }: { readonly block: Blocked; readonly open: (block: Blocked) => void }) {
  const { networks: texts } = useGuardTexts();
  const dates = useDates();
  const { openedAt, openedBy, until } = block;
  if (openedAt !== null)
    return <Said what={texts.opened(dates.instant(openedAt), openedBy ?? 0)} why={block.openedWhy} />;
  if (Date.parse(until) < Date.now()) return texts.over(dates.instant(until));
  return (
    <>
      {texts.until(dates.instant(until))}{' '}
      <Button size="compact-sm" variant="default" onClick={() => open(block)}>
        {texts.openAsk}
      </Button>
    </>
  );
}

/** What was done, and the reason that was given for it. */
function Said({ what, why }: { readonly what: string; readonly why: string | null }) {
  return (
    <>
      <div>{what}</div>
      {why !== null && (
        <Text size="sm" className="quiet breaks">
          {why}
        </Text>
      )}
    </>
  );
}
