import { Alert, Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useInsurerTexts } from '../texts/insurer.ts';
import { useDates } from '../texts/language.tsx';
import { type PlanState, parisToday, periodsOf } from './periods.ts';
import './plans.css';
import { TableHead } from '../frame/TableHead.tsx';

type Plan = Api['GET /v1/plans']['answer']['plans'][number];

/** What the editor leaves for this page once it has published. */
export type Published = { readonly name: string; readonly from: string; readonly isRetroactive: boolean };

/** The plans of one's insurer, and which version holds for which days of care. */
export function Plans() {
  const { plans: texts, publish } = useInsurerTexts();
  const dates = useDates();
  const { state } = useLocation() as { state: { published?: Published } | null };
  const found = useQuery({
    queryKey: ['plans'],
    queryFn: async () => (await call('GET /v1/plans')).body.plans,
  });
  const done = state?.published;
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {texts.title}
          </Title>
          <Text maw="44rem">{texts.says}</Text>
        </div>
        <Button component={Link} to="/plans/edit">
          {texts.write}
        </Button>
      </Group>
      {done !== undefined && (
        <Alert color="accent" role="status" title={publish.done(done.name, dates.day(done.from))}>
          {done.isRetroactive && publish.doneRetroactive}
        </Alert>
      )}
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data?.length === 0 && <Text className="sheet">{texts.none}</Text>}
      {found.data?.map((plan) => (
        <PlanSheet key={plan.name} plan={plan} />
      ))}
    </Stack>
  );
}

function PlanSheet({ plan }: { readonly plan: Plan }) {
  const { plans: texts } = useInsurerTexts();
  const dates = useDates();
  const periods = periodsOf(plan.versions, parisToday());
  const heads = [texts.period, texts.state, texts.publishedAt, texts.findings];
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {plan.name}
      </Title>
      <Table verticalSpacing="xs" className="stacks plan-versions" aria-label={texts.versions(plan.name)}>
        <TableHead heads={heads}>
          <Table.Td />
        </TableHead>
        <Table.Tbody>
          {periods.map(({ from, until, state, publishedAt, findings }) => (
            <Table.Tr key={publishedAt}>
              <Table.Td data-head={texts.period}>
                {until === null
                  ? texts.from(dates.day(from))
                  : texts.fromTo(dates.day(from), dates.day(until))}
              </Table.Td>
              <Table.Td data-head={texts.state}>
                <PlanBadge state={state} />
              </Table.Td>
              <Table.Td data-head={texts.publishedAt}>{dates.instant(publishedAt)}</Table.Td>
              <Table.Td data-head={texts.findings}>
                {findings === null ? texts.untried : texts.findingsOf(findings)}
              </Table.Td>
              <Table.Td ta="right">
                {state !== 'replaced' && (
                  <Link
                    to={`/plans/edit?${new URLSearchParams({ plan: plan.name, from })}`}
                    aria-label={texts.openNamed(plan.name, dates.day(from))}
                  >
                    {texts.open}
                  </Link>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function PlanBadge({ state }: { readonly state: PlanState }) {
  const { plans: texts } = useInsurerTexts();
  const color = state === 'current' || state === 'future' ? 'accent' : 'gray';
  return (
    <Badge color={color} variant={state === 'current' ? 'filled' : 'outline'} tt="none">
      {texts.states[state]}
    </Badge>
  );
}
