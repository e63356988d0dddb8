import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useInsurerTexts } from '../texts/insurer.ts';

/** What an insurer does on the word of the person. */
export type Contest = 'contest' | 'withdraw';

/** Says what a contest does, or taking it back, asks why, and does it. */
export function ContestDialog(props: {
  readonly claim: string;
  readonly what: Contest;
  readonly close: () => void;
  readonly done: () => void;
}) {
  const { claim, what, close, done } = props;
  const { claim: texts } = useInsurerTexts();
  const [why, setWhy] = useState('');
  const act = useMutation({ mutationFn: () => send(what, claim, why), onSuccess: done });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.mutate();
  };
  const words = texts.dialogs[what];
  return (
    <Dialog close={close} title={words.title}>
      <form onSubmit={submit}>
        <Stack>
          <Text>{words.says}</Text>
          <Textarea
            label={words.why}
            description={texts.whyHelp}
            required
            minLength={3}
            maxLength={1000}
            autosize
            minRows={2}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
            data-autofocus
          />
          {act.isError && <ProblemNotice error={act.error} />}
          <Group>
            <Button type="submit" loading={act.isPending}>
              {words.button}
            </Button>
            <Button variant="default" onClick={close}>
              {texts.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

async function send(what: Contest, claim: string, why: string): Promise<void> {
  const sent = { path: { claim }, body: { why } };
  if (what === 'contest') await call('POST /v1/claims/{claim}/contest', sent);
  else await call('POST /v1/claims/{claim}/contest-withdrawal', sent);
}
