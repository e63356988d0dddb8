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

// Who reads may have read enough, as `head` has. What was asked is done all the same, and the code is that of
// a command that ends for it (128 + SIGPIPE): of an invitation, say, that was printed for nobody.
let isCut = false;
for (const stream of [stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isCut = true;
    process.exitCode = 141;
  });

// An exit code, not process.exit: what was written to a pipe must arrive.
const exitCode = await dispatch(process.argv.slice(2), io, commands);
if (!isCut) process.exitCode = exitCode;
