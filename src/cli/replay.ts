import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Replay } from '../../world/replay/play-replay.ts';
import type { Scenario } from '../../world/replay/scenarios.ts';
import { hasDemoDoor, isDemo } from '../modules/access/index.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database/connect.ts';
import { Failure } from '../platform/errors.ts';
import { accountsMost, speedMost } from '../sandbox/replay-limits.ts';
import { besideServer } from './beside-server.ts';
import { type Command, type Io, UsageProblem } from './command.ts';

const drawEveryMs = { screen: 250, lines: 1_000 };

export const command: Command = {
  name: 'replay',
  says: 'Replays a theft against the started server of a demo, and shows how the guard stops it.',
  usage: '[SCENARIO] [--accounts N] [--speed TIMES] [--json]',
  examples: ['vigie replay', 'vigie replay amelipro-2022', 'vigie replay tiers-payant-2024 --accounts 3'],
  exits: {
    0: 'every account was contained, or the scenarios are listed',
    1: 'one was not, or nothing could be replayed',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        accounts: { type: 'string' },
        speed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
    // Loaded at need: no other command knows the thefts.
    const { findScenario, scenarios } = await import('../../world/replay/scenarios.ts');
    const [name, ...more] = positionals;
    if (name === undefined) {
      for (const line of listed(scenarios)) io.out(line);
      return 0;
    }
    const scenario = findScenario(name);
    if (scenario === undefined || more.length > 0)
      throw new UsageProblem(
        `There is no scenario “${positionals.join(' ')}”.\n\n${listed(scenarios).join('\n')}`,
      );
    return play(io, scenario, values);
  },
};

type Values = { readonly accounts?: string; readonly speed: string; readonly json: boolean };

async function play(io: Io, scenario: Scenario, values: Values): Promise<number> {
  const { startReplay } = await import('../../world/replay/play-replay.ts');
  const accounts = readNumber('--accounts', values.accounts ?? String(scenario.accounts), accountsMost);
  const speed = readNumber('--speed', values.speed, speedMost);
  return besideServer(io, async (tools, config) => {
    await checkHouse(tools.db, config);
    await checkServer(config.url);
    const at = { url: config.url, origin: config.publicUrl ?? config.url };
    const replay = await startReplay({ ...tools, ...at }, { scenario, accounts, speed }).catch(explain);
    const stop = () => replay.stop();
    process.on('SIGINT', stop);
    try {
      if (!values.json) for (const line of introduce(scenario)) io.out(line);
      await follow(io, replay, { scenario, isSilent: values.json });
    } finally {
      process.off('SIGINT', stop);
    }
    return conclude(io, replay, { scenario, json: values.json });
  });
}

/** It steals accounts: the same houses that have the demo's door. */
async function checkHouse(db: Database, config: Config): Promise<void> {
  if (hasDemoDoor({ ...config, isDemo: await isDemo(db) })) return;
  throw new Error(
    'A theft is replayed in a demo on this machine only: a database filled with invented people, and ' +
      'not VIGIE_ENV=production. Start one with npm start.',
  );
}

async function checkServer(url: string): Promise<void> {
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  if (answer === null)
    throw new Error(`No server answers at ${url}: start it with npm start, or set VIGIE_URL.`);
  await answer.body?.cancel();
}

function explain(error: unknown): never {
  throw error instanceof Failure ? new Error(error.detail ?? error.message) : error;
}

function introduce({ attack, says }: Scenario): string[] {
  return [
    `${attack.name}: ${says.en}`,
    '',
    'Real: the server, its ledger, its allowances and its guard; every lookup goes over HTTP and is kept.',
    'Played: the people and the accounts are this demo’s, invented; each holder looks up ten of their own',
    'patients first; the thieves have sessions as after phishing, and no passkey (an insider has one).',
    'A challenge ends after a day; what is suspended stays so until somebody opens it again.',
    '',
  ];
}

async function follow(
  io: Io,
  replay: Replay,
  { scenario, isSilent }: { scenario: Scenario; isSilent: boolean },
): Promise<void> {
  const { drawPicture, drawShort } = await import('../../world/replay/draw-picture.ts');
  const { screen } = io;
  let drawn = 0;
  const draw = () => {
    if (isSilent) return;
    if (screen === undefined) return io.out(drawShort(replay.view()));
    const lines = drawPicture(replay.view(), scenario.event, screen());
    io.out(`${drawn === 0 ? '' : `\x1b[${drawn}A\x1b[J`}${lines.join('\n')}`);
    drawn = lines.length;
  };
  let isOver = false;
  const over = replay.ended.then(() => {
    isOver = true;
  });
  const everyMs = screen === undefined ? drawEveryMs.lines : drawEveryMs.screen;
  while (!isOver) {
    draw();
    await Promise.race([over, wait(everyMs)]);
  }
  draw();
}

async function conclude(
  io: Io,
  replay: Replay,
  { scenario, json }: { scenario: Scenario; json: boolean },
): Promise<number> {
  const { drawSummary } = await import('../../world/replay/draw-picture.ts');
  const view = replay.view();
  const isContained = view.lines.every(({ contained }) => contained !== null);
  const exit = view.phase !== 'failed' && isContained ? 0 : 1;
  if (json) {
    io.out(JSON.stringify(view));
    return exit;
  }
  if (view.trouble !== null) io.err(view.trouble.detail);
  else {
    const summary = drawSummary(view, scenario.event, io.screen !== undefined);
    for (const line of ['', ...summary, '', ...whereToLook(view.hasNetworks)]) io.out(line);
  }
  return exit;
}

function whereToLook(hasNetworks: boolean): string[] {
  const one = 'This machine calls from one address only: the thieves shared the network of the holders.';
  return [
    ...(hasNetworks ? [] : [one]),
    'What the guard did and why: operations, Guard, as a security officer of the demo; or vigie guard cases.',
  ];
}

function listed(scenarios: readonly Scenario[]): string[] {
  const width = Math.max(...scenarios.map(({ attack }) => attack.name.length));
  const rows = scenarios.map(({ attack, says }) => `  ${attack.name.padEnd(width)}  ${says.en}`);
  return ['Scenarios', ...rows, '', 'vigie replay amelipro-2022 plays the first one.'];
}

function readNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d{1,4}$/.test(text) || value < 1 || value > most)
    throw new UsageProblem(`${name} must be a whole number from 1 to ${most}.`);
  return value;
}
