import { Alert, Text } from '@mantine/core';
import type { Api } from '../api/types.d.ts';
import { useDates, useLanguage, useNumbers } from '../texts/language.tsx';
import { useSocTexts } from '../texts/soc.ts';

type Settings = Api['GET /v1/guard/settings']['answer'];

/** What the guard found wrong with its inputs; how late it is stands beside it, in numbers of this moment. */
export function AlarmNotice({ alarms, detectors }: Pick<Settings, 'alarms' | 'detectors'>) {
  const texts = useSocTexts();
  const { language } = useLanguage();
  const dates = useDates();
  const number = useNumbers();
  return alarms
    .filter(({ kind }) => kind !== 'guard-behind')
    .map(({ kind, detector, entries, since }) => {
      const name = detectors.find((one) => one.number === detector)?.[language] ?? '';
      return (
        <Alert
          key={`${kind} ${detector}`}
          color="attention"
          title={texts.alarms[kind](name, number(entries))}
          role="status"
        >
          <Text size="sm">{texts.alarmSince(dates.instant(since))}</Text>
        </Alert>
      );
    });
}
