import { aboveLimit, type DayView, lookupsToTell, refusedAtMost, type Tally } from './tally.ts';

const columns = ['accounts', 'lookups', 'new people', 'present', 'refused'] as const;

/** The table that the command prints: the first view in full, and what each view refused. */
export function dayTable(views: readonly DayView[]): string {
  const [first] = views;
  if (first === undefined) return '';
  const row = (name: string, cells: readonly string[]) =>
    `${name.padEnd(22)}${cells.map((cell) => cell.padStart(11)).join('')}`;
  const line = (name: string, of: (view: DayView) => Tally | undefined) => {
    const tally = of(first);
    const counted = tally === undefined ? [] : numbersOf(tally).map((number) => number.toLocaleString('en'));
    return row(name, [...counted, ...views.map((view) => share(of(view)))]);
  };
  const tallies = first.tallies.map(({ profession }, index) =>
    line(profession, (view) => view.tallies[index]),
  );
  return [
    'Refused lookups by the share of people who show their card; the counts are of the first share.',
    row('', [...columns, ...views.map(viewName)]),
    ...tallies,
    line('all', (view) => addUp(view.tallies)),
  ].join('\n');
}

/** What the first view means: whether an honest first working day is left alone. */
export function verdict(view: DayView): string[] {
  const limit = `${100 * refusedAtMost} %`;
  const above = aboveLimit(view.tallies).map(({ profession }) => profession);
  const few = view.tallies.filter(({ lookups }) => lookups < lookupsToTell);
  const named = few.map(({ profession, lookups }) => `${profession} ${lookups}`).join(', ');
  return [
    above.length === 0
      ? `No profession is refused more than ${limit} of its lookups.`
      : `Refused more than ${limit} of their lookups: ${above.join(', ')}.`,
    ...(few.length === 0
      ? []
      : [`Too few lookups to see ${limit}, below ${lookupsToTell.toLocaleString('en')}: ${named}.`]),
  ];
}

function viewName({ presence }: DayView): string {
  return presence === null ? 'assumed' : `${Math.round(1000 * presence) / 10} %`;
}

function numbersOf({ accounts, lookups, newPeople, present, refused }: Tally): number[] {
  return [accounts, lookups, newPeople, present, refused];
}

function addUp(tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    profession: 'all',
    accounts: sum((tally) => tally.accounts),
    lookups: sum((tally) => tally.lookups),
    newPeople: sum((tally) => tally.newPeople),
    present: sum((tally) => tally.present),
    refused: sum((tally) => tally.refused),
    byHour: [],
  };
}

function share(tally: Tally | undefined): string {
  if (tally === undefined || tally.lookups === 0) return '–';
  return tally.refused === 0 ? '0' : `${((100 * tally.refused) / tally.lookups).toFixed(2)} %`;
}
