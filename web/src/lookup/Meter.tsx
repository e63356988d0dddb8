import { Alert, List, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { useDates, useTexts } from '../texts/language.tsx';

/** What the account may still draw, and what gives some back: quiet, beside the work. */
export function Meter() {
  const { meter } = useTexts();
  const { instant } = useDates();
  const own = useQuery({
    queryKey: ['own', 'allowance'],
    queryFn: async () => (await call('GET /v1/allowance')).body,
  });
  if (own.data === undefined) return null;
  const { left, cap, renews, renewalPerDay, peopleToday, peoplePerDayMax, reasonsLeftThisWeek } = own.data;
  const { presentOnlyUntil } = own.data;
  const share = cap === 0 ? 0 : (100 * left) / cap;
  return (
    <Stack component="section" className="sheet" gap="xs" aria-labelledby="meter">
      <Title order={2} size="h4" id="meter">
        {meter.title}
      </Title>
      {presentOnlyUntil !== null && (
        <Alert color="attention" role="status">
          {meter.cooling(instant(presentOnlyUntil))}
        </Alert>
      )}
      <Text fw={600}>{meter.left(left, cap)}</Text>
      <Progress
        value={share}
        color={share < 15 ? 'attention' : 'accent'}
        aria-label={meter.left(left, cap)}
      />
      <Text size="sm">{meter.says}</Text>
      <Text size="sm" fw={600} mt="xs">
        {meter.back}
      </Text>
      <List size="sm" spacing={2}>
        <List.Item>{meter.ways.presence}</List.Item>
        <List.Item>{meter.ways.claim}</List.Item>
        <List.Item>{meter.byHand(reasonsLeftThisWeek)}</List.Item>
        <List.Item>{renews ? meter.renews(renewalPerDay) : meter.stopped}</List.Item>
      </List>
      <Text size="sm" className="quiet">
        {meter.today(peopleToday, peoplePerDayMax)}
      </Text>
    </Stack>
  );
}
