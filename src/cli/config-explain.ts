import { parseArgs } from 'node:util';
import { type Config, ConfigProblem, readConfig, type Setting, settings } from '../platform/config.ts';
import type { Command, Io } from './command.ts';

type Line = { name: string; value: string | null; from: 'environment' | 'default' | 'not set'; says: string };

export const command: Command = {
  name: 'config explain',
  says: 'Prints every setting, its value, where the value comes from and what it is for.',
  usage: '[--json]',
  examples: ['vigie config explain', 'vigie config explain --json'],
  exits: { 0: 'the settings are right', 1: 'they are not: each problem is printed by name' },
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const config = readOrTell(io);
    if (config === undefined) return 1;
    const lines = explainSettings(config, io.env);
    io.out(values.json ? JSON.stringify(lines, null, 2) : lines.map(readable).join('\n\n'));
    return 0;
  },
};

/** Every setting as this process would use it; secrets are withheld. */
export function explainSettings(config: Config, env: Io['env']): Line[] {
  const entries = Object.entries(settings) as [keyof Config, Setting<unknown>][];
  return entries.map(([key, { name, says, secret, fallback }]) => {
    const given = env[name] !== undefined && env[name] !== '';
    const value = config[key];
    const shown = value === undefined ? null : secret ? '(withheld)' : String(value);
    return {
      name,
      value: shown,
      from: given ? 'environment' : fallback === undefined ? 'not set' : 'default',
      says,
    };
  });
}

function readable({ name, value, from, says }: Line): string {
  return `${name} = ${value ?? '(not set)'}${from === 'not set' ? '' : `   [${from}]`}\n  ${says}`;
}

function readOrTell(io: Io): Config | undefined {
  try {
    return readConfig(io.env);
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    io.err(error.message);
    return undefined;
  }
}
