import { SegmentedControl, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useNumbers, useTexts } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { allOf, type Profession, verdictOf } from './board-sum.ts';
import { GuardPart } from './GuardPart.tsx';

/** Less is said to be less: a nought would be a promise of none. */
const allowedLeast = 0.001;
const periods = ['30', '90'] as const;

/** What was promised of false alarms, and what happened: by profession and step. */
export function Board() {
  const { board: texts } = useGuardTexts();
  const [days, setDays] = useState<(typeof periods)[number]>('30');
  const board = useQuery({
    queryKey: ['guard', 'board', days],
    queryFn: async () => (await call('GET /v1/guard/board', { query: { days } })).body.professions,
  });
  return (
    <GuardPart title={texts.title} says={texts.says}>
      <SegmentedControl
        aria-label={texts.period}
        style={{ alignSelf: 'flex-start' }}
        value={days}
        onChange={(value) => setDays(value === '90' ? '90' : '30')}
        data={periods.map((value) => ({ value, label: texts.days(Number(value)) }))}
      />
      {board.isError && <ProblemNotice error={board.error} again={() => void board.refetch()} />}
      {board.data?.length === 0 && <Text className="sheet">{texts.empty}</Text>}
      {board.data !== undefined && board.data.length > 0 && <Professions of={board.data} />}
    </GuardPart>
  );
}

/** All together first; each alone behind its line, open where there was a false alarm. */
function Professions({ of }: { readonly of: readonly Profession[] }) {
  const { board: texts } = useGuardTexts();
  const nameOf = useProfessionName();
  const named = of
    .map((one) => ({ one, name: nameOf(one.profession) }))
    .sort((one, other) => one.name.localeCompare(other.name));
  const all = allOf(of);
  return (
    <>
      <section className="sheet">
        <Title order={2} size="h4">
          {texts.all}
        </Title>
        <Text size="sm" className="quiet" mb="xs">
          {texts.of(all.accountDays, all.lookups)}
        </Text>
        <StepTable steps={all.steps} name={texts.all} />
      </section>
      <section className="sheet">
        <Title order={2} size="h4">
          {texts.each}
        </Title>
        {named.map(({ one, name }) => (
          <details key={one.profession} open={alarmsOf(one) > 0}>
            <summary>
              {name}{' '}
              <Text span size="sm" className="quiet">
                {[texts.of(one.accountDays, one.lookups), texts.alarms(casesOf(one), alarmsOf(one))].join(
                  ' · ',
                )}
              </Text>
            </summary>
            <StepTable steps={one.steps} name={name} />
          </details>
        ))}
      </section>
    </>
  );
}

function casesOf({ steps }: Profession): number {
  return Math.max(0, ...steps.map(({ cases }) => cases));
}

function alarmsOf({ steps }: Profession): number {
  return Math.max(0, ...steps.map(({ falseAlarms }) => falseAlarms));
}

function StepTable({ steps, name }: { readonly steps: Profession['steps']; readonly name: string }) {
  const { board: texts } = useGuardTexts();
  const { accounts } = useTexts();
  const number = useNumbers();
  const { heads } = texts;
  const allowed = (count: number) =>
    count > 0 && count < allowedLeast ? texts.below(number(allowedLeast, 3)) : number(count, 3);
  return (
    <Table.ScrollContainer type="native" tabIndex={0} minWidth={860}>
      <Table aria-label={name} className="figures">
        <Table.Thead>
          <Table.Tr>
            {Object.entries(heads).map(([key, head]) => (
              <Table.Th key={key} scope="col">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map((step) => (
            <Table.Tr key={step.standing}>
              <Table.Th scope="row">{accounts.standings[step.standing]}</Table.Th>
              <Table.Td>{texts.promised(number(step.promisedAccountDays))}</Table.Td>
              <Table.Td>{allowed(step.allowed)}</Table.Td>
              <Table.Td>
                {number(step.falseAlarms)} ({texts[verdictOf(step)]})
              </Table.Td>
              <Table.Td>{number(step.answered)}</Table.Td>
              <Table.Td>{number(step.undone)}</Table.Td>
              <Table.Td>{number(step.expired)}</Table.Td>
              <Table.Td>{number(step.confirmed)}</Table.Td>
              <Table.Td>{number(step.open)}</Table.Td>
              <Table.Td>{number(step.cases)}</Table.Td>
              <Table.Td>{number(step.shadow)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
