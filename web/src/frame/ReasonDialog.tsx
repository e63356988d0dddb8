import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTexts } from '../texts/language.tsx';
import { Dialog } from './Dialog.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

/**
 * Says what will happen and to how many, asks why, and does it. Where the server asks for a passkey used just
 * now, it is shown from here, and what was asked is done at once.
 */
export function ReasonDialog(props: {
  readonly title: string;
  /** What it does, to how many. */
  readonly effect: ReactNode;
  /** On the button. */
  readonly act: string;
  /** Who reads the reason; null where none is asked. */
  readonly help: string | null;
  readonly label?: string;
  readonly isDangerous?: boolean;
  /** Fields of its own, between the effect and the reason. */
  readonly children?: ReactNode;
  readonly perform: (why: string) => Promise<unknown>;
  readonly close: () => void;
}) {
  const { title, effect, act, help, label, isDangerous = false, children, perform, close } = props;
  const { account: texts } = useTexts();
  const [why, setWhy] = useState('');
  const done = useMutation({ mutationFn: () => perform(why) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    done.mutate();
  };
  return (
    <Dialog close={close} title={title}>
      <form onSubmit={submit}>
        <Stack>
          {typeof effect === 'string' ? <Text>{effect}</Text> : effect}
          {children}
          {help !== null && (
            <Textarea
              label={label ?? texts.why}
              description={help}
              required
              minLength={3}
              maxLength={1000}
              autosize
              minRows={2}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
              data-autofocus
            />
          )}
          {done.isError && <ProblemNotice error={done.error} again={() => done.mutate()} />}
          <Group>
            <Button type="submit" color={isDangerous ? 'danger' : 'accent'} loading={done.isPending}>
              {act}
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
