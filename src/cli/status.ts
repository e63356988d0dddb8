import { parseArgs } from 'node:util';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { hint, judge } from '../status/judge.ts';
import { readStatus } from '../status/read-status.ts';
import type { Inside, Status } from '../status/status.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'status',
  says: 'Looks at database, lanes, lag, imports, keys and disks; says what to do where something is wrong.',
  usage: '[--json]',
  examples: ['vigie status', 'vigie status --json'],
  exits: { 0: 'nothing needs anybody', 1: 'something does: one line each, at the end' },
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const config = readConfig(io.env);
    const status = await readStatus(config);
    const isProduction = config.environment === 'production';
    const today = parisDay(systemClock.now());
    const attention = judge(status, { lanes: config.lanes, today, isProduction });
    if (values.json) {
      const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
      io.out(JSON.stringify({ ...status, attention, hints: hint(status, today) }, plain, 2));
    } else {
      const hints = hint(status, today).map((sentence) => `  ${sentence}`);
      io.out([...describe(status), '', ...conclude(attention), ...hints].join('\n'));
    }
    return attention.length === 0 ? 0 : 1;
  },
};

function conclude(attention: readonly string[]): string[] {
  return attention.length === 0 ? ['All is in order.'] : attention.map((sentence) => `! ${sentence}`);
}

function describe({ where, inside, keySource, disks, tellsByMail }: Status): string[] {
  const source = keySource.command ? 'from VIGIE_MASTER_KEY_COMMAND' : keySource.file;
  return [
    ...(typeof inside === 'string'
      ? [line('database', `${where}: no answer`)]
      : describeInside(inside, where)),
    line('mail', describeMails(inside, tellsByMail)),
    line('master key', source),
    ...disks.map(({ what, folder, freeBytes, totalBytes }) => {
      const share = Math.floor((100 * freeBytes) / Math.max(1, totalBytes));
      return line(
        'disk',
        `${gigabytes(freeBytes)} of ${gigabytes(totalBytes)} free (${share} %): ${what}, ${folder}`,
      );
    }),
  ];
}

function describeInside(inside: Inside, where: string): string[] {
  const { facts, pending, lanes, monthsUntil, imports, keys } = inside;
  const standbys = facts.standbys === 0 ? 'no standby' : describeLag(facts.standbys, facts.behindBytes);
  return [
    line('database', `${where}, PostgreSQL ${facts.version}, ${gigabytes(facts.bytes)}`),
    line('migrations', pending.length === 0 ? 'all applied' : `${pending.length} not applied`),
    ...facts.beside.map((name) => line('beside it', `${name}, left by a backup or a restore`)),
    ...lanes.map(({ lane, entries, lastAt }) =>
      line(`lane ${lane}`, lastAt === null ? 'no entry yet' : `${entries} entries, the last at ${lastAt}`),
    ),
    line('months', monthsUntil === null ? 'none' : `of entries, until ${monthsUntil}`),
    line('lag', standbys),
    line('guard', describeGuard(inside)),
    ...inside.telling.map(({ kind, waiting }) =>
      line('told', `${kind}: ${waiting} events of the guard wait`),
    ),
    ...(imports.length === 0 ? [line('imports', 'none')] : []),
    ...imports.map(({ id, kind, insurer, state, lines, rejected, updatedAt }) => {
      const whose = insurer === null ? '' : ` of insurer ${insurer}`;
      return line(
        'import',
        `${id}, ${kind}${whose}: ${state}, ${lines} lines, ${rejected} rejected, ${updatedAt}`,
      );
    }),
    ...(keys?.keys ?? []).map(({ purpose, generation, state }) =>
      line('key', `${purpose}, generation ${generation}, ${state}`),
    ),
  ];
}

function describeGuard({ guard }: Inside): string {
  if (guard === null || guard.quietSeconds === null) return 'was never on (VIGIE_GUARD)';
  const { behind, behindSeconds, quietSeconds } = guard;
  const heard = `heard of ${Math.floor(quietSeconds)} s ago`;
  return behind === 0
    ? `up to date, ${heard}`
    : `${behind} entries (${Math.ceil(behindSeconds)} s) behind, ${heard}`;
}

function describeMails(inside: Inside | string, tellsByMail: boolean): string {
  const waiting = typeof inside === 'string' ? 0 : (inside.mails?.waiting ?? 0);
  return tellsByMail
    ? `${waiting} to be sent`
    : `VIGIE_SMTP_URL is not set: holders are told of nothing (${waiting} wait: vigie messages)`;
}

function describeLag(standbys: number, behindBytes: number | null): string {
  const count = standbys === 1 ? '1 standby' : `${standbys} standbys`;
  if (behindBytes === null) return `${count}; how far behind only pg_monitor may see`;
  return `${count}, the slowest ${(behindBytes / 1_000_000).toFixed(1)} MB behind`;
}

function line(what: string, says: string): string {
  return `${what.padEnd(11)} ${says}`;
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
