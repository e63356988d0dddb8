import { processEnvironment } from '../platform/config.ts';
import { dispatch } from './command.ts';
import { commands } from './commands.ts';

const io = {
  env: processEnvironment(),
  out: (text: string) => process.stdout.write(`${text}\n`),
  err: (text: string) => process.stderr.write(`${text}\n`),
};

// An exit code, not process.exit: what was written to a pipe must arrive.
process.exitCode = await dispatch(process.argv.slice(2), io, commands);
