import { Button, Group, List, Text } from '@mantine/core';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useLanguage, useNumbers } from '../texts/language.tsx';
import type { Choice } from './EvidenceChart.tsx';
import { type Case, type CaseLookup, type Detector, movedBy } from './loud-detectors.ts';
import { usePlaceName } from './PlacesMap.tsx';

/** A lookup of a case, and what is chosen of the case. */
export type LookupProps = {
  readonly of: Case;
  readonly lookup: CaseLookup;
  readonly detectors: readonly Detector[];
  readonly choice: Choice;
};

/** One lookup: what is known of it, and what it added to the evidence. Nobody is named. */
export function LookupCard({ of, lookup, detectors, choice }: LookupProps) {
  const { case: texts } = useGuardTexts();
  const { language } = useLanguage();
  const dates = useDates();
  const number = useNumbers();
  const { point, choosePoint } = choice;
  const moved = movedBy(lookup, detectors);
  const last = of.points.length - 1;
  return (
    <div className="lookup" aria-live="polite">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={650}>{texts.placeOf(point + 1, of.points.length)}</Text>
          <Text size="sm" className="quiet figures">
            {[dates.second(lookup.at), ...useSince(lookup), `${texts.entry} ${lookup.entry}`].join(' · ')}
          </Text>
        </div>
        <Group gap="xs">
          <Button
            {...{ size: 'compact-sm', variant: 'default', disabled: point === 0 }}
            onClick={() => choosePoint(point - 1)}
          >
            {texts.previous}
          </Button>
          <Button
            {...{ size: 'compact-sm', variant: 'default', disabled: point >= last }}
            onClick={() => choosePoint(point + 1)}
          >
            {texts.next}
          </Button>
        </Group>
      </Group>
      <Signs lookup={lookup} />
      {lookup.added === null ? (
        <Text size="sm">{texts.addedUnknown(number(lookup.bits, 1))}</Text>
      ) : (
        <>
          <Text size="sm">
            {moved.length === 0
              ? texts.addedNothing(number(lookup.bits, 1))
              : texts.addedTo(number(lookup.bits, 1))}
          </Text>
          <List size="sm" listStyleType="none" className="figures">
            {moved.map(({ place, detector, most }) => (
              <List.Item key={place}>
                <Text span fw={650} size="sm">
                  {texts.gained(number(Math.abs(most), 1), most > 0)}
                </Text>{' '}
                {detector[language]}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </div>
  );
}

function useSince({ sinceSeconds }: CaseLookup): string[] {
  const { case: texts } = useGuardTexts();
  const number = useNumbers();
  if (sinceSeconds === null) return [];
  if (sinceSeconds < 120) return [texts.seconds(number(sinceSeconds, sinceSeconds < 10 ? 1 : 0))];
  if (sinceSeconds < 7200) return [texts.minutes(number(sinceSeconds / 60))];
  return [texts.hours(number(sinceSeconds / 3600))];
}

/** What is known of a lookup, in words; those that speak for theft stand out. */
export function Signs({ lookup }: { readonly lookup: CaseLookup }) {
  const { case: texts } = useGuardTexts();
  const nameOf = usePlaceName();
  const { signs, departement } = lookup;
  const said = signs.map((sign) => ({
    sign,
    words: sign === 'elsewhere' ? texts.elsewhere(nameOf(departement ?? '')) : texts.signs[sign],
  }));
  const isPlaced = departement !== null && !signs.includes('elsewhere');
  return (
    <ul className="signs">
      {said.map(({ sign, words }) => (
        <li key={sign} className={loud.includes(sign) ? 'loud' : undefined}>
          {words}
        </li>
      ))}
      {isPlaced && <li>{texts.given(nameOf(departement))}</li>}
    </ul>
  );
}

type Sign = CaseLookup['signs'][number];
const loud: readonly Sign[] = ['honey', 'new', 'elsewhere', 'neighbour', 'unknown', 'impossible-travel'];
