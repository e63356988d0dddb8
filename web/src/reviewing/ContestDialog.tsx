import { call } from '../api/call.ts';
import { ReasonDialog } from '../frame/ReasonDialog.tsx';
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
  const words = texts.dialogs[what];
  return (
    <ReasonDialog
      title={words.title}
      effect={words.says}
      act={words.button}
      help={texts.whyHelp}
      label={words.why}
      perform={async (why) => {
        await send(what, claim, why);
        done();
      }}
      close={close}
    />
  );
}

async function send(what: Contest, claim: string, why: string): Promise<void> {
  const sent = { path: { claim }, body: { why } };
  if (what === 'contest') await call('POST /v1/claims/{claim}/contest', sent);
  else await call('POST /v1/claims/{claim}/contest-withdrawal', sent);
}
