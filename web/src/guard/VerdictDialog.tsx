import { useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ReasonDialog } from '../frame/ReasonDialog.tsx';
import { useGuardTexts } from '../texts/guard.ts';

/** Says what ending the case one way or the other does, and to whom; asks why, and ends it. */
export function VerdictDialog(props: {
  readonly of: Api['GET /v1/guard/cases/{case}']['answer'];
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
  const people = of.peopleBefore + of.peopleSince;
  const undoEffect = of.isShadow ? texts.undoShadow : texts.undoEffect(of.account);
  return (
    <ReasonDialog
      title={isUndo ? texts.undoTitle : texts.confirmTitle}
      effect={isUndo ? undoEffect : texts.confirmEffect(of.account, people)}
      act={isUndo ? texts.doUndo : texts.doConfirm}
      help={texts.whyHelp}
      isDangerous={!isUndo}
      perform={rule}
      close={close}
    />
  );
}
