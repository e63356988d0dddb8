import { Button, Code, Group, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useDates, useTexts } from '../texts/language.tsx';

type Move = { readonly forwardDays: number } | { readonly to: string };

/** The time of the demo, and what moves it forward; where it does not move, how it would. */
export function DemoTime({ now, moves }: { readonly now: string; readonly moves: boolean }) {
  const { sandbox: texts } = useTexts();
  const dates = useDates();
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: (body: Move) => call('POST /v1/sandbox/clock', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sandbox'] }),
  });
  const button = (label: string, body: () => Move) => (
    <Button
      variant="default"
      disabled={!moves || move.isPending}
      {...(moves ? {} : { 'aria-describedby': 'fixed' })}
      onClick={() => move.mutate(body())}
    >
      {label}
    </Button>
  );
  return (
    <section className="sheet" aria-labelledby="time">
      <Title order={2} size="h4" id="time" mb="xs">
        {texts.time}
      </Title>
      <Group justify="space-between">
        <Text size="lg" fw={600} className="figures" role="status">
          {texts.itIs(dates.paris(now))}
        </Text>
        <Group gap="xs">
          {button(texts.oneDay, () => ({ forwardDays: 1 }))}
          {button(texts.twoWeeks, () => ({ forwardDays: 14 }))}
          {button(texts.newYear(yearOf(now) + 1), () => ({ to: `${yearOf(now) + 1}-01-01T00:00:00+01:00` }))}
        </Group>
      </Group>
      <Text size="sm" mt="xs" className="quiet" id="fixed">
        {moves ? texts.forwardOnly : texts.fixed} {!moves && <Code>VIGIE_DEMO_CLOCK=movable npm start</Code>}
      </Text>
      {move.isError && <ProblemNotice error={move.error} />}
    </section>
  );
}

/** The year in Paris, where limits turn. */
function yearOf(instant: string): number {
  const year = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', year: 'numeric' });
  return Number(year.format(new Date(instant)));
}
