import { Button, Radio, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { emergencyReasons } from '../../../src/modules/rights/emergency-reasons.ts';
import { call, Problem } from '../api/call.ts';
import { useLanguage } from '../texts/language.tsx';
import type { LookupBody } from './read-form.ts';

type Reason = NonNullable<LookupBody['emergency']>;
type Props = {
  readonly body: LookupBody;
  readonly isBusy: boolean;
  readonly ask: (body: LookupBody) => void;
};

/** Whether an emergency would change a refusal: the people are used up, not the day nor the unknown ones. */
export function isForEmergencies(error: unknown): boolean {
  return (
    error instanceof Problem &&
    error.code === 'allowance-spent' &&
    error.body.givesBack?.some(({ what }) => what === 'reason') === true
  );
}

/** Offers the same lookup beyond the allowance: who will be told, how many are left, and why it is asked. */
export function EmergencyPanel({ body, isBusy, ask }: Props) {
  const { language, texts } = useLanguage();
  const [reason, setReason] = useState<Reason | null>(null);
  const [wasSent, setSent] = useState(false);
  const own = useQuery({
    queryKey: ['own', 'allowance'],
    queryFn: async () => (await call('GET /v1/allowance')).body,
  });
  const left = own.data?.reasonsLeftThisWeek;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (reason !== null) ask({ ...body, emergency: reason });
  };
  return (
    <form className="sheet no-print" onSubmit={submit} style={{ marginTop: 'var(--mantine-spacing-md)' }}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {texts.emergency.title}
        </Title>
        {left === 0 ? (
          <Text>{texts.emergency.none}</Text>
        ) : (
          <>
            <Text>{texts.emergency.says}</Text>
            <Radio.Group
              label={texts.emergency.why}
              value={reason}
              onChange={(value) => setReason(value as Reason)}
              error={wasSent && reason === null ? texts.emergency.choose : null}
            >
              <Stack gap="xs" my="xs">
                {Object.entries(emergencyReasons).map(([value, says]) => (
                  <Radio key={value} value={value} label={says[language]} />
                ))}
              </Stack>
            </Radio.Group>
            <Text size="sm">
              {texts.emergency.told} {left === undefined ? '' : texts.emergency.left(left)}
            </Text>
            <div>
              <Button type="submit" variant="outline" loading={isBusy}>
                {texts.emergency.button}
              </Button>
            </div>
          </>
        )}
      </Stack>
    </form>
  );
}
