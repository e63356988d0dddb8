import { Alert, Text, Textarea } from '@mantine/core';
import { useInsurerTexts } from '../texts/insurer.ts';
import { PaidTable } from './Examples.tsx';
import { Problems } from './TrialPanel.tsx';
import type { Trial } from './use-trial.ts';

/** Care of one's own invention, paid by the document as both are typed. */
export function OwnCare(props: {
  readonly care: string | undefined;
  readonly change: (care: string | undefined) => void;
  readonly trial: Trial;
}) {
  const { care, change, trial } = props;
  const { edit: texts } = useInsurerTexts();
  const toggle = (isOpen: boolean) => change(isOpen ? (care ?? texts.ownCareTemplate) : undefined);
  return (
    <details className="sheet" onToggle={(event) => toggle(event.currentTarget.open)}>
      <summary>{texts.ownCare}</summary>
      {care !== undefined && (
        <>
          <Textarea
            label={texts.care}
            description={texts.ownCareSay}
            value={care}
            autosize
            minRows={5}
            spellCheck={false}
            maxLength={20_000}
            mt="xs"
            classNames={{ input: 'code' }}
            onChange={(event) => change(event.currentTarget.value)}
          />
          <div aria-live="polite">
            {trial.careProblems.length > 0 && (
              <Alert color="attention" mt="sm">
                <Problems problems={trial.careProblems} />
              </Alert>
            )}
            {trial.care !== null && (
              <PaidTable
                label={texts.ownCare}
                rows={[{ key: 'own', name: codesOf(trial.care.acts), paid: trial.care, was: null }]}
              />
            )}
          </div>
          {trial.care === null && trial.careProblems.length === 0 && <Text size="sm">{texts.reading}</Text>}
        </>
      )}
    </details>
  );
}

function codesOf(acts: readonly { readonly code: string }[]): string {
  return acts.map(({ code }) => code).join(' + ');
}
