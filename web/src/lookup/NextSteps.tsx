import { Button, Group, Text } from '@mantine/core';
import { useOutletContext } from 'react-router';
import type { Session } from '../api/session.ts';
import { useTexts } from '../texts/language.tsx';

const steps = ['quote', 'claim'] as const;

/** From the rights of a person to a quote or a claim; what the account may not do says so. */
export function NextSteps({ open }: { readonly open: (mode: 'quote' | 'claim') => void }) {
  const { permissions } = useOutletContext<Session>();
  const { next } = useTexts();
  const refused = steps.filter((step) => !permissions.includes(step));
  return (
    <div className="no-print">
      <Group mt="md">
        {steps.map((step) => (
          <Button
            key={step}
            variant="outline"
            disabled={refused.includes(step)}
            {...(refused.includes(step) ? { 'aria-describedby': `no-${step}` } : {})}
            onClick={() => open(step)}
          >
            {next[step]}
          </Button>
        ))}
      </Group>
      {refused.map((step) => (
        <Text key={step} size="sm" className="quiet" id={`no-${step}`}>
          {next.refused[step]}
        </Text>
      ))}
    </div>
  );
}
