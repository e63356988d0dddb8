import { processEnvironment } from '../platform/config.ts';
import { dispatch } from './command.ts';
import { commands } from './commands.ts';

const env = processEnvironment();
const { stdout } = process;
const screen = () => ({ rows: stdout.rows, hasColour: stdout.hasColors() && !env.NO_COLOR });
const io = {
  env,
  out: (text: string) => stdout.write(`${text}\n`),
  err: (text: string) => process.stderr.write(`${text}\n`),
  ...(stdout.isTTY ? { screen } : {}),
};

// Who reads may have read enough, as `head` has: what was asked is done all the same.
for (const stream of [stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

// An exit code, not process.exit: what was written to a pipe must arrive.
process.exitCode = await dispatch(process.argv.slice(2), io, commands);
