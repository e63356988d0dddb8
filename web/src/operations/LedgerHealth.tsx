import { Alert, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useDates, useNumbers, useTexts } from '../texts/language.tsx';

type Health = Api['GET /v1/ledger-health']['answer'];
type Lane = Health['lanes'][number];
const everyMs = 15_000;

/** How the ledger stands: what holds, what needs somebody, then the numbers. The page reads itself again. */
export function LedgerHealth() {
  const { health: texts } = useTexts();
  const dates = useDates();
  const found = useQuery({
    queryKey: ['ledger-health'],
    queryFn: async () => (await call('GET /v1/ledger-health')).body,
    refetchInterval: everyMs,
  });
  return (
    <Stack>
      <Title order={1} size="h2">
        {texts.title}
      </Title>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data !== undefined && (
        <>
          <Sentences health={found.data} />
          <Lanes lanes={found.data.lanes} />
          <Facts health={found.data} />
          <Text size="sm" className="quiet">
            {texts.readAt(dates.second(found.data.at), everyMs / 1000)}
          </Text>
        </>
      )}
    </Stack>
  );
}

function Sentences({ health }: { readonly health: Health }) {
  const { health: texts } = useTexts();
  const numbers = useNumbers();
  const { concerns, lanes } = health;
  const [today, refused] = [sum(lanes, 'today'), sum(lanes, 'refusalsToday')];
  return (
    <section className="sheet" aria-live="polite">
      <List spacing="xs">
        <List.Item>{texts.recorded}</List.Item>
        <List.Item>{texts.today(numbers(today), today, numbers(refused), refused)}</List.Item>
        {concerns.length === 0 && <List.Item>{texts.calm}</List.Item>}
      </List>
      {concerns.map((concern) => (
        <Alert key={concern} color="attention" title={texts.concerns[concern].is} mt="sm">
          {texts.concerns[concern].now}
        </Alert>
      ))}
    </section>
  );
}

function Lanes({ lanes }: { readonly lanes: readonly Lane[] }) {
  const { health: texts } = useTexts();
  const dates = useDates();
  const numbers = useNumbers();
  const count = (key: 'today' | 'lastHour' | 'refusalsToday'): Column<Lane> => ({
    key,
    head: texts[key === 'today' ? 'entriesToday' : key],
    sortBy: (lane) => lane[key],
    cell: (lane) => <span className="figures">{numbers(lane[key])}</span>,
  });
  const columns: Column<Lane>[] = [
    { key: 'lane', head: texts.lane, sortBy: ({ lane }) => lane, cell: ({ lane }) => lane },
    {
      key: 'entries',
      head: texts.entries,
      sortBy: ({ entries }) => Number(entries),
      cell: ({ entries }) => <span className="figures">{numbers(Number(entries))}</span>,
    },
    count('today'),
    count('lastHour'),
    count('refusalsToday'),
    {
      key: 'lastAt',
      head: texts.lastAt,
      sortBy: ({ lastAt }) => String(lastAt ?? ''),
      cell: ({ lastAt }) => (lastAt === null ? texts.none : dates.second(String(lastAt))),
    },
    {
      key: 'inFlight',
      head: texts.inFlight,
      sortBy: ({ inFlight, waiting }) => inFlight + waiting,
      cell: ({ inFlight, waiting }) => texts.flight(inFlight, waiting),
    },
  ];
  return (
    <>
      <Title order={2} size="h4">
        {texts.lanes}
      </Title>
      <SortableTable
        columns={columns}
        rows={lanes}
        rowKey={({ lane }) => lane}
        label={texts.lanes}
        minWidth={760}
      />
    </>
  );
}

function Facts({ health }: { readonly health: Health }) {
  const { health: texts } = useTexts();
  const dates = useDates();
  const numbers = useNumbers();
  const { clock, accounts, imports, disks, monthsUntil, monthsReady, standbys, behindBytes } = health;
  const gigabytes = (bytes: number) => numbers(bytes / 1e9, 1);
  const facts = [
    [texts.clock, clock.hasJumped ? texts.jumped : texts.steady(clock.aheadSeconds)],
    [texts.atCap, texts.of(numbers(accounts.atCap), numbers(accounts.all))],
    [texts.contained, texts.of(numbers(accounts.contained), numbers(accounts.all))],
    [
      texts.months,
      monthsUntil === null ? texts.none : texts.until(monthsReady, dates.day(String(monthsUntil))),
    ],
    [texts.imports, texts.importsOf(imports.waiting, imports.running)],
    [
      texts.standbys,
      standbys === 0
        ? texts.none
        : texts.behind(standbys, behindBytes === null ? null : gigabytes(Number(behindBytes))),
    ],
    ...disks.map(({ what, freeBytes, totalBytes }) => [
      texts.disks[what as keyof typeof texts.disks] ?? what,
      texts.free(gigabytes(freeBytes), gigabytes(totalBytes)),
    ]),
  ];
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="sm">
        {texts.rest}
      </Title>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function sum(lanes: readonly Lane[], key: 'today' | 'refusalsToday'): number {
  return lanes.reduce((total, lane) => total + lane[key], 0);
}
