import { Alert, Button, Group, PinInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { enrol } from '../api/session.ts';
import { LanguageButton } from '../frame/LanguageButton.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useTexts } from '../texts/language.tsx';
import { useEnter } from './SignIn.tsx';

/** Makes the passkey of an invited holder: the link is in the address, the code came by another way. */
export function Enrol() {
  const texts = useTexts();
  const [link] = useState(() => window.location.hash.slice(1));
  const [code, setCode] = useState('');
  const enter = useEnter();
  const make = useMutation({ mutationFn: () => enrol({ link, code }), onSuccess: enter });
  // The link is used once: it must not stay in the history of a shared computer.
  useEffect(() => window.history.replaceState(null, '', '/enrol'), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (/^\d{8}$/.test(code)) make.mutate();
  };
  return (
    <Stack component="main" className="frame" maw="36rem" pt="xl" gap="lg">
      <Group justify="space-between">
        <Title order={1}>{texts.enrol.title}</Title>
        <LanguageButton />
      </Group>
      {/^[\w-]{43}$/.test(link) ? (
        <form onSubmit={submit}>
          <Stack>
            <Text>{texts.enrol.says}</Text>
            <PinInput
              length={8}
              type="number"
              value={code}
              onChange={setCode}
              aria-label={texts.enrol.code}
              getInputProps={(place) => ({ 'aria-label': `${texts.enrol.code}, ${place + 1}` })}
              gap={6}
              size="md"
            />
            <Button type="submit" disabled={make.isPending || code.length < 8}>
              {make.isPending ? texts.signIn.busy : texts.enrol.button}
            </Button>
            <Text size="sm" className="quiet">
              {texts.enrol.warning}
            </Text>
            {make.isError && <ProblemNotice error={make.error} />}
          </Stack>
        </form>
      ) : (
        <Alert color="attention" title={texts.enrol.noLink} />
      )}
    </Stack>
  );
}
