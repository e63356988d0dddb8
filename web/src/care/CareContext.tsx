import { Checkbox, Chip, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { DayInput } from '../frame/DayInput.tsx';
import { useClaimTexts } from '../texts/claims.ts';
import { useLanguage } from '../texts/language.tsx';
import { keepPractice } from './kept-practice.ts';
import type { CareProblems } from './read-care.ts';
import { kindsOf, repriced, type TypedCare } from './typed-care.ts';

type Props = {
  readonly care: TypedCare;
  readonly profession: string;
  readonly wrong: CareProblems;
  readonly change: (some: Partial<TypedCare>) => void;
};

/** The day of care, what the mandatory scheme knows of the person, and how one is bound to it. */
export function CareContext(props: Props) {
  const { context } = useClaimTexts();
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="sm">
        {context.title}
      </Title>
      <Stack gap="md">
        <CareDay {...props} />
        <Situation {...props} />
        {kindsOf(props.profession).some((kind) => boundKinds.includes(kind)) && <Practice {...props} />}
      </Stack>
    </section>
  );
}

/** Sector and undertaking change what doctors' care is counted from, and nothing else. */
const boundKinds = ['consultation', 'technical-act', 'imaging'];

function CareDay({ care, wrong, change }: Props) {
  const { language } = useLanguage();
  const { context } = useClaimTexts();
  const move = (careDate: string) =>
    change({
      careDate,
      lines: care.lines.map((line) =>
        repriced(line, { before: care.careDate, careDate, quantity: line.quantity }, language),
      ),
    });
  return (
    <DayInput
      label={context.careDate}
      error={wrong.careDate === undefined ? null : context.problems[wrong.careDate]}
      w={{ base: '100%', xs: '14rem' }}
      value={care.careDate}
      change={move}
    />
  );
}

const flags = ['longIllness', 'maternity', 'workAccident', 'alsaceMoselle'] as const;
const aids = ['c2s', 'ame'] as const;

function Situation({ care, change }: Props) {
  const { context } = useClaimTexts();
  const chosen = [...flags.filter((flag) => care[flag]), ...(care.aid === '' ? [] : [care.aid])];
  const choose = (next: readonly string[]) => {
    // Nobody has both aids: the one that was just chosen holds.
    const aid = aids.find((one) => next.includes(one) && one !== care.aid);
    const kept = care.aid !== '' && next.includes(care.aid) ? care.aid : '';
    change({
      ...Object.fromEntries(flags.map((flag) => [flag, next.includes(flag)])),
      aid: aid ?? kept,
      ...(next.includes('longIllness')
        ? {}
        : { lines: care.lines.map((line) => ({ ...line, forLongIllness: false })) }),
    });
  };
  return (
    <fieldset className="plain">
      <Text component="legend" fw={500} size="sm">
        {context.situation}
      </Text>
      <Text size="sm" className="quiet" mb="xs">
        {context.situationHelp}
      </Text>
      <Chip.Group multiple value={chosen} onChange={choose}>
        <Group gap="xs">
          {Object.entries(context.situations).map(([value, label]) => (
            <Chip key={value} value={value} variant="outline">
              {label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </fieldset>
  );
}

function Practice({ care, change }: Props) {
  const { context } = useClaimTexts();
  const set = (some: Pick<TypedCare, 'sector' | 'optam'>) => {
    keepPractice(some);
    change(some);
  };
  const { sector, optam } = care;
  return (
    <fieldset className="plain">
      <Text component="legend" fw={500} size="sm">
        {context.practice}
      </Text>
      <Text size="sm" className="quiet" mb="xs">
        {context.practiceHelp}
      </Text>
      <Group gap="lg">
        <NativeSelect
          aria-label={context.sector}
          value={sector}
          data={Object.entries(context.sectors).map(([value, label]) => ({ value, label }))}
          onChange={(event) => set({ sector: event.currentTarget.value === '2' ? '2' : '1', optam })}
        />
        <Checkbox
          label={context.optam}
          checked={optam}
          onChange={(event) => set({ sector, optam: event.currentTarget.checked })}
        />
      </Group>
    </fieldset>
  );
}
