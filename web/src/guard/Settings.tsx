import { Alert, Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { ReasonDialog } from '../frame/ReasonDialog.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useLanguage, useNumbers } from '../texts/language.tsx';
import { GuardPart, useGuardSettings } from './GuardPart.tsx';
import { Receivers } from './Receivers.tsx';
import { Thresholds } from './Thresholds.tsx';

type Held = Api['GET /v1/guard/settings']['answer'];

/** What of the guard acts and what only watches; what its thresholds promise. */
export function Settings() {
  const { settings: texts } = useGuardTexts();
  const held = useGuardSettings();
  const number = useNumbers();
  return (
    <GuardPart title={texts.title} says={texts.says}>
      {held.isError && <ProblemNotice error={held.error} again={() => void held.refetch()} />}
      {held.data !== undefined && (
        <>
          <div className="sheet">
            <Text>
              {texts.promise(
                number(held.data.accountDays.challenge),
                number(held.data.accountDays.restrict),
                number(held.data.accountDays.suspend),
              )}
            </Text>
            <Text>{texts.hours(held.data.containedHours)}</Text>
          </div>
          <Thresholds />
          <Switches key={held.data.setAt} held={held.data} />
        </>
      )}
      <Receivers />
    </GuardPart>
  );
}

/** What is wished, until it is applied. */
type Wish = { readonly isShadow: boolean; readonly shadowDetectors: readonly number[] };

function Switches({ held }: { readonly held: Held }) {
  const { settings: texts } = useGuardTexts();
  const { language } = useLanguage();
  const now = held.detectors.filter(({ isShadow }) => isShadow).map(({ number }) => number);
  const [wish, setWish] = useState<Wish>({ isShadow: held.isShadow, shadowDetectors: now });
  const [isAsking, ask] = useState(false);
  const [isDone, setDone] = useState(false);
  const isChanged = wish.isShadow !== held.isShadow || String(wish.shadowDetectors) !== String(now);
  const toggle = (number: number, isOn: boolean) => {
    const others = wish.shadowDetectors.filter((each) => each !== number);
    const all = isOn ? [...others, number] : others;
    setWish({ ...wish, shadowDetectors: all.sort((one, other) => one - other) });
  };
  return (
    <section className="sheet">
      <Switch
        label={texts.whole}
        checked={wish.isShadow}
        onChange={(event) => setWish({ ...wish, isShadow: event.currentTarget.checked })}
      />
      <Title order={2} size="h4" mt="md" mb="xs">
        {texts.detectors}
      </Title>
      <Stack gap="sm">
        {held.detectors.map((one) => (
          <Switch
            key={one.number}
            label={capital(one[language])}
            description={
              one.isWaiting ? texts.waiting : one.isShadow || held.isShadow ? texts.watches : texts.acts
            }
            checked={wish.shadowDetectors.includes(one.number)}
            onChange={(event) => toggle(one.number, event.currentTarget.checked)}
          />
        ))}
      </Stack>
      <Apply held={held} isChanged={isChanged} ask={() => ask(true)} />
      <div aria-live="polite">{isDone && <Alert color="accent" title={texts.done} mt="md" />}</div>
      {isAsking && <ApplyDialog wish={wish} close={() => ask(false)} done={() => setDone(true)} />}
    </section>
  );
}

function Apply(props: { readonly held: Held; readonly isChanged: boolean; readonly ask: () => void }) {
  const { held, isChanged, ask } = props;
  const { settings: texts } = useGuardTexts();
  const dates = useDates();
  return (
    <Group mt="md">
      <Button disabled={!isChanged} {...(isChanged ? {} : { 'aria-describedby': 'unchanged' })} onClick={ask}>
        {texts.change}
      </Button>
      {!isChanged && (
        <Text size="sm" className="quiet" id="unchanged">
          {texts.unchanged}
        </Text>
      )}
      {held.setBy !== null && held.setAt !== null && (
        <Text size="sm" className="quiet">
          {texts.setBy(Number(held.setBy), dates.instant(String(held.setAt)))}
        </Text>
      )}
    </Group>
  );
}

function ApplyDialog(props: { readonly wish: Wish; readonly close: () => void; readonly done: () => void }) {
  const { wish, close, done } = props;
  const { settings: texts, case: words } = useGuardTexts();
  const queries = useQueryClient();
  const apply = async (why: string) => {
    await call('POST /v1/guard/settings', {
      body: { isShadow: wish.isShadow, shadowDetectors: [...wish.shadowDetectors], why },
    });
    done();
    close();
    await queries.invalidateQueries({ queryKey: ['guard'] });
  };
  const count = wish.shadowDetectors.length;
  const some = count === 0 ? texts.effectAll : texts.effectSome(count);
  return (
    <ReasonDialog
      title={texts.dialog}
      effect={wish.isShadow ? texts.effectShadow : some}
      act={texts.apply}
      help={words.whyHelp}
      isDangerous={wish.isShadow}
      perform={apply}
      close={close}
    />
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
