import { TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import { useTexts } from '../texts/language.tsx';
import { checkNir } from './read-form.ts';

/** Takes a number as it stands on a card; its key is checked as soon as it is whole. */
export function NirInput(props: {
  readonly nir: string;
  readonly change: (some: { readonly nir: string }) => void;
  readonly wrong: string | undefined;
  readonly focus?: RefObject<HTMLInputElement | null>;
}) {
  const { nir, change, wrong, focus } = props;
  const { lookup } = useTexts();
  const checked = checkNir(nir);
  // While it is typed a number is too short: only a whole one is judged.
  const isWhole = nir.replaceAll(/\D/g, '').length >= 13;
  const told =
    typeof checked === 'string' ? (checked === 'length' ? null : lookup.nirProblems[checked]) : null;
  const fine = typeof checked === 'string' ? null : checked.hasKey ? lookup.nirOk : lookup.nirNoKey;
  return (
    <TextInput
      {...(focus === undefined ? {} : { ref: focus })}
      size="lg"
      label={lookup.nir}
      description={(isWhole && fine) || lookup.nirHelp}
      error={wrong ?? (isWhole ? told : null)}
      inputMode="text"
      spellCheck={false}
      autoComplete="off"
      maxLength={40}
      value={nir}
      onChange={(event) => change({ nir: event.currentTarget.value })}
    />
  );
}
