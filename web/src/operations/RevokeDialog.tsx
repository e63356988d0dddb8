import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useTexts } from '../texts/language.tsx';

type Client = Api['GET /v1/software-clients']['answer']['clients'][number];

/** Asks why, says what stops, and revokes: this cannot be undone, so the passkey may be asked for again. */
export function RevokeDialog({ client, close }: { readonly client: Client; readonly close: () => void }) {
  const { software: texts, account } = useTexts();
  const queries = useQueryClient();
  const [why, setWhy] = useState('');
  const revoke = useMutation({
    mutationFn: () =>
      call('POST /v1/software-clients/{client}/revocation', {
        path: { client: client.client },
        body: { why },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['software'] });
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    revoke.mutate();
  };
  return (
    <Dialog close={close} title={texts.revokeNamed(client.name)}>
      <form onSubmit={submit}>
        <Stack>
          <Text>{texts.effect(client.live)}</Text>
          <Textarea
            label={account.why}
            description={texts.whyHelp}
            required
            minLength={3}
            maxLength={1000}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
            data-autofocus
          />
          {revoke.isError && <ProblemNotice error={revoke.error} again={() => revoke.mutate()} />}
          <Group>
            <Button type="submit" color="danger" loading={revoke.isPending}>
              {texts.revoke}
            </Button>
            <Button variant="default" onClick={close}>
              {account.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
