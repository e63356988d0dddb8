import { Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { Api } from '../api/types.d.ts';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useLanguage, useNumbers } from '../texts/language.tsx';

type Case = Api['GET /v1/guard/cases/{case}']['answer'];
type Detector = Api['GET /v1/guard/settings']['answer']['detectors'][number];

const high = 220;
const labelHeight = 16;
const shownMost = 3;

/** The evidence of each lookup against the thresholds: the total, and the detectors that spoke loudest. */
export function EvidenceChart({
  of,
  detectors,
}: {
  readonly of: Case;
  readonly detectors: readonly Detector[];
}) {
  const { case: texts } = useGuardTexts();
  const { points, thresholds } = of;
  const isNarrow = useMediaQuery('(max-width: 36em)') === true;
  const [wide, labels] = isNarrow ? [230, 110] : [640, 110];
  if (points.length === 0) return <Text>{texts.chartEmpty}</Text>;
  const loudest = loudestOf(points, detectors);
  const most =
    1.08 *
    Math.max(thresholds.suspend, ...points.map(({ bits }) => bits), ...loudest.map(({ most }) => most));
  const x = (place: number) => (points.length === 1 ? wide / 2 : (place * wide) / (points.length - 1));
  const y = (bits: number) => high - (high * Math.max(0, bits)) / most;
  const path = (bitsOf: (point: Case['points'][number]) => number) =>
    points
      .map(
        (point, place) => `${place === 0 ? 'M' : 'L'}${x(place).toFixed(1)} ${y(bitsOf(point)).toFixed(1)}`,
      )
      .join('');
  const labelsAt = apart(steps.map((step) => y(thresholds[step])));
  return (
    <>
      <svg
        viewBox={`0 -8 ${wide + labels} ${high + 16}`}
        role="img"
        aria-label={texts.chart}
        className="evidence"
      >
        <line className="axis" x1={0} x2={wide} y1={high} y2={high} />
        {steps.map((step, order) => (
          <g key={step}>
            <line className="threshold" x1={0} x2={wide} y1={y(thresholds[step])} y2={y(thresholds[step])} />
            <text x={wide + 6} y={(labelsAt[order] ?? 0) + 4}>
              {texts.thresholds[step]} {Math.round(thresholds[step])}
            </text>
          </g>
        ))}
        {loudest.map(({ place }, order) => (
          <path key={place} className={`own own-${order}`} d={path(({ own }) => own[place] ?? 0)} />
        ))}
        <path className="total" d={path(({ bits }) => bits)} />
        {points.length === 1 && <circle className="total" cx={x(0)} cy={y(points[0]?.bits ?? 0)} r={4} />}
      </svg>
      <Legend loudest={loudest} />
      <Text size="sm" className="quiet">
        {texts.chartSays}
      </Text>
      <Numbers points={points} loudest={loudest} />
    </>
  );
}

const steps = ['challenge', 'restrict', 'suspend'] as const;

/** The same heights from below up, none nearer to the one before than a line of text. */
function apart(heights: readonly number[]): number[] {
  const placed: number[] = [];
  for (const height of heights)
    placed.push(Math.min(height, (placed.at(-1) ?? high + labelHeight) - labelHeight));
  return placed;
}

type Loud = { readonly place: number; readonly detector: Detector; readonly most: number };

/** The detectors whose evidence was strongest at its highest, loudest first. */
export function loudestOf(points: Case['points'], detectors: readonly Detector[]): Loud[] {
  return detectors
    .map((detector, place) => ({
      place,
      detector,
      most: Math.max(0, ...points.map(({ own }) => own[place] ?? 0)),
    }))
    .filter(({ most }) => most >= 1)
    .sort((one, other) => other.most - one.most)
    .slice(0, shownMost);
}

function Legend({ loudest }: { readonly loudest: readonly Loud[] }) {
  const { case: texts } = useGuardTexts();
  const { language } = useLanguage();
  const line = (className: string) => (
    <svg viewBox="0 0 32 12" aria-hidden="true" className="evidence">
      <path className={className} d="M0 6H32" />
    </svg>
  );
  return (
    <ul className="legend">
      <li>
        {line('total')}
        {texts.total}
      </li>
      {loudest.map(({ place, detector }, order) => (
        <li key={place}>
          {line(`own own-${order}`)}
          {detector[language]}
        </li>
      ))}
    </ul>
  );
}

function Numbers({
  points,
  loudest,
}: {
  readonly points: Case['points'];
  readonly loudest: readonly Loud[];
}) {
  const { case: texts } = useGuardTexts();
  const { language } = useLanguage();
  const dates = useDates();
  const number = useNumbers();
  return (
    <details>
      <summary>{texts.asTable}</summary>
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={560}>
        <Table aria-label={texts.asTable} className="figures">
          <Table.Thead>
            <Table.Tr>
              {[texts.entry, texts.at, texts.total, ...loudest.map(({ detector }) => detector[language])].map(
                (head) => (
                  <Table.Th key={head} scope="col">
                    {head}
                  </Table.Th>
                ),
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {points.map(({ entry, at, bits, own }) => (
              <Table.Tr key={entry}>
                <Table.Th scope="row">{entry}</Table.Th>
                <Table.Td>{dates.second(at)}</Table.Td>
                <Table.Td>{number(bits, 1)}</Table.Td>
                {loudest.map(({ place }) => (
                  <Table.Td key={place}>{number(own[place] ?? 0, 1)}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}
