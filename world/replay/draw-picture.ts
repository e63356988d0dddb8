import type { AccountLine } from './account-line.ts';
import type { Phase, ReplayView } from './play-replay.ts';
import type { RealEvent } from './scenarios.ts';

/** Where a picture is drawn: lines there are, and whether they may be coloured. */
export type Screen = { readonly rows: number; readonly hasColour: boolean };

const barWide = 30;
/** So many lines stand around those of the accounts. */
const linesAround = 9;
const colours = { plain: '', accent: '36', attention: '33', danger: '31', quiet: '2' } as const;
type Colour = keyof typeof colours;

const phases: Readonly<Record<Phase, string>> = {
  preparing: 'the holders are at work',
  playing: 'under way',
  over: 'over',
  stopped: 'stopped',
  failed: 'failed',
};
const ends = {
  'shut-out': 'thief shut out',
  'gave-up': 'thief gave up',
  'at-the-end': 'list at its end',
  stopped: 'stopped',
} as const;

/** A replay as a screen shows it: a line an account, and what was lost against what was lost then. */
export function drawPicture(view: ReplayView, event: RealEvent | null, screen: Screen): string[] {
  const { lines } = view;
  const shown = lines.slice(0, Math.max(1, screen.rows - linesAround));
  const more = lines.length - shown.length;
  return [
    `${view.scenario}: ${phases[view.phase]}, ${seconds(view.seconds)}${paceOf(view)}`,
    '',
    ` account  ${'profession'.padEnd(20)} people  ${'evidence in bits'.padEnd(barWide + 6)} standing`,
    ...shown.map((line) => drawLine(line, screen)),
    ...(more > 0 ? [`${'…'.padStart(8)}  ${more} more accounts, counted below`] : []),
    '',
    ...totals(view, event),
    paint('| passkey again · present people only · suspended', 'quiet', screen),
  ];
}

/** The same in one line, for a file or a pipe. */
export function drawShort(view: ReplayView): string {
  const start = `${seconds(view.seconds).padStart(6)}  ${phases[view.phase]}`;
  if (view.phase === 'preparing') return start;
  const contained = view.lines.filter(({ contained: one }) => one !== null).length;
  const highest = Math.max(0, ...view.lines.map(({ bits }) => bits));
  return (
    `${start}: ${view.people} people told, ${contained} of ` +
    `${view.lines.length} accounts contained, evidence ${highest.toFixed(1)} bits at most`
  );
}

/** What came of it; account by account too, for whoever saw no picture. */
export function drawSummary(view: ReplayView, event: RealEvent | null, hasPicture: boolean): string[] {
  const contained = view.lines.flatMap(({ contained: one }) => one ?? []);
  const counts = contained.map(({ people }) => people).sort((one, other) => one - other);
  const last = Math.max(0, ...contained.map((one) => one.seconds));
  const all = contained.length === view.lines.length ? 'all' : `${contained.length} of`;
  const spread =
    counts.length === 0
      ? []
      : [
          `People told to one thief before the first step: ${counts[0]} to ${counts.at(-1)}; the last was ` +
            `stopped ${seconds(last)} after they began.`,
        ];
  const each = view.lines.map((line) => `account ${line.account} (${line.profession}): ${cameOf(line)}`);
  return [
    ...(hasPicture ? [] : [...each, '', ...totals(view, event)]),
    `Contained: ${all} ${accountsOf(view.lines.length)}.`,
    ...spread,
  ];
}

function drawLine(line: AccountLine, screen: Screen): string {
  const { account, profession, people, bits } = line;
  const name = profession.length > 20 ? `${profession.slice(0, 19)}…` : profession.padEnd(20);
  const figure = Math.max(0, bits).toFixed(1).padStart(5);
  const bar = paint(barOf(line), colourOf(line), screen);
  const start = `${String(account).padStart(8)}  ${name} ${String(people).padStart(6)}`;
  return `${start}  ${figure} ${bar} ${cameOf(line)}`;
}

/** Filled up to the evidence; a stroke where each step stands, the last one at nine tenths. */
function barOf({ bits, thresholds }: AccountLine): string {
  const { challenge, restrict, suspend } = thresholds;
  const cellOf = (of: number) => Math.round((of / (suspend / 0.9)) * barWide);
  const strokes = [challenge, restrict, suspend].map(cellOf);
  const filled = Math.min(barWide, Math.max(0, cellOf(bits)));
  return Array.from({ length: barWide }, (_, cell) =>
    strokes.includes(cell) ? '|' : cell < filled ? '█' : '·',
  ).join('');
}

function cameOf({ standing, contained, end, people }: AccountLine): string {
  const over = end === null ? '' : ` (${ends[end]})`;
  if (contained === null) return `${standing}${over}`;
  const since = people > contained.people ? `, ${people} in all` : '';
  // A stricter step came later, or somebody opened the account again.
  const now = contained.standing === standing ? '' : `; ${standing} now`;
  const first = `${contained.standing} after ${contained.people} people, ${seconds(contained.seconds)}`;
  return `${first}${since}${now}${over}`;
}

function totals({ people, lines }: ReplayView, event: RealEvent | null): string[] {
  const told = `Told to the thieves: ${grouped(people)} people, by ${accountsOf(lines.length)}.`;
  return event === null ? [told] : [told, `What it is named after: ${event.says.en}.`];
}

function colourOf({ standing, bits, thresholds }: AccountLine): Colour {
  if (standing === 'suspended' || standing === 'restricted') return 'danger';
  return standing === 'challenged' || bits >= thresholds.challenge ? 'attention' : 'accent';
}

function paint(text: string, colour: Colour, { hasColour }: Screen): string {
  return hasColour && colour !== 'plain' ? `\x1b[${colours[colour]}m${text}\x1b[0m` : text;
}

function paceOf({ speed }: ReplayView): string {
  return speed === 1 ? '' : ` (${speed} times as fast as the scenario)`;
}

function accountsOf(count: number): string {
  return count === 1 ? '1 account' : `${count} accounts`;
}

function seconds(count: number): string {
  if (count < 10) return `${count.toFixed(1)} s`;
  return count < 120 ? `${Math.round(count)} s` : `${Math.floor(count / 60)} min ${Math.round(count % 60)} s`;
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
