import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { NavLink, useOutletContext } from 'react-router';
import { guardLimits } from '../../../src/modules/guard/alarms/alarm.ts';
import { call } from '../api/call.ts';
import type { Session } from '../api/session.ts';
import { useGuardTexts } from '../texts/guard.ts';
import { AlarmNotice } from './AlarmNotice.tsx';
import './guard.css';
import { useReplay } from './use-replay.ts';

/** Lateness is shown here before it is an alarm. */
const { raised: quietSeconds, cleared: lateSeconds } = guardLimits.behindSeconds;

/** What holds of the guard now; asked again while somebody looks. */
export function useGuardSettings() {
  return useQuery({
    queryKey: ['guard', 'settings'],
    queryFn: async () => (await call('GET /v1/guard/settings')).body,
    refetchInterval: 15_000,
  });
}

/** One of the guard's pages: its name, the way to the others, and whether the guard works at all. */
export function GuardPart(props: {
  readonly title: string;
  readonly says: string;
  readonly children: ReactNode;
}) {
  const { permissions } = useOutletContext<Session>();
  return (
    <Stack>
      <div>
        <Title order={1} size="h2">
          {props.title}
        </Title>
        <Text>{props.says}</Text>
      </div>
      {permissions.includes('manage-guard') && <OfOfficers />}
      {props.children}
    </Stack>
  );
}

/** What others see one page of, officers find their way in. */
function OfOfficers() {
  const texts = useGuardTexts();
  const settings = useGuardSettings();
  const replay = useReplay();
  return (
    <>
      <Group role="navigation" gap="lg" aria-label={texts.parts} className="parts">
        <NavLink to="/guard" end>
          {texts.pages.cases}
        </NavLink>
        <NavLink to="/guard/campaigns">{texts.pages.campaigns}</NavLink>
        <NavLink to="/guard/sweeps">{texts.pages.sweeps}</NavLink>
        <NavLink to="/guard/board">{texts.pages.board}</NavLink>
        <NavLink to="/guard/settings">{texts.pages.settings}</NavLink>
        {replay.data !== undefined && <NavLink to="/guard/replay">{texts.pages.replay}</NavLink>}
      </Group>
      {settings.data !== undefined && <Health {...settings.data} />}
      {settings.data !== undefined && <AlarmNotice {...settings.data} />}
    </>
  );
}

type Settings = NonNullable<ReturnType<typeof useGuardSettings>['data']>;

function Health({ isShadow, lag }: Settings) {
  const texts = useGuardTexts();
  const trouble = troubleOf(lag, texts);
  return (
    <>
      {trouble !== null && <Alert color="attention" title={trouble} />}
      {isShadow && <Alert color="attention" title={texts.allShadow} />}
    </>
  );
}

/** Why the guard may notice nothing now; null when it follows. */
function troubleOf(lag: Settings['lag'], texts: ReturnType<typeof useGuardTexts>): string | null {
  if (lag.quietSeconds === null) return texts.never;
  if (lag.quietSeconds > quietSeconds) return texts.quiet(Math.round(lag.quietSeconds));
  return lag.behindSeconds > lateSeconds ? texts.lag(Math.round(lag.behindSeconds)) : null;
}
