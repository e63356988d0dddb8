import { Alert, Anchor, Button, Group, NumberInput, Radio, Select, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { accountsMost, speedMost } from '../../../src/sandbox/replay-limits.ts';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useLanguage, useNumbers } from '../texts/language.tsx';
import { GuardPart } from './GuardPart.tsx';
import { ReplayPicture } from './ReplayPicture.tsx';
import { isUnderWay, type ReplayState as State, useReplay } from './use-replay.ts';

type Asked = Api['POST /v1/replay']['body'];

const speeds = [1, 10, speedMost];

/** A theft is begun here, watched as it happens, and stopped. It goes on when the page is closed. */
export function Replay() {
  const { replay: texts } = useGuardTexts();
  const queries = useQueryClient();
  const found = useReplay();
  const take = { onSuccess: (body: State) => queries.setQueryData(['replay'], body) };
  const begin = useMutation({
    mutationFn: async (body: Asked) => (await call('POST /v1/replay', { body })).body,
    ...take,
  });
  const stop = useMutation({
    mutationFn: async () => (await call('POST /v1/replay/stop', { body: {} })).body,
    ...take,
  });
  const state = found.data;
  return (
    <GuardPart title={texts.title} says={texts.says}>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {state !== undefined && (
        <>
          <Begin key={state.replay?.scenario} state={state} busy={begin.isPending} begin={begin.mutate} />
          {begin.isError && <ProblemNotice error={begin.error} />}
          {state.replay !== null && (
            <Shown state={state} stop={() => stop.mutate()} isStopping={stop.isPending} />
          )}
          {stop.isError && <ProblemNotice error={stop.error} />}
        </>
      )}
    </GuardPart>
  );
}

function Begin(props: {
  readonly state: State;
  readonly busy: boolean;
  readonly begin: (asked: Asked) => void;
}) {
  const { state, busy, begin } = props;
  const { replay: texts } = useGuardTexts();
  const { language } = useLanguage();
  const [name, choose] = useState(state.replay?.scenario ?? state.scenarios[0]?.name ?? '');
  const [accounts, steal] = useState<number | string>('');
  const [speed, pace] = useState(String(state.replay?.speed ?? 1));
  const chosen = state.scenarios.find((each) => each.name === name);
  const refusal = refusalOf(state, texts);
  const start = () => {
    const some = typeof accounts === 'number' ? { accounts } : {};
    begin({ scenario: name, speed: Number(speed), ...some });
  };
  return (
    <section className="sheet">
      <Radio.Group value={name} onChange={choose} label={texts.scenarios}>
        <Stack gap="xs" mt="xs">
          {state.scenarios.map((each) => (
            <Radio key={each.name} value={each.name} label={each.name} description={each.says[language]} />
          ))}
        </Stack>
      </Radio.Group>
      <Group mt="md" align="end">
        <NumberInput
          label={texts.accounts}
          placeholder={String(chosen?.accounts ?? '')}
          {...{ value: accounts, onChange: steal, min: 1, max: accountsMost, allowDecimal: false, w: '9rem' }}
        />
        <Select
          label={texts.pace}
          data={speeds.map((times) => ({ value: String(times), label: texts.speed(times) }))}
          {...{ value: speed, onChange: (to) => pace(to ?? '1'), allowDeselect: false, w: '13rem' }}
        />
        <Button
          onClick={start}
          disabled={busy || refusal !== null}
          {...(refusal === null ? {} : { 'aria-describedby': 'refusal' })}
        >
          {busy ? texts.beginning : texts.begin}
        </Button>
      </Group>
      <Text size="sm" mt="xs" className="quiet">
        {texts.effect}
      </Text>
      {refusal !== null && (
        <Text size="sm" mt="xs" id="refusal">
          {refusal}
        </Text>
      )}
    </section>
  );
}

function refusalOf(state: State, texts: ReturnType<typeof useGuardTexts>['replay']): string | null {
  if (isUnderWay(state)) return texts.isUnderWay;
  return state.guard === 'acts' ? null : texts.guards[state.guard];
}

function Shown(props: { readonly state: State; readonly stop: () => void; readonly isStopping: boolean }) {
  const { state, stop, isStopping } = props;
  const { replay: texts } = useGuardTexts();
  const { language } = useLanguage();
  const number = useNumbers();
  const { replay } = state;
  if (replay === null) return null;
  const { phase, speed, seconds, people, lines, trouble } = replay;
  const event = state.scenarios.find(({ name }) => name === replay.scenario)?.event ?? null;
  const contained = lines.filter((line) => line.contained !== null).length;
  return (
    <section className="sheet" aria-labelledby="shown">
      <Group justify="space-between">
        <div>
          <Title order={2} size="h4" id="shown">
            {replay.scenario}
          </Title>
          <Text role="status">
            {texts.phases[phase]}
            {speed > 1 && ` · ${texts.speed(speed)}`}
          </Text>
        </div>
        {isUnderWay(state) && (
          <Button variant="default" onClick={stop} disabled={isStopping}>
            {texts.stop}
          </Button>
        )}
      </Group>
      {trouble !== null && (
        <Alert color="attention" title={texts.failed} mt="sm">
          <Text size="sm">{texts.troubles[trouble.is]}</Text>
          <details>
            <summary>{texts.detail}</summary>
            <Text size="sm" lang="en" className="breaks">
              {trouble.detail}
            </Text>
          </details>
        </Alert>
      )}
      <dl className="tally">
        <Figure is={number(people)} of={texts.told} says={event === null ? '' : event.says[language]} />
        <Figure is={`${contained} / ${lines.length}`} of={texts.contained} />
        <Figure is={texts.seconds(number(seconds, 0))} of={texts.since} />
      </dl>
      <ReplayPicture lines={lines} />
      <Anchor component={Link} to="/guard" underline="always">
        {texts.toCases}
      </Anchor>
    </section>
  );
}

function Figure(props: { readonly is: string; readonly of: string; readonly says?: string }) {
  const { is, of, says = '' } = props;
  return (
    <div>
      <dt>{of}</dt>
      <dd className="figures">{is}</dd>
      {says !== '' && <dd className="quiet">{says}</dd>}
    </div>
  );
}
