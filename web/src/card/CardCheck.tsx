import { Alert, Anchor, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useIdle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { readCardText } from '../../../src/modules/rights/card/card-text.ts';
import { type CardKey, type CardVerdict, verifyCard } from '../../../src/modules/rights/card/verify-card.ts';
import { LanguageButton } from '../frame/LanguageButton.tsx';
import { Scanner } from '../scan/Scanner.tsx';
import { useDates, useTexts } from '../texts/language.tsx';
import { fetchKeys } from './card-keys.ts';
import { keepCardPage } from './keep-card-page.ts';
import { VerdictSheet } from './VerdictSheet.tsx';

const idleMs = 5 * 60_000;

type Checked = { readonly verdict: CardVerdict; readonly day: string; readonly at: string };

/** Verifies a card in the browser itself: no account, and no network once the page was opened. */
export function CardCheck() {
  const { check } = useTexts();
  const keys = useQuery({
    ...{ queryKey: ['card-keys'], queryFn: fetchKeys, retry: false, staleTime: 60_000 },
    // The query would wait for the network, which is what this page does without.
    networkMode: 'always',
  });
  const { checked, verify, clear } = useVerdict(keys.data?.keys);
  const [sheet, setSheet] = useState(0);
  const isIdle = useIdle(idleMs, { initialState: false });
  // What is told of somebody does not stay on a screen that nobody touches.
  useEffect(() => {
    if (!isIdle) return;
    clear();
    setSheet((before) => before + 1);
  }, [isIdle, clear]);
  return (
    <Stack component="main" className="frame" maw="44rem" pt="xl" gap="lg">
      <Group justify="space-between" className="no-print">
        <Title order={1} size="h2">
          {check.title}
        </Title>
        <LanguageButton />
      </Group>
      <Text className="no-print">{check.says}</Text>
      {keys.isError ? (
        <Alert color="attention" role="alert" title={check.noKeys}>
          <Button size="sm" variant="default" onClick={() => void keys.refetch()}>
            {check.again}
          </Button>
        </Alert>
      ) : (
        <CardForm key={sheet} verify={verify} clear={clear} />
      )}
      {checked !== null && <VerdictSheet {...checked} />}
      <Readiness fetchedAt={keys.data?.fetchedAt} isFresh={keys.data?.isFresh ?? true} />
    </Stack>
  );
}

function CardForm(props: { readonly verify: (text: string) => void; readonly clear: () => void }) {
  const { check } = useTexts();
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') props.verify(text);
    else input.current?.focus();
  };
  const start = () => {
    setText('');
    props.clear();
    input.current?.focus();
  };
  const take = (seen: string) => {
    if (readCardText(seen) === null) return false;
    setText(seen);
    props.verify(seen);
    return true;
  };
  return (
    <form className="sheet no-print" onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        <Textarea
          ref={input}
          label={check.text}
          description={check.textHelp}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          spellCheck={false}
          autoCapitalize="off"
          minRows={3}
          rows={4}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.875rem' } }}
        />
        <Group>
          <Button type="submit">{check.button}</Button>
          <Button variant="default" onClick={start}>
            {check.clear}
          </Button>
          <Scanner take={take} other={check.otherQr} />
        </Group>
      </Stack>
    </form>
  );
}

/** Whether this page is ready for a day without the service, and how old its keys are. */
function Readiness(props: { readonly fetchedAt: string | undefined; readonly isFresh: boolean }) {
  const { check } = useTexts();
  const dates = useDates();
  const [isKept, setKept] = useState(false);
  useEffect(() => void keepCardPage().then(setKept), []);
  return (
    <Stack gap={4} className="no-print">
      {props.fetchedAt !== undefined && (
        <Text size="sm" className="quiet figures">
          {props.isFresh ? '' : `${check.away} `}
          {check.keysOf(dates.instant(props.fetchedAt))}
        </Text>
      )}
      <Text size="sm" className="quiet" role="status">
        {isKept ? check.kept : check.notKept}
      </Text>
      <Text size="sm">
        <Anchor component={Link} to="/sign-in" underline="always">
          {check.toSignIn}
        </Anchor>
      </Text>
    </Stack>
  );
}

/** What came of the last card; one that the address brought is verified as soon as the keys are there. */
function useVerdict(keys: readonly CardKey[] | undefined) {
  const [text, setText] = useState<string | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const fromAddress = useCallback(() => {
    const { hash } = window.location;
    if (hash.length < 2) return;
    // A card is somebody's: it must not stay in the history of a shared computer.
    window.history.replaceState(null, '', '/card');
    setText(hash);
  }, []);
  useEffect(() => {
    fromAddress();
    window.addEventListener('hashchange', fromAddress);
    return () => window.removeEventListener('hashchange', fromAddress);
  }, [fromAddress]);
  useEffect(() => {
    if (text === null || keys === undefined) return;
    const now = new Date();
    const day = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(now);
    void verifyCard(text, keys, day).then((verdict) => {
      setChecked({ verdict, day, at: now.toISOString() });
      setText(null);
    });
  }, [text, keys]);
  const clear = useCallback(() => setChecked(null), []);
  return { checked, verify: setText, clear };
}
