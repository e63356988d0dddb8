import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts } from '../texts/claims.ts';

/** Asks whether a promise is to fall, and says what that does. */
export function CancelEngagement(props: {
  readonly number: string;
  readonly close: () => void;
  readonly done: () => void;
}) {
  const { number, close, done } = props;
  const { engagement: texts } = useClaimTexts();
  const cancel = useMutation({
    mutationFn: () =>
      call('POST /v1/engagements/{engagement}/cancellation', { path: { engagement: number } }),
    onSuccess: () => {
      close();
      done();
    },
  });
  return (
    <Dialog title={texts.asks(number)} close={close}>
      <Text mb="md">{texts.asksSays}</Text>
      {cancel.isError && <ProblemNotice error={cancel.error} />}
      <Group>
        <Button color="danger" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {texts.cancel}
        </Button>
        <Button variant="default" onClick={close}>
          {texts.keep}
        </Button>
      </Group>
    </Dialog>
  );
}
