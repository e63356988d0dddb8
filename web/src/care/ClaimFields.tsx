import { Group, TextInput, Title } from '@mantine/core';
import { DayInput } from '../frame/DayInput.tsx';
import { useClaimTexts } from '../texts/claims.ts';
import { type CareProblems, isPrescribed } from './read-care.ts';
import type { TypedCare } from './typed-care.ts';

type Props = {
  readonly care: TypedCare;
  readonly wrong: CareProblems;
  readonly isStrict: boolean;
  /** The number cannot be changed while its promise is invoiced. */
  readonly isPromised: boolean;
  readonly change: (some: Partial<TypedCare>) => void;
};

/** What a claim has besides its acts: who prescribed them, a promise, one's own name of it. */
export function ClaimFields(props: Props) {
  const { care, wrong, isPromised, change } = props;
  const { invoice } = useClaimTexts();
  return (
    <section className="sheet">
      {isPrescribed(care.lines) && <Prescriber {...props} />}
      <Title order={2} size="h4" mb="sm">
        {invoice.title}
      </Title>
      <Group grow align="flex-start" preventGrowOverflow={false} wrap="wrap">
        <TextInput
          label={invoice.reference}
          description={invoice.referenceHelp}
          maxLength={35}
          autoComplete="off"
          value={care.reference}
          onChange={(event) => change({ reference: event.currentTarget.value })}
        />
        <TextInput
          label={invoice.engagement}
          description={invoice.engagementHelp}
          error={wrong.engagement === undefined ? null : invoice.engagementProblem}
          maxLength={14}
          autoComplete="off"
          readOnly={isPromised}
          value={care.engagement}
          onChange={(event) => change({ engagement: event.currentTarget.value.toUpperCase().trim() })}
        />
      </Group>
    </section>
  );
}

function Prescriber({ care, wrong, isStrict, change }: Props) {
  const { prescription: texts } = useClaimTexts();
  const told = (problem: keyof typeof texts.problems | undefined, text: string) =>
    problem === undefined || (text === '' && !isStrict) ? null : texts.problems[problem];
  return (
    <>
      <Title order={2} size="h4">
        {texts.title}
      </Title>
      <p className="quiet after-title">{texts.needed}</p>
      <Group grow align="flex-start" preventGrowOverflow={false} wrap="wrap" mb="lg">
        <TextInput
          label={texts.rpps}
          description={texts.rppsHelp}
          error={
            care.rpps.replaceAll(/\D/g, '').length < 11 && !isStrict ? null : told(wrong.rpps, care.rpps)
          }
          inputMode="numeric"
          maxLength={16}
          autoComplete="off"
          value={care.rpps}
          onChange={(event) => change({ rpps: event.currentTarget.value })}
        />
        <DayInput
          label={texts.day}
          inputWrapperOrder={['label', 'description', 'input', 'error']}
          error={told(wrong.prescribedOn, care.prescribedOn)}
          value={care.prescribedOn}
          change={(prescribedOn) => change({ prescribedOn })}
        />
      </Group>
    </>
  );
}
