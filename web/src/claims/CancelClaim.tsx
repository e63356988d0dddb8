import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts } from '../texts/claims.ts';

/** Asks whether a claim is to be cancelled, and says what that does to its payment and to the allowance. */
export function CancelClaim(props: {
  readonly claim: string;
  readonly state: 'received' | 'accepted';
  readonly close: () => void;
  readonly done: () => void;
}) {
  const { claim, state, close, done } = props;
  const { claim: texts } = useClaimTexts();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => call('POST /v1/claims/{claim}/cancellation', { path: { claim } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['own'] });
      close();
      done();
    },
  });
  return (
    <Dialog title={texts.asks} close={close}>
      <Text mb="md">{texts.effect[state]}</Text>
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
