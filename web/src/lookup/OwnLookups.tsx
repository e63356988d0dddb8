import { Alert, Button, Menu, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { explanationReasons } from '../../../src/modules/rights/explanation-reasons.ts';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
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
  const heads = [texts.own.at, texts.own.outcome, texts.own.told, texts.own.entry];
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
        <Table.ScrollContainer type="native" tabIndex={0} minWidth={560} className="sheet">
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                {heads.map((head) => (
                  <Table.Th key={head} scope="col">
                    {head}
                  </Table.Th>
                ))}
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {own.data.map((lookup) => (
                <OwnRow key={lookup.entry} lookup={lookup} explain={explain.mutate} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

function OwnRow(props: {
  readonly lookup: Own;
  readonly explain: (body: { entry: string; reason: Reason }) => void;
}) {
  const { lookup, explain } = props;
  const { texts } = useLanguage();
  const dates = useDates();
  const { own } = texts;
  const told = lookup.fields.map((field) => own.fields[field] ?? own.domain(field.replace('domain-', '')));
  return (
    <Table.Tr>
      <Table.Td>{dates.instant(lookup.at)}</Table.Td>
      <Table.Td>
        {own.outcomes[lookup.outcome]}
        {lookup.present && (
          <Text size="sm" className="quiet">
            {own.present}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {lookup.insurers.join(', ')}
        <Text size="sm" className="quiet">
          {told.join(', ') || '–'}
        </Text>
      </Table.Td>
      <Table.Td>{lookup.entry}</Table.Td>
      <Table.Td>
        {lookup.outcome === 'disclosed' && !lookup.present && (
          <ReasonMenu choose={(reason) => explain({ entry: lookup.entry, reason })} />
        )}
      </Table.Td>
    </Table.Tr>
  );
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
