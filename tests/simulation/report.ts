import { overall, type Tallies, type Tally } from './play-work.ts';

/** One column: a habit, or a week. */
export type View = { readonly name: string; readonly tallies: Tallies };

/** Refused lookups as a share of all, by profession and column; the first column's lookups tell how fine. */
export function report(title: string, views: readonly View[]): string {
  const row = (name: string, cells: readonly string[]) =>
    `${name.padEnd(22)}${cells.map((cell) => cell.padStart(12)).join('')}`;
  const [first] = views;
  const line = (name: string, of: (tallies: Tallies) => Tally | undefined) => {
    const tallies = views.map((view) => of(view.tallies));
    return row(name, [(tallies[0]?.lookups ?? 0).toLocaleString('en'), ...tallies.map(share)]);
  };
  return [
    '',
    title,
    row('', ['lookups', ...views.map(({ name }) => name)]),
    ...[...(first?.tallies.keys() ?? [])].map((code) => line(code, (tallies) => tallies.get(code))),
    line('all', overall),
    '',
  ].join('\n');
}

function share(tally: Tally | undefined): string {
  if (tally === undefined || tally.refused === 0) return '0';
  return `${((100 * tally.refused) / tally.lookups).toFixed(2)} %`;
}
