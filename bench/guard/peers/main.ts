/**
 * `node --import tsx bench/guard/peers/main.ts [--accounts N] [--seed N]`: one day of work with thieves in
 * it, as a log of nginx, read by fail2ban and CrowdSec, and by the guard. Asks for Debian's packages fail2ban and
 * crowdsec. Prints a table.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { guardDefence } from '../guard-defence.ts';
import { quantile } from '../tables.ts';
import { type DayLookup, played, playStolenDay, type StolenDay } from './stolen-day.ts';

/** Who is shut out, and since when (microseconds since 1970): an address or a user. */
type Bans = ReadonlyMap<string, number>;

const { values } = parseArgs({
  options: { accounts: { type: 'string', default: '300' }, seed: { type: 'string', default: '2026' } },
});
const here = new URL('.', import.meta.url).pathname;
const say = (line: string) => process.stderr.write(`${line}\n`);
const seed = Number(values.seed);
const day = playStolenDay({ accounts: Number(values.accounts), seed, say });
const folder = mkdtempSync(join(tmpdir(), 'vigie-peers-'));
try {
  const log = join(folder, 'access.log');
  writeFileSync(log, `${day.lines.join('\n')}\n`);
  say(`${day.lines.length} lines`);
  const crowdSec = replayCrowdSec(log, folder);
  const all: [string, Bans][] = [
    ['CrowdSec, as Debian ships it', crowdSec((scenario) => scenario.startsWith('crowdsecurity/'))],
    ['CrowdSec, 60 people and 3 min by account', crowdSec((scenario) => scenario.startsWith('vigie/'))],
    ['fail2ban, 300 requests in 10 min by address', replayFail2ban(log, ['address', '300', '600'])],
    ['fail2ban, 60 requests in an hour by account', replayFail2ban(log, ['account', '60', '3600'])],
    ['the guard', replayGuard(day)],
  ];
  process.stdout.write(tableOf(day, all));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function replayFail2ban(log: string, how: readonly string[]): Bans {
  // Debian's module is of Debian's Python.
  const out = execFileSync('/usr/bin/python3', [`${here}replay-fail2ban.py`, log, ...how], {
    encoding: 'utf8',
  });
  const lines = out.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [at, who = ''] = line.split(' ');
      return [who, Number(at) * 1e6];
    }),
  );
}

/** One replay with every scenario at once: each keeps buckets of its own. */
function replayCrowdSec(log: string, inFolder: string): (isOf: (scenario: string) => boolean) => Bans {
  const out = execFileSync(`${here}replay-crowdsec.sh`, [log, inFolder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });
  const alert = /(?:Ip|username) (\S+) performed '([^']+)' \(.*\) at (\S+) (\S+) \+0000/g;
  const alerts = [...out.matchAll(alert)].map(([, who = '', scenario = '', date, time]) => {
    return { who, scenario, at: Date.parse(`${date}T${time}Z`) * 1000 };
  });
  return (isOf) => {
    const bans = new Map<string, number>();
    for (const { who, scenario, at } of alerts)
      if (isOf(scenario)) bans.set(who, Math.min(at, bans.get(who) ?? Infinity));
    return bans;
  };
}

function replayGuard({ population, honest, entries, lookups }: StolenDay): Bans {
  const userOf = new Map(lookups.map(({ entry, user }) => [entry.account, user]));
  const defence = guardDefence(honest.fold, population.workers.size);
  const bans = new Map<string, number>();
  for (const entry of entries) {
    const asked = defence.see(entry);
    const user = userOf.get(entry.account) ?? '';
    if (asked > 0 && !bans.has(user)) bans.set(user, entry.at);
  }
  return bans;
}

function tableOf({ lookups, lines, population }: StolenDay, all: readonly [string, Bans][]): string {
  const thieves = new Set(lookups.filter(({ attack }) => attack !== undefined).map(({ user }) => user));
  const rows = all.map(([name, bans]) => {
    const cells = played.map((attack) =>
      lossOf(
        lookups.filter((each) => each.attack === attack),
        bans,
      ),
    );
    return `| ${name} | ${cells.join(' | ')} | ${wronged(lookups, thieves, bans)} |`;
  });
  const without = played.map((attack) =>
    lossOf(
      lookups.filter((each) => each.attack === attack),
      new Map(),
    ),
  );
  return [
    `Seed ${seed}; ${population.workers.size} accounts, ${lines.length} lines of log.`,
    '',
    `| | ${played.join(' | ')} | honest accounts shut out | addresses, with honest accounts behind them |`,
    `|---|${'--:|'.repeat(played.length + 2)}`,
    `| nothing | ${without.join(' | ')} | 0 | 0 |`,
    ...rows,
    '',
  ].join('\n');
}

/** People lost by each stolen account: median / worst, and how many accounts were never shut out. */
function lossOf(lookups: readonly DayLookup[], bans: Bans): string {
  const lost = new Map<string, number>();
  const free = new Set<string>();
  for (const { user, address, entry, isLost } of lookups) {
    const isShut = Math.min(bans.get(user) ?? Infinity, bans.get(address) ?? Infinity) < entry.at;
    if (!isShut) lost.set(user, (lost.get(user) ?? 0) + (isLost ? 1 : 0));
    if (!bans.has(user) && !bans.has(address)) free.add(user);
  }
  const losses = [...lost.values()];
  const never = free.size === 0 ? '' : `, ${free.size} of ${lost.size} never`;
  return `${quantile(losses, 0.5)} / ${Math.max(0, ...losses)}${never}`;
}

/** Honest accounts that are shut out themselves, and by their address. */
function wronged(lookups: readonly DayLookup[], thieves: ReadonlySet<string>, bans: Bans): string {
  const honest = lookups.filter(({ user, attack }) => attack === undefined && !thieves.has(user));
  const users = new Set(honest.filter(({ user }) => bans.has(user)).map(({ user }) => user));
  const shut = honest.filter(({ address }) => bans.has(address));
  const networks = new Set(shut.map(({ address }) => address));
  const behind = new Set(shut.map(({ user }) => user));
  return `${users.size} | ${networks.size}, ${behind.size}`;
}
