/**
 * `npm run bench -- NAME [--json FILE]`: starts what the bench needs, alternates its variants, prints
 * medians and ratios.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchClaims } from './claims.ts';
import type { BenchOptions, BenchResult, Measured } from './figures.ts';
import { benchGuard } from './guard.ts';
import { benchImport } from './import.ts';
import { benchLookup } from './lookup.ts';
import { benchRotate } from './rotate.ts';
import { benchWorld } from './world.ts';

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<Measured>>> = {
  claims: benchClaims,
  guard: benchGuard,
  import: benchImport,
  lookup: benchLookup,
  rotate: benchRotate,
  world: benchWorld,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    accounts: { type: 'string', default: '1500' },
    days: { type: 'string', default: '70' },
    part: { type: 'string', default: 'attacks' },
    seed: { type: 'string', default: '2026' },
    presence: { type: 'string' },
    json: { type: 'string' },
    people: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '4' },
  },
});
const name = positionals[0] ?? '';
const bench = benches[name];
if (bench === undefined) {
  process.stderr.write(
    `usage: npm run bench -- ${Object.keys(benches).join('|')} [--json FILE] [--people N] [--seconds N]` +
      ' [--accounts N] [--days N] [--seed N] [--presence SHARE] [--part NAME]\n',
  );
  process.exit(2);
}
const say = (line: string) => process.stderr.write(`${line}\n`);
const measured = await bench({
  people: Number(values.people),
  seconds: Number(values.seconds),
  accounts: Number(values.accounts),
  days: Number(values.days),
  part: values.part,
  seed: Number(values.seed),
  presence: values.presence === undefined ? undefined : Number(values.presence),
  say,
});
const result: BenchResult = { bench: name, commit: commit(), machine: machine(), ...measured };
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(print(result));
process.exit(result.figures.every((figure) => figure.met) ? 0 : 1);

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function machine(): string {
  const processor = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
  return `${processor}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

function print({ machine: on, commit: at, variants, figures, tables }: BenchResult): string {
  const number = (value: number) =>
    value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
  const rows = variants.map(({ name: which, unit, median, runs, p50, p99 }) => {
    const spread = `${number(Math.min(...runs))}–${number(Math.max(...runs))}`;
    const latency = [p50, p99].map((value) => (value === undefined ? '' : number(value))).join(' | ');
    return `| ${which} | ${number(median)} ${unit} | ${spread} | ${latency} |`;
  });
  const met = figures.map((figure) => {
    const bound = figure.atLeast === undefined ? `≤ ${figure.atMost}` : `≥ ${figure.atLeast}`;
    const verdict = figure.met ? 'met' : 'MISSED';
    return `| ${figure.name} | ${number(figure.value)} ${figure.unit} | ${bound} | ${verdict} |`;
  });
  return [
    `${on}; commit ${at}`,
    '',
    '| variant | median | runs | p50 ms | p99 ms |',
    '|---|--:|--:|--:|--:|',
    ...rows,
    '',
    '| figure | value | asked | |',
    '|---|--:|--:|---|',
    ...met,
    ...(tables ?? []).flatMap((table) => ['', table]),
    '',
  ].join('\n');
}
