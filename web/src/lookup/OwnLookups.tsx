import { Alert, Button, Menu, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { explanationReasons } from '../../../src/modules/rights/explanation-reasons.ts';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useDates, useLanguage } from '../texts/language.tsx';

type Own = Api['GET /v1/own-lookups']['answer']['lookups'][number];
type Reason = Api['POST /v1/explanations']['body']['reason'];

/** What Vigie recorded of one's own lookups, and why no claim will follow one. */
export function OwnLookups() {
  const { texts } = useLanguage();
  const queries = useQueryClient();
  const own = useQuery({
    queryKey: ['own', 'lookups'],
    queryFn: async () => (await call('GET /v1/own-lookups')).body.lookups,
  });
  const explain = useMutation({
    mutationFn: (body: { entry: string; reason: Reason }) => call('POST /v1/explanations', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['own'] }),
  });
  const columns = useColumns(explain.mutate);
  return (
    <Stack>
      <Title order={1} size="h2">
        {texts.own.title}
      </Title>
      <Text>{texts.own.says}</Text>
      {own.isError && <ProblemNotice error={own.error} again={() => void own.refetch()} />}
      {explain.isError && <ProblemNotice error={explain.error} />}
      {explain.isSuccess && (
        <Alert role="status" title={texts.own.explained[explain.data.body.outcome]} color="accent" />
      )}
      {own.data?.length === 0 && <Text className="sheet">{texts.own.empty}</Text>}
      {own.data !== undefined && own.data.length > 0 && (
        <SortableTable
          columns={columns}
          rows={own.data}
          rowKey={({ entry }) => entry}
          label={texts.own.title}
          minWidth={560}
        />
      )}
    </Stack>
  );
}

function useColumns(explain: (body: { entry: string; reason: Reason }) => void): Column<Own>[] {
  const { own } = useLanguage().texts;
  const dates = useDates();
  const nameOf = (field: string) => own.fields[field] ?? own.domain(field.replace('domain-', ''));
  return [
    { key: 'at', head: own.at, sortBy: ({ at }) => at, cell: ({ at }) => dates.instant(at) },
    {
      key: 'outcome',
      head: own.outcome,
      sortBy: ({ outcome }) => own.outcomes[outcome],
      cell: ({ outcome, present }) => (
        <>
          {own.outcomes[outcome]}
          {present && (
            <Text size="sm" className="quiet">
              {own.present}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'told',
      head: own.told,
      sortBy: ({ insurers }) => insurers.join(),
      cell: ({ insurers, fields }) => (
        <>
          {insurers.join(', ')}
          <Text size="sm" className="quiet">
            {fields.map(nameOf).join(', ') || '–'}
          </Text>
        </>
      ),
    },
    { key: 'entry', head: own.entry, sortBy: ({ entry }) => entry, cell: ({ entry }) => entry },
    {
      key: 'explain',
      head: '',
      cell: ({ entry, outcome, present }) =>
        outcome === 'disclosed' && !present && <ReasonMenu choose={(reason) => explain({ entry, reason })} />,
    },
  ];
}

function ReasonMenu({ choose }: { readonly choose: (reason: Reason) => void }) {
  const { language, texts } = useLanguage();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" size="compact-md">
          {texts.own.explain}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.own.explainTitle}</Menu.Label>
        {Object.entries(explanationReasons).map(([reason, says]) => (
          <Menu.Item key={reason} onClick={() => choose(reason as Reason)}>
            {says[language]}
          </Menu.Item>
        ))}
        <Menu.Label>{texts.own.explainSays}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
