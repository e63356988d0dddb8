import { Alert, Button, Chip, Group, List, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { readShownCode } from '../../../src/modules/rights/card/card-text.ts';
import { domains as allDomains } from '../../../src/modules/rights/domains.ts';
import { findProfession } from '../../../src/modules/rights/professions.ts';
import { DayInput } from '../frame/DayInput.tsx';
import { Scanner } from '../scan/Scanner.tsx';
import type { Texts } from '../texts/fr.ts';
import { useLanguage } from '../texts/language.tsx';
import { NirInput } from './NirInput.tsx';
import { type LookupBody, readForm, type TypedLookup } from './read-form.ts';

type Props = {
  readonly profession: string;
  readonly isBusy: boolean;
  readonly ask: (body: LookupBody) => void;
  readonly clear: () => void;
};

/** Asks for a number, a birth date and what is wanted; each mistake is said beside its field and above. */
export function LookupForm({ profession, isBusy, ask, clear }: Props) {
  const { texts } = useLanguage();
  const [typed, setTyped] = useState(emptyForm);
  const [wasSent, setSent] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    first.current?.focus();
  }, []);
  useHotkeys([['/', () => first.current?.focus()]]);
  const read = readForm(typed);
  const wrong = wasSent && 'problems' in read ? wordsOf(read.problems, texts) : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if ('body' in read) ask(read.body);
    else first.current?.focus();
  };
  const start = () => {
    setTyped(emptyForm());
    setSent(false);
    clear();
    first.current?.focus();
  };
  const change = (some: Partial<TypedLookup>) => setTyped({ ...typed, ...some });
  const take = (seen: string) => {
    const presenceCode = readShownCode(seen);
    if (presenceCode !== null) change({ presenceCode });
    return presenceCode !== null;
  };
  return (
    <form className="sheet no-print" onSubmit={submit} autoComplete="off" noValidate>
      <Stack gap="md">
        <Mistakes of={Object.values(wrong)} title={texts.lookup.fixFields} />
        <NirInput nir={typed.nir} change={change} wrong={wrong.nir} focus={first} />
        <Person typed={typed} change={change} wrong={wrong} />
        <Scanner take={take} other={texts.scan.otherCode} />
        <Care typed={typed} change={change} />
        <DomainChips profession={profession} typed={typed} change={change} />
        <Group>
          <Button type="submit" loading={isBusy}>
            {texts.lookup.button}
          </Button>
          <Button variant="default" onClick={start}>
            {texts.lookup.clear}
          </Button>
        </Group>
        <Text size="sm" className="quiet">
          {texts.lookup.recordedBefore}
        </Text>
      </Stack>
    </form>
  );
}

type Part = { readonly typed: TypedLookup; readonly change: (some: Partial<TypedLookup>) => void };
type Wrong = { readonly nir?: string; readonly birthDate?: string; readonly presenceCode?: string };

function Person({ typed, change, wrong }: Part & { readonly wrong: Wrong }) {
  const { lookup } = useLanguage().texts;
  return (
    <Group grow align="flex-start" preventGrowOverflow={false} wrap="wrap">
      <TextInput
        label={lookup.birthDate}
        description={lookup.birthDateHelp}
        error={wrong.birthDate}
        placeholder="21/01/1985"
        inputMode="numeric"
        maxLength={10}
        value={typed.birthDate}
        onChange={(event) => change({ birthDate: event.currentTarget.value })}
      />
      <NativeSelect
        label={lookup.birthRank}
        description={lookup.birthRankHelp}
        data={['1', '2', '3', '4', '5', '6', '7', '8', '9']}
        value={typed.birthRank}
        onChange={(event) => change({ birthRank: event.currentTarget.value })}
      />
      <TextInput
        label={lookup.presenceCode}
        description={lookup.presenceCodeHelp}
        error={wrong.presenceCode}
        inputMode="numeric"
        maxLength={7}
        value={typed.presenceCode}
        onChange={(event) => change({ presenceCode: event.currentTarget.value })}
      />
    </Group>
  );
}

function Care({ typed, change }: Part) {
  const { lookup } = useLanguage().texts;
  return (
    <Group grow align="flex-start">
      <DayInput label={lookup.careDate} value={typed.careDate} change={(careDate) => change({ careDate })} />
      <NativeSelect
        label={lookup.purpose}
        data={Object.entries(lookup.purposes).map(([value, label]) => ({ value, label }))}
        value={typed.purpose}
        onChange={(event) => change({ purpose: event.currentTarget.value as TypedLookup['purpose'] })}
      />
    </Group>
  );
}

function DomainChips({ profession, typed, change }: Part & { readonly profession: string }) {
  const { language, texts } = useLanguage();
  const own = findProfession(profession)?.domains ?? [];
  if (own.length < 2) return null;
  return (
    <Chip.Group multiple value={[...typed.domains]} onChange={(domains) => change({ domains })}>
      <Text fw={500} size="sm">
        {texts.lookup.domains}
      </Text>
      <Group gap="xs">
        {own.map((code) => (
          <Chip key={code} value={code} variant="outline">
            {allDomains.find((domain) => domain.code === code)?.[language] ?? code}
          </Chip>
        ))}
      </Group>
      <Text size="sm" className="quiet">
        {texts.lookup.domainsHelp}
      </Text>
    </Chip.Group>
  );
}

function Mistakes({ of, title }: { readonly of: readonly (string | undefined)[]; readonly title: string }) {
  if (of.length === 0) return null;
  return (
    <Alert color="attention" title={title} role="alert">
      <List>
        {of.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

function wordsOf(
  problems: Extract<ReturnType<typeof readForm>, { problems: unknown }>['problems'],
  { lookup }: Texts,
): Wrong {
  return {
    ...(problems.nir === undefined ? {} : { nir: lookup.nirProblems[problems.nir] }),
    ...(problems.birthDate ? { birthDate: lookup.birthDateProblem } : {}),
    ...(problems.presenceCode ? { presenceCode: lookup.presenceCodeProblem } : {}),
  };
}

function emptyForm(): TypedLookup {
  const careDate = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date());
  return {
    nir: '',
    birthDate: '',
    birthRank: '1',
    presenceCode: '',
    careDate,
    domains: [],
    purpose: 'TREAT',
  };
}
