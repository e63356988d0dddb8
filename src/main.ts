import { startServer } from './compose.ts';
import { type OpenedDatabase, openDatabase } from './open-database.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { type Config, ConfigProblem, processEnvironment, readConfig } from './platform/config.ts';

const stopPatienceMs = 10_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Starts everything the settings ask for; a signal stops it, ten seconds later at most. */
async function start(): Promise<void> {
  const config = readConfig(processEnvironment());
  const stopping = onStop();
  say('Vigie is starting …');
  const database = await openDatabase(config, say);
  try {
    if (stopping.isAsked()) return;
    const { serverUrl: databaseUrl, demoClock } = database;
    const server = await startServer({ config, clock: systemClock, databaseUrl, demoClock });
    for (const line of await welcome(config, server, database)) say(line);
    await stopping.asked;
    say('Stopping: what was accepted is finished, the rest is refused.');
    await server.stop();
  } finally {
    await database.stop();
  }
  say('Stopped.');
}

async function welcome(
  config: Config,
  server: { url: string; metricsUrl: string },
  { where, demoClock }: OpenedDatabase,
): Promise<string[]> {
  const url = server.url.replace('//127.0.0.1:', '//localhost:');
  const keys = config.masterKeyCommand === undefined ? config.keysFolder : 'from VIGIE_MASTER_KEY_COMMAND';
  const lines = [
    '',
    `Vigie answers at ${url}`,
    `  pages          ${url}/ (sign in there; a demo offers invented people in one click)`,
    `  documentation  ${url}/docs (for programs: ${url}/openapi.json)`,
    `  metrics        ${server.metricsUrl}`,
    `  database       ${where}`,
    `  keys           ${keys}`,
    ...(demoClock === undefined
      ? []
      : [`  clock          movable: ${timeOf(demoClock.clock)} for this demo`]),
    '',
  ];
  const { demoCommand, readDemoAccount, softwareCommand } = await import('../world/demo-account.ts');
  const demo = config.environment === 'production' ? undefined : await readDemoAccount(config.keysFolder);
  if (demo === undefined) {
    return [...lines, 'An account: npx vigie account create --help', 'Stop with Ctrl-C.'];
  }
  return [
    ...lines,
    `Look somebody up, as an invented ${demo.profession}:`,
    `  ${demoCommand(demo, config.keysFolder, url)}`,
    `Let software of your own quote and claim, and watch it at ${url}/sandbox:`,
    `  ${softwareCommand(demo, config.keysFolder, url)}`,
    '',
    'Stop with Ctrl-C.',
  ];
}

function timeOf(clock: Clock): string {
  return `${new Date(Number(clock.now() / 1000n)).toISOString().slice(0, 16)}Z`;
}

/** Hears the first signal; a second one, or too long a stop, ends the process at once. */
function onStop(): { asked: Promise<void>; isAsked(): boolean } {
  let wasAsked = false;
  const asked = new Promise<void>((resolve) => {
    const hear = () => {
      if (wasAsked) process.exit(1);
      wasAsked = true;
      setTimeout(() => process.exit(1), stopPatienceMs).unref();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear);
  });
  return { asked, isAsked: () => wasAsked };
}

start().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Vigie could not start.\n${message}\n`);
  process.exitCode = error instanceof ConfigProblem ? 2 : 1;
});
