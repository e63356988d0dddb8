import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useTexts } from '../texts/language.tsx';

/** Asks why, says what it does to whom, and ends the case one way or the other. */
export function VerdictDialog(props: {
  readonly of: Api['GET /v1/guard/cases/{case}']['answer'];
  readonly verdict: 'undo' | 'confirm';
  readonly close: () => void;
  readonly done: (said: string) => void;
}) {
  const { of, verdict, close, done } = props;
  const { case: texts } = useGuardTexts();
  const { account: words } = useTexts();
  const queries = useQueryClient();
  const [why, setWhy] = useState('');
  const isUndo = verdict === 'undo';
  const rule = useMutation({
    mutationFn: async () => {
      const sent = { path: { case: of.id }, body: { why } };
      return isUndo
        ? (await call('POST /v1/guard/cases/{case}/undo', sent)).body
        : (await call('POST /v1/guard/cases/{case}/confirm', sent)).body;
    },
    onSuccess: async ({ account, isChanged }) => {
      await queries.invalidateQueries({ queryKey: ['guard'] });
      const undone = isChanged ? texts.done(account) : texts.doneShadow;
      done(isUndo ? undone : texts.confirmed(account));
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rule.mutate();
  };
  const people = of.peopleBefore + of.peopleSince;
  const undoEffect = of.isShadow ? texts.undoShadow : texts.undoEffect(of.account);
  return (
    <Dialog close={close} title={isUndo ? texts.undoTitle : texts.confirmTitle}>
      <form onSubmit={submit}>
        <Stack>
          <Text>{isUndo ? undoEffect : texts.confirmEffect(of.account, people)}</Text>
          <Textarea
            label={texts.whyLabel}
            description={texts.whyHelp}
            required
            minLength={3}
            maxLength={1000}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
            data-autofocus
          />
          {rule.isError && <ProblemNotice error={rule.error} again={() => rule.mutate()} />}
          <Group>
            <Button type="submit" color={isUndo ? 'accent' : 'danger'} loading={rule.isPending}>
              {isUndo ? texts.doUndo : texts.doConfirm}
            </Button>
            <Button variant="default" onClick={close}>
              {words.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
