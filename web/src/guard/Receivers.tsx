import { Alert, Button, CopyButton, Group, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, Problem } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useDates } from '../texts/language.tsx';
import { useSocTexts } from '../texts/soc.ts';
import { RemoveDialog, SendAgainDialog } from './ReceiverDialogs.tsx';
import './receivers.css';

export type Receiver = Api['GET /v1/guard/endpoints']['answer']['endpoints'][number];

/** Who hears the guard outside, how that goes, and what to do when it does not. */
export function Receivers() {
  const texts = useSocTexts();
  const held = useQuery({
    queryKey: ['guard', 'endpoints'],
    queryFn: async () => (await call('GET /v1/guard/endpoints')).body.endpoints,
    refetchInterval: 15_000,
  });
  return (
    <section className="sheet">
      <Title order={2} size="h4">
        {texts.title}
      </Title>
      <Text className="quiet" mb="sm">
        {texts.says}
      </Text>
      {held.isError && <ProblemNotice error={held.error} again={() => void held.refetch()} />}
      {held.data?.length === 0 && <Text>{texts.empty}</Text>}
      <ul className="receivers">
        {held.data?.map((one) => (
          <OneReceiver key={one.id} one={one} />
        ))}
      </ul>
      <AddWebhook />
    </section>
  );
}

function OneReceiver({ one }: { readonly one: Receiver }) {
  const texts = useSocTexts();
  const [asking, ask] = useState<'send-again' | 'remove' | null>(null);
  const name = useReceiverName(one);
  const close = () => ask(null);
  return (
    <li>
      <div>
        <Text fw={650}>{name}</Text>
        <Text size="sm" className="quiet">
          {one.kind === 'webhook' ? texts.kinds.webhook : texts.bySetting}
        </Text>
        <State one={one} />
      </div>
      {one.endedAt === null && (
        <Group gap="xs">
          <Button
            size="sm"
            variant="default"
            aria-label={texts.sendAgainTo(name)}
            onClick={() => ask('send-again')}
          >
            {texts.sendAgain}
          </Button>
          {one.kind === 'webhook' && (
            <Button
              size="sm"
              variant="default"
              aria-label={texts.removeOf(name)}
              onClick={() => ask('remove')}
            >
              {texts.remove}
            </Button>
          )}
        </Group>
      )}
      {asking === 'send-again' && <SendAgainDialog one={one} close={close} />}
      {asking === 'remove' && <RemoveDialog one={one} name={name} close={close} />}
    </li>
  );
}

function State({ one }: { readonly one: Receiver }) {
  const texts = useSocTexts();
  const dates = useDates();
  const { waiting, givenUp, toldAt, lastOutcome, endedAt } = one;
  if (endedAt !== null) return <Text size="sm">{texts.ended}.</Text>;
  if (waiting + givenUp === 0) {
    return (
      <Text size="sm">{toldAt === null ? texts.nothingYet : texts.upToDate(dates.instant(toldAt))}</Text>
    );
  }
  const outcome = lastOutcome === null || /^2|^sent$|^mailed$/.test(lastOutcome) ? null : lastOutcome;
  return (
    <Text size="sm" c="attention">
      {waiting > 0 && texts.waiting(waiting)} {givenUp > 0 && texts.givenUp(givenUp)}{' '}
      {outcome !== null && texts.lastTry(texts.outcomes[outcome] ?? texts.answered(outcome))}
    </Text>
  );
}

/** How a receiver is called: the host of a webhook, or its kind. */
function useReceiverName({ kind, url }: Receiver): string {
  const texts = useSocTexts();
  return url === null ? texts.kinds[kind] : new URL(url).host;
}

function AddWebhook() {
  const texts = useSocTexts();
  const queries = useQueryClient();
  const [url, setUrl] = useState('');
  const add = useMutation({
    mutationFn: async () => (await call('POST /v1/guard/endpoints', { body: { url } })).body.secret,
    onSuccess: async () => {
      setUrl('');
      await queries.invalidateQueries({ queryKey: ['guard', 'endpoints'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  const isBad = add.error instanceof Problem && add.error.code === 'invalid-field';
  return (
    <>
      <form onSubmit={submit} className="add-receiver">
        <TextInput
          label={texts.url}
          description={texts.urlHelp}
          type="url"
          required
          maxLength={2000}
          value={url}
          error={isBad ? texts.urlBad : undefined}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {texts.add}
        </Button>
      </form>
      {add.isError && !isBad && <ProblemNotice error={add.error} again={() => add.mutate()} />}
      <div aria-live="polite">{add.data !== undefined && <Secret secret={add.data} />}</div>
    </>
  );
}

function Secret({ secret }: { readonly secret: string }) {
  const texts = useSocTexts();
  return (
    <Alert color="accent" title={texts.secretTitle} mt="md">
      <Text size="sm">{texts.secretHelp}</Text>
      <code className="secret">{secret}</code>
      <div>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="sm" variant="default" onClick={copy}>
              {copied ? texts.copied : texts.copy}
            </Button>
          )}
        </CopyButton>
      </div>
    </Alert>
  );
}
