import { Group, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import { NirInput } from '../lookup/NirInput.tsx';
import { checkNir, type LookupBody, readBirthDate } from '../lookup/read-form.ts';
import { useClaimTexts } from '../texts/claims.ts';
import { useTexts } from '../texts/language.tsx';

/** Whom care is for, as the API takes them. */
export type Person = Pick<LookupBody, 'nir' | 'birthDate' | 'birthRank'>;
/** The same, as it is typed. */
export type TypedPerson = { readonly nir: string; readonly birthDate: string; readonly birthRank: string };

/** Nobody yet. */
export const nobody: TypedPerson = { nir: '', birthDate: '', birthRank: '1' };

/** Reads whom care is for; null while it names nobody. */
export function readPerson({ nir, birthDate, birthRank }: TypedPerson): Person | null {
  const day = readBirthDate(birthDate);
  if (typeof checkNir(nir) === 'string' || day === null) return null;
  return { nir, birthDate: day, ...(birthRank === '1' ? {} : { birthRank: Number(birthRank) }) };
}

/** Asks whom care is for, when the page does not know it: it is kept nowhere. */
export function PersonFields(props: {
  readonly typed: TypedPerson;
  readonly isStrict: boolean;
  readonly change: (typed: TypedPerson) => void;
}) {
  const { typed, isStrict, change } = props;
  const { lookup } = useTexts();
  const { desk } = useClaimTexts();
  const nir = checkNir(typed.nir);
  const isDay = readBirthDate(typed.birthDate) !== null;
  return (
    <section className="sheet">
      <Title order={2} size="h4">
        {desk.person}
      </Title>
      <Text size="sm" className="quiet" mb="sm">
        {desk.personAgain}
      </Text>
      <NirInput
        nir={typed.nir}
        change={(some) => change({ ...typed, ...some })}
        wrong={isStrict && typeof nir === 'string' ? lookup.nirProblems[nir] : undefined}
      />
      <Group grow align="flex-start" mt="md">
        <TextInput
          label={lookup.birthDate}
          description={lookup.birthDateHelp}
          error={isStrict && !isDay ? lookup.birthDateProblem : null}
          placeholder="21/01/1985"
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          value={typed.birthDate}
          onChange={(event) => change({ ...typed, birthDate: event.currentTarget.value })}
        />
        <NativeSelect
          label={lookup.birthRank}
          description={lookup.birthRankHelp}
          data={['1', '2', '3', '4', '5', '6', '7', '8', '9']}
          value={typed.birthRank}
          onChange={(event) => change({ ...typed, birthRank: event.currentTarget.value })}
        />
      </Group>
    </section>
  );
}
