import { List, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { ReasonDialog } from '../frame/ReasonDialog.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import type { Case } from './loud-detectors.ts';

/** Says what ending the case one way or the other does, and to whom; asks why, and ends it. */
export function VerdictDialog(props: {
  readonly of: Case;
  readonly verdict: 'undo' | 'confirm';
  readonly close: () => void;
  readonly done: (said: string) => void;
}) {
  const { of, verdict, close, done } = props;
  const { case: texts } = useGuardTexts();
  const queries = useQueryClient();
  const isUndo = verdict === 'undo';
  const rule = async (why: string) => {
    const sent = { path: { case: of.id }, body: { why } };
    const { account, isChanged } = isUndo
      ? (await call('POST /v1/guard/cases/{case}/undo', sent)).body
      : (await call('POST /v1/guard/cases/{case}/confirm', sent)).body;
    await queries.invalidateQueries({ queryKey: ['guard'] });
    const undone = isChanged ? texts.done(account) : texts.doneShadow;
    done(isUndo ? undone : texts.confirmed(account));
    close();
  };
  return (
    <ReasonDialog
      title={isUndo ? texts.undoTitle : texts.confirmTitle}
      effect={isUndo && of.isShadow ? texts.undoShadow : <Effect {...{ of, isUndo }} />}
      act={isUndo ? texts.doUndo : texts.doConfirm}
      help={texts.whyHelp}
      isDangerous={!isUndo}
      perform={rule}
      close={close}
    />
  );
}

/** What it will do, in people and sessions: counted now, for both change while somebody reads. */
function Effect({ of, isUndo }: { readonly of: Case; readonly isUndo: boolean }) {
  const { case: texts } = useGuardTexts();
  const found = useQuery({
    queryKey: ['guard', 'case', of.id, 'effect'],
    queryFn: async () => (await call('GET /v1/guard/cases/{case}/effect', { path: { case: of.id } })).body,
    staleTime: 0,
  });
  if (found.isError) return <ProblemNotice error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return <Text>{texts.counting}</Text>;
  const { usualPeople, newPeopleLeft, people, sessions, software } = found.data;
  const usual = usualPeople === null ? null : Number(usualPeople);
  const lines = isUndo
    ? texts.undoEffect(of.account, usual, newPeopleLeft)
    : [...texts.confirmEffect(of.account, people, usual), texts.ends(sessions, software)];
  return (
    <List spacing="xs">
      {lines.map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}
