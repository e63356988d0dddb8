import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useState } from 'react';
import { useClaimTexts } from '../texts/claims.ts';
import { useDates } from '../texts/language.tsx';
import { CancelEngagement } from './CancelEngagement.tsx';
import type { EngagementAnswer } from './typed-care.ts';

/** A promise that was just made: its number, large enough to be read aloud, and until when it holds. */
export function EngagementSheet(props: {
  readonly engagement: EngagementAnswer;
  readonly cancelled: () => void;
}) {
  const { engagement: texts } = useClaimTexts();
  const dates = useDates();
  const clipboard = useClipboard({ timeout: 2000 });
  const [isAsking, setAsking] = useState(false);
  const { engagement: number, expiresOn } = props.engagement;
  return (
    <Stack component="section" className="sheet promise" gap="xs" aria-labelledby="promise">
      <Title order={2} size="h4" id="promise">
        {texts.title}
      </Title>
      <div role="status">
        <Text size="sm" className="quiet">
          {texts.number}
        </Text>
        <p className="promise-number">{number}</p>
        <Text>{texts.expiresOn(dates.day(expiresOn))}</Text>
      </div>
      <Group gap="xs">
        <Button variant="default" size="compact-md" onClick={() => clipboard.copy(number)}>
          {clipboard.copied ? texts.copied : texts.copy}
        </Button>
        <Button variant="subtle" size="compact-md" onClick={() => setAsking(true)}>
          {texts.cancel}
        </Button>
      </Group>
      {isAsking && <CancelEngagement number={number} close={() => setAsking(false)} done={props.cancelled} />}
    </Stack>
  );
}
