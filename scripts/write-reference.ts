import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { usageLine } from '../src/cli/command.ts';
import { commands } from '../src/cli/commands.ts';
import { createRoutes } from '../src/compose.ts';
import { demoRoutes, type Route } from '../src/modules/access/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig, settings } from '../src/platform/config.ts';
import { connect } from '../src/platform/database/connect.ts';
import { startEmbedded } from '../src/platform/database/embedded.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { failures } from '../src/platform/errors.ts';
import { replayRoutes } from '../src/sandbox/replay-routes.ts';
import { sandboxRoutes } from '../src/sandbox/routes.ts';
import { clientTypes } from './client-types.ts';
import { describeSchema } from './describe-schema.ts';
import { permissionsTable } from './permissions-page.ts';

/** Writes docs/reference from the code, or with --check tells which pages do not say what the code does. */
const folder = fileURLToPath(new URL('../docs/reference', import.meta.url));
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const pages = {
  '../../web/src/api/types.d.ts': await clientTypes(everyRoute()),
  'config.md': configPage(),
  'errors.md': errorsPage(),
  'cli.md': cliPage(),
  'permissions.md': permissionsPage(),
  'schema.sql': `-- Written by \`npm run reference\` from a migrated database.\n\n${await readSchema()}`,
};
mkdirSync(folder, { recursive: true });
const stale = Object.entries(pages).filter(([name, text]) => readPage(name) !== text);
for (const [name, text] of stale) {
  if (values.check)
    console.error(`${join('docs/reference', name)} is not up to date${firstDifference(name, text)}`);
  else writeFileSync(join(folder, name), text);
}
if (values.check && stale.length > 0) {
  console.error('Run npm run reference, read what changed, and commit it.');
  process.exitCode = 1;
} else {
  console.log(
    stale.length === 0 ? 'docs/reference is up to date.' : `Wrote ${stale.map(([name]) => name).join(', ')}.`,
  );
}

/** The routes as they are declared; none is called. */
function everyRoute(): Route[] {
  const nothing = {} as never;
  const tools = { clock: systemClock, keys: nothing, db: nothing, ledger: nothing };
  const own = { log: nothing, clock: systemClock, moveTo: nothing, insurer: '', people: [] };
  const replaying = { replays: nothing, scenarios: [], guard: nothing };
  const sandbox = { routes: [...demoRoutes(tools), ...sandboxRoutes(own), ...replayRoutes(replaying)] };
  return createRoutes({ ...tools, config: readConfig({}), sandbox, psc: nothing });
}

function configPage(): string {
  const sections = Object.values(settings).map(({ name, kind, says, fallback, secret }) => {
    const usual = fallback === undefined ? 'not set' : `\`${fallback}\``;
    return `## ${name}\n\n${says}\n\nA ${kind}. Default: ${usual}.${secret ? ' Secret: never printed.' : ''}`;
  });
  const intro =
    'Every setting is an environment variable. A `VIGIE_*` name that is not here stops the start.\n' +
    '`vigie config explain` prints the values in force and where they come from.';
  return page('Settings', intro, sections);
}

function errorsPage(): string {
  const intro =
    'Every failure the API answers, as `application/problem+json` (RFC 9457); `type` ends with its code.\n' +
    'What is written here is all that a caller is told; the rest is in the log, under the same request id.';
  const sections = Object.entries(failures)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([code, { status, title, says }]) => `## ${code}\n\n${status}. ${title}.\n\n${says}`);
  return page('Failures', intro, sections);
}

function permissionsPage(): string {
  const intro =
    'Who may do what: the table of `src/modules/access/roles.ts`, tested route by route and role by role\n' +
    'over HTTP. No role has both a permission about people and one about accounts.';
  return page('Permissions', intro, permissionsTable());
}

function cliPage(): string {
  const sections = commands.map((command) => {
    const exits = Object.entries(command.exits).map(([code, meaning]) => `- ${code}: ${meaning}`);
    const examples = ['```sh', ...command.examples, '```'].join('\n');
    const usage = ['```text', usageLine(command), '```'].join('\n');
    const parts = [`## vigie ${command.name}`, command.says, usage, 'Examples:', examples, 'Exit codes:'];
    return [...parts, exits.join('\n')].join('\n\n');
  });
  const intro =
    'Each command prints this with `--help`. Exit code 2 always means wrong arguments or settings.';
  return page('Commands', intro, sections);
}

function page(title: string, intro: string, sections: readonly string[]): string {
  const made = '<!-- Written by `npm run reference` from the code. -->';
  return `${[`# ${title}`, made, intro, ...sections].join('\n\n')}\n`;
}

/** Migrates an empty database of its own, and reads it back. */
async function readSchema(): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'vigie-reference-'));
  chmodSync(place, 0o755);
  const options = {
    folder: join(place, 'data'),
    keysFolder: join(place, 'keys'),
    say: () => {},
    durable: false,
  };
  const database = await startEmbedded(options);
  try {
    await migrate(database.ownerUrl);
    const sql = connect(database.ownerUrl, { max: 1 });
    const schema = await describeSchema(sql);
    await sql.end();
    return schema;
  } finally {
    await database.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

function readPage(name: string): string {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function firstDifference(name: string, text: string): string {
  const there = readPage(name).split('\n');
  const wanted = text.split('\n');
  const line = wanted.findIndex((words, index) => words !== there[index]);
  return line < 0 ? '' : `: line ${line + 1} should be “${wanted[line]}”`;
}
