import { List, Text, Title } from '@mantine/core';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates } from '../texts/language.tsx';
import { useOwnContainment } from './ContainedNotice.tsx';

/** Tells a holder what the guard did to their account, and how it ended; nothing when there was nothing. */
export function OwnPast() {
  const { own: texts } = useGuardTexts();
  const dates = useDates();
  const past = useOwnContainment().data?.past ?? [];
  if (past.length === 0) return null;
  return (
    <section className="sheet">
      <Title order={2} size="h4">
        {texts.title}
      </Title>
      <Text mb="sm">{texts.says}</Text>
      <List spacing="xs">
        {past.map(({ openedAt, closedAt, state, standing }) => (
          <List.Item key={openedAt}>
            {texts.began[standing](dates.paris(openedAt))}{' '}
            {texts.ended[state](dates.paris(String(closedAt ?? openedAt)))}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
