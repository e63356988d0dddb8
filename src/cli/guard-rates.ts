import { parseArgs } from 'node:util';
import { type MeasuredRate, type Measurement, measureRates, type Verdict } from '../modules/guard/index.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

const usualDays = 90;
const dayMicros = 86_400_000_000;

export const command: Command = {
  name: 'guard rates',
  says: 'Measures on the ledger how often each detector’s event happens at usual work, against its table.',
  usage: '[--days N] [--json]',
  examples: ['vigie guard rates', 'vigie guard rates --days 180 --json'],
  exits: {
    0: 'they are printed; none is above the bound of its table',
    1: 'one is above, and the promise does not hold there; or they could not be measured',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: { days: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const days = readDays(values.days);
    const measured = await besideServer(io, ({ db, clock }) =>
      measureRates(db, Number(clock.now()) - days * dayMicros),
    );
    if (values.json) io.out(JSON.stringify({ days, ...measured }));
    else for (const line of linesOf(days, measured)) io.out(line);
    return measured.rates.some(({ verdict }) => verdict === 'above') ? 1 : 0;
  },
};

function readDays(text: string | undefined): number {
  const days = text === undefined ? usualDays : Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    throw new UsageProblem('--days is a number of days, 3650 at most.');
  return days;
}

const columns = 'accounts  observed      rate  95 % bound  with those left out     table  its bound';

function linesOf(days: number, { entries, accounts, stolen, rates }: Measurement): string[] {
  const whole = `${grouped(entries)} entries folded; the last ${days} days measured: ${accounts} accounts`;
  const out = stolen === 0 ? '' : `, and ${stolen} confirmed stolen left out`;
  if (rates.length === 0) return [`${whole}${out}.`, 'Nothing was observed of them.'];
  const tables = [...new Set(rates.map(({ name }) => name))].flatMap((name) => {
    const rows = rates.filter((row) => row.name === name);
    const { detector = 0, table } = rows[0] ?? {};
    return ['', `detector ${detector}, ${name} (table: ${table?.mark})`, ...rows.map(lineOf)];
  });
  const said = legend.flatMap(([verdict, meaning]) => {
    const count = rates.filter((row) => row.verdict === verdict).length;
    return count === 0 ? [] : [`${verdict} (${count}): ${meaning}`];
  });
  return [`${whole}${out}.`, `${' '.repeat(24)}${columns}`, ...tables, '', ...said];
}

function lineOf(row: MeasuredRate): string {
  const { profession, accounts, observations, rate, upper, upperAtMost, accountsAbove, table } = row;
  const above = accountsAbove === 0 ? '' : ` (${accountsAbove} accounts above by themselves)`;
  return [
    `  ${(profession === '' ? 'of no profession' : profession).padEnd(20)}`,
    String(accounts).padStart(8),
    grouped(observations).padStart(8),
    (rate === null ? '-' : share(rate)).padStart(8),
    share(upper).padStart(10),
    share(upperAtMost).padStart(19),
    share(table.value).padStart(8),
    share(table.upper).padStart(9),
    `${row.verdict}${above}`,
  ].join('  ');
}

const legend: readonly (readonly [Verdict, string])[] = [
  ['holds', 'the bound measured is below that of the table.'],
  ['above', 'the promise does not hold for this profession until the table is raised.'],
  ['left-out', 'it depends on accounts left out because they were contained, or near it: judge their cases.'],
  ['too-few', 'not enough accounts to say; the table stays what it was.'],
];

function share(value: number): string {
  return value.toFixed(4);
}

function grouped(count: number): string {
  return count.toLocaleString('en-GB');
}
