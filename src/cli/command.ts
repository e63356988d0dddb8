import { ConfigProblem } from '../platform/config.ts';

/** What a command reads and writes, so that a test can stand in its place. */
export type Io = {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  err(text: string): void;
  /** The terminal it is shown on, as it is now; not there when it goes to a file or a pipe. */
  readonly screen?: () => { readonly rows: number; readonly hasColour: boolean };
};

/** One thing that `vigie` does; its words make the help and docs/reference/cli.md. */
export type Command = {
  /** As typed after `vigie`: `account create`. */
  readonly name: string;
  /** One sentence: what it does. */
  readonly says: string;
  /** Arguments and options, after the name. */
  readonly usage: string;
  /** Whole lines that work when pasted. */
  readonly examples: readonly string[];
  /** What each exit code means. */
  readonly exits: Readonly<Record<number, string>>;
  run(args: readonly string[], io: Io): Promise<number>;
};

/** Wrong arguments: the message and the usage are printed, and the exit code is 2. */
export class UsageProblem extends Error {}

/** Runs the command that the arguments name and returns its exit code. */
export async function dispatch(
  argv: readonly string[],
  io: Io,
  commands: readonly Command[],
): Promise<number> {
  const asksHelp = argv.length === 0 || argv[0] === 'help' || argv.includes('--help') || argv.includes('-h');
  const words = argv.filter((word) => !['help', '--help', '-h'].includes(word));
  const command = findCommand(asksHelp ? words : argv, commands);
  if (asksHelp) {
    io.out(command === undefined ? describeAll(commands) : describe(command));
    return 0;
  }
  if (command === undefined) {
    io.err(`There is no command “${argv.join(' ')}”.\n\n${describeAll(commands)}`);
    return 2;
  }
  try {
    return await command.run(argv.slice(command.name.split(' ').length), io);
  } catch (error) {
    return explain(error, command, io);
  }
}

/** The help of one command. */
export function describe(command: Command): string {
  const exits = Object.entries(command.exits).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return [
    command.says,
    '',
    `  ${usageLine(command)}`,
    '',
    'Examples',
    ...command.examples.map((example) => `  ${example}`),
    '',
    'Exit codes',
    ...exits,
  ].join('\n');
}

/** The command as typed, with its arguments. */
export function usageLine(command: Command): string {
  return `vigie ${command.name} ${command.usage}`.trimEnd();
}

function describeAll(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, says }) => `  vigie ${name.padEnd(width)}  ${says}`);
  return ['Commands', ...lines, '', 'vigie help <command> tells more about one of them.'].join('\n');
}

/** The longest name wins, so that `account` and `account create` may both exist. */
function findCommand(words: readonly string[], commands: readonly Command[]): Command | undefined {
  const typed = `${words.join(' ')} `;
  const matching = commands.filter(({ name }) => typed.startsWith(`${name} `));
  return matching.sort((a, b) => b.name.length - a.name.length)[0];
}

function explain(error: unknown, command: Command, io: Io): number {
  const message = error instanceof Error ? error.message : String(error);
  const isUsage = error instanceof UsageProblem || /^ERR_PARSE_ARGS_/.test(codeOf(error));
  io.err(isUsage ? `${message}\n\n  ${usageLine(command)}` : message);
  return isUsage || error instanceof ConfigProblem ? 2 : 1;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
