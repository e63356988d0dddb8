import { Alert, Badge, Button, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useInsurerTexts } from '../texts/insurer.ts';
import { useDates, useNumbers } from '../texts/language.tsx';
import { RejectedLines } from './RejectedLines.tsx';

type Imported = Api['GET /v1/insurer-imports']['answer']['imports'][number];

const unfinished = ['queued', 'running'];
const everyMs = 5_000;

/** The files of one's insurer: what became of each, and why lines did not go in. */
export function InsurerImports() {
  const { imports: texts } = useInsurerTexts();
  const [address, setAddress] = useSearchParams();
  const found = useQuery({
    queryKey: ['insurer-imports'],
    queryFn: async () => (await call('GET /v1/insurer-imports')).body.imports,
    // Long work can be left and found again: while a file is read, its counts go on.
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ state }) => unfinished.includes(state)) === true ? everyMs : false,
  });
  const opened = found.data?.find(({ id }) => String(id) === address.get('import'));
  return (
    <Stack>
      <div>
        <Title order={1} size="h2">
          {texts.title}
        </Title>
        <Text>{texts.says}</Text>
      </div>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data?.length === 0 && <Text className="sheet">{texts.none}</Text>}
      {found.data !== undefined && found.data.length > 0 && (
        <ImportTable imports={found.data} open={(id) => setAddress({ import: String(id) })} />
      )}
      {found.data
        ?.filter(({ state, message }) => state === 'failed' && message !== null)
        .slice(0, 1)
        .map(({ id, message }) => (
          <Alert key={id} color="attention" title={texts.message(id)}>
            <span lang="en">{message}</span>
          </Alert>
        ))}
      {opened !== undefined && <RejectedLines key={opened.id} id={opened.id} close={() => setAddress({})} />}
    </Stack>
  );
}

function ImportTable(props: { readonly imports: readonly Imported[]; readonly open: (id: number) => void }) {
  const { imports: texts } = useInsurerTexts();
  const dates = useDates();
  const numbers = useNumbers();
  const count = (key: 'lines' | 'people' | 'added' | 'changed' | 'closed'): Column<Imported> => ({
    ...{ key, head: texts[key], sortBy: ({ counts }) => counts[key] },
    cell: ({ counts }) => <span className="figures">{numbers(counts[key])}</span>,
  });
  const columns: Column<Imported>[] = [
    { key: 'id', head: texts.number, sortBy: ({ id }) => id, cell: ({ id }) => id },
    {
      ...{ key: 'received', head: texts.received, sortBy: ({ receivedAt }) => receivedAt ?? '' },
      cell: ({ receivedAt }) => (receivedAt === null ? '' : dates.instant(receivedAt)),
    },
    { key: 'state', head: texts.state, sortBy: ({ state }) => state, cell: (one) => <State of={one} /> },
    ...(['lines', 'people', 'added', 'changed', 'closed'] as const).map(count),
    {
      ...{ key: 'rejected', head: texts.rejected, sortBy: ({ counts }) => counts.rejected },
      cell: ({ id, counts: { rejected } }) =>
        rejected === 0 ? (
          <span className="figures">0</span>
        ) : (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={texts.seeOf(numbers(rejected), id)}
            onClick={() => props.open(id)}
          >
            {texts.see(numbers(rejected))}
          </Button>
        ),
    },
  ];
  return (
    <SortableTable
      columns={columns}
      rows={props.imports}
      rowKey={({ id }) => id}
      label={texts.list}
      minWidth={820}
    />
  );
}

const colors = {
  queued: 'gray',
  running: 'accent',
  done: 'accent',
  failed: 'attention',
  interrupted: 'attention',
} as const;

function State({ of: { state, dryRun, full } }: { readonly of: Imported }) {
  const { imports: texts } = useInsurerTexts();
  const more = [...(dryRun ? [texts.trial] : []), ...(full ? [texts.full] : [])].join(', ');
  return (
    <>
      <Badge color={colors[state]} variant={state === 'failed' ? 'filled' : 'outline'} tt="none">
        {texts.states[state]}
      </Badge>{' '}
      {more !== '' && (
        <Text span size="sm" className="quiet">
          {more}
        </Text>
      )}
    </>
  );
}
