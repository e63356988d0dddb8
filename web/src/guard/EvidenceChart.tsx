import { Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useGuardTexts } from '../texts/guard.ts';
import { useLanguage } from '../texts/language.tsx';
import { type Case, type CaseLookup, type Loud, spokeAt } from './loud-detectors.ts';

const high = 220;
const labels = 110;
const labelHeight = 16;
const steps = ['challenge', 'restrict', 'suspend'] as const;

/** What is chosen of a case: one lookup by its place, and one detector by its own. */
export type Choice = {
  readonly point: number;
  readonly signal: number | null;
  readonly choosePoint: (point: number) => void;
  readonly chooseSignal: (signal: number | null) => void;
};

type Props = {
  readonly of: Case;
  readonly loudest: readonly Loud[];
  readonly lookups: readonly CaseLookup[];
  readonly choice: Choice;
};

/**
 * The evidence of each lookup against the thresholds: the total, and the detectors that spoke loudest. A
 * range input lies over the drawing: a click, a finger or the arrow keys choose a lookup.
 */
export function EvidenceChart(props: Props) {
  const { of, loudest, choice } = props;
  const { case: texts } = useGuardTexts();
  const { points } = of;
  const wide = useMediaQuery('(max-width: 36em)') === true ? 230 : 640;
  const scale = scaleOf(of, loudest, wide);
  return (
    <>
      <div className="chart">
        <svg
          viewBox={`0 -8 ${wide + labels} ${high + 16}`}
          role="img"
          aria-label={texts.chart}
          className="evidence"
        >
          <line className="axis" x1={0} x2={wide} y1={high} y2={high} />
          <Thresholds {...{ of, scale }} />
          <Lines {...props} scale={scale} />
          <Cursor {...{ of, choice, scale }} />
        </svg>
        <input
          type="range"
          min={0}
          max={Math.max(0, points.length - 1)}
          value={choice.point}
          aria-label={texts.choose}
          aria-valuetext={texts.placeOf(choice.point + 1, points.length)}
          style={{ width: `${(100 * wide) / (wide + labels)}%` }}
          onChange={(event) => choice.choosePoint(Number(event.currentTarget.value))}
        />
      </div>
      <Legend loudest={loudest} choice={choice} />
      <Text size="sm" className="quiet">
        {texts.chartSays}
      </Text>
    </>
  );
}

/** Where a lookup and a number of bits stand in the drawing. */
type Scale = {
  readonly wide: number;
  readonly x: (place: number) => number;
  readonly y: (bits: number) => number;
};

function scaleOf({ points, thresholds }: Case, loudest: readonly Loud[], wide: number): Scale {
  const most =
    1.08 *
    Math.max(thresholds.suspend, ...points.map(({ bits }) => bits), ...loudest.map(({ most }) => most));
  return {
    wide,
    x: (place) => (points.length === 1 ? wide / 2 : (place * wide) / (points.length - 1)),
    y: (bits) => high - (high * Math.max(0, bits)) / most,
  };
}

function Thresholds({ of: { thresholds }, scale }: { readonly of: Case; readonly scale: Scale }) {
  const { case: texts } = useGuardTexts();
  const { wide, y } = scale;
  const labelsAt = apart(steps.map((step) => y(thresholds[step])));
  return steps.map((step, order) => (
    <g key={step}>
      <line className="threshold" x1={0} x2={wide} y1={y(thresholds[step])} y2={y(thresholds[step])} />
      <text x={wide + 10} y={(labelsAt[order] ?? 0) + 4}>
        {texts.thresholds[step]} {Math.round(thresholds[step])}
      </text>
    </g>
  ));
}

/** The total and the loudest detectors; where the chosen one spoke, a dot. */
function Lines({ of: { points }, loudest, lookups, choice, scale }: Props & { readonly scale: Scale }) {
  const { x, y } = scale;
  const { signal } = choice;
  const path = (bitsOf: (point: Case['points'][number]) => number) =>
    points
      .map(
        (point, place) => `${place === 0 ? 'M' : 'L'}${x(place).toFixed(1)} ${y(bitsOf(point)).toFixed(1)}`,
      )
      .join('');
  const spoke = new Set(
    lookups.filter((each) => signal !== null && spokeAt(each, signal)).map(({ entry }) => entry),
  );
  return (
    <>
      {loudest.map(({ place }, order) => (
        <path
          key={place}
          className={`own own-${order}${signal === place ? ' picked' : ''}`}
          d={path(({ own }) => own[place] ?? 0)}
        />
      ))}
      <path className="total" d={path(({ bits }) => bits)} />
      {points.map(({ entry, own }, place) =>
        spoke.has(entry) ? (
          <circle key={entry} className="spoke" cx={x(place)} cy={y(own[signal ?? 0] ?? 0)} r={3} />
        ) : null,
      )}
    </>
  );
}

function Cursor(props: { readonly of: Case; readonly choice: Choice; readonly scale: Scale }) {
  const { of, choice, scale } = props;
  const chosen = of.points[choice.point];
  if (chosen === undefined) return null;
  const at = scale.x(choice.point);
  return (
    <>
      <line className="cursor" x1={at} x2={at} y1={-8} y2={high} />
      <circle className="chosen" cx={at} cy={scale.y(chosen.bits)} r={5} />
    </>
  );
}

/** The same heights from below up, none nearer to the one before than a line of text. */
function apart(heights: readonly number[]): number[] {
  const placed: number[] = [];
  for (const height of heights)
    placed.push(Math.min(height, (placed.at(-1) ?? high + labelHeight) - labelHeight));
  return placed;
}

/** Which line is what; a detector's is a button that shows where it spoke. */
function Legend({ loudest, choice }: { readonly loudest: readonly Loud[]; readonly choice: Choice }) {
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
      {loudest.map(({ place, detector }, order) => {
        const isChosen = choice.signal === place;
        return (
          <li key={place}>
            <button
              type="button"
              className="chip"
              aria-pressed={isChosen}
              onClick={() => choice.chooseSignal(isChosen ? null : place)}
            >
              {line(`own own-${order}`)}
              {detector[language]}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
