import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useTexts } from '../texts/language.tsx';
import { useSocTexts } from '../texts/soc.ts';
import type { Receiver } from './Receivers.tsx';

const dayMs = 86_400_000;
const periods = ['1', '7', '90'] as const;

/** Asks from when on everything is sent again. */
export function SendAgainDialog({ one, close }: { readonly one: Receiver; readonly close: () => void }) {
  const texts = useSocTexts();
  const { account } = useTexts();
  const queries = useQueryClient();
  const [days, setDays] = useState<string>(periods[0]);
  const sending = useMutation({
    mutationFn: async () => {
      const since = new Date(Date.now() - Number(days) * dayMs).toISOString();
      const sent = { path: { endpoint: one.id }, body: { since } };
      return (await call('POST /v1/guard/endpoints/{endpoint}/replay', sent)).body.events;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['guard', 'endpoints'] }),
  });
  return (
    <Dialog close={close} title={texts.sendAgainTitle}>
      <Stack>
        <Text>{texts.sendAgainSays}</Text>
        <SegmentedControl
          aria-label={texts.since}
          value={days}
          onChange={setDays}
          data={periods.map((value) => ({ value, label: texts.sinceDays(Number(value)) }))}
        />
        {sending.isError && <ProblemNotice error={sending.error} again={() => sending.mutate()} />}
        <Text aria-live="polite">{sending.data !== undefined && texts.sentAgain(sending.data)}</Text>
        <Group>
          <Button loading={sending.isPending} onClick={() => sending.mutate()} data-autofocus>
            {texts.send}
          </Button>
          <Button variant="default" onClick={close}>
            {account.cancel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Asks before a webhook is ended for good. */
export function RemoveDialog(props: {
  readonly one: Receiver;
  readonly name: string;
  readonly close: () => void;
}) {
  const { one, name, close } = props;
  const texts = useSocTexts();
  const { account } = useTexts();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call('POST /v1/guard/endpoints/{endpoint}/end', { path: { endpoint: one.id } }),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries({ queryKey: ['guard', 'endpoints'] });
    },
  });
  return (
    <Dialog close={close} title={texts.removeTitle}>
      <Stack>
        <Text>{texts.removeSays(name)}</Text>
        {remove.isError && <ProblemNotice error={remove.error} again={() => remove.mutate()} />}
        <Group>
          <Button color="danger" loading={remove.isPending} onClick={() => remove.mutate()} data-autofocus>
            {texts.removeNow}
          </Button>
          <Button variant="default" onClick={close}>
            {account.cancel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
