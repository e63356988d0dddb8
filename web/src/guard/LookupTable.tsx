import { Table, Text } from '@mantine/core';
import { TableHead } from '../frame/TableHead.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useLanguage, useNumbers } from '../texts/language.tsx';
import type { Choice } from './EvidenceChart.tsx';
import { type LookupProps, Signs } from './LookupCard.tsx';
import { type Case, type CaseLookup, type Detector, movedBy, spokeAt } from './loud-detectors.ts';

/** The lookups behind the chart: all, or those at which the chosen detector spoke. Its text alternative. */
export function LookupTable(props: {
  readonly of: Case;
  readonly lookups: readonly CaseLookup[];
  readonly detectors: readonly Detector[];
  readonly choice: Choice;
}) {
  const { of, lookups, detectors, choice } = props;
  const { case: texts } = useGuardTexts();
  const { language } = useLanguage();
  const { signal } = choice;
  const detector = signal === null ? undefined : detectors[signal];
  const rows = signal === null ? lookups : lookups.filter((lookup) => spokeAt(lookup, signal));
  const title =
    detector === undefined
      ? texts.allLookups(lookups.length)
      : texts.spokenLookups(detector[language], rows.length);
  return (
    <details key={signal ?? 'all'} open={signal !== null}>
      <summary>{title}</summary>
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={640} mah="28rem">
        <Table aria-label={title} className="figures" stickyHeader>
          <TableHead heads={[texts.at, texts.what, texts.added, texts.total]} />
          <Table.Tbody>
            {rows.map((lookup) => (
              <Row key={lookup.entry} {...{ of, lookup, detectors, choice }} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}

function Row({ of, lookup, detectors, choice }: LookupProps) {
  const { case: texts } = useGuardTexts();
  const { language } = useLanguage();
  const dates = useDates();
  const number = useNumbers();
  const place = of.points.findIndex(({ entry }) => entry === lookup.entry);
  return (
    <Table.Tr aria-current={place === choice.point ? 'true' : undefined}>
      <Table.Th scope="row">
        <button type="button" className="sorter" onClick={() => choice.choosePoint(place)}>
          {dates.second(lookup.at)}
        </button>
        <Text size="sm" className="quiet">
          {texts.entry} {lookup.entry}
        </Text>
      </Table.Th>
      <Table.Td>
        <Signs lookup={lookup} />
      </Table.Td>
      <Table.Td>
        {movedBy(lookup, detectors)
          .filter(({ most }) => most > 0)
          .slice(0, 3)
          .map(({ place: which, detector, most }) => (
            <Text key={which} size="sm">
              {texts.gained(number(most, 1), true)} {detector[language]}
            </Text>
          ))}
      </Table.Td>
      <Table.Td>{number(lookup.bits, 1)}</Table.Td>
    </Table.Tr>
  );
}
