import { parseArgs } from 'node:util';
import { changeStanding, type StandingChange } from '../modules/access/index.ts';
import { Failure } from '../platform/errors.ts';
import { besideServer } from './beside-server.ts';
import { type Io, UsageProblem } from './command.ts';

/** Runs `account suspend` or `account reinstate`: the same words, the same trace, two directions. */
export async function runStanding(
  args: readonly string[],
  io: Io,
  to: { readonly standing: StandingChange['standing']; readonly done: string },
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { reason: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const account = Number(positionals[0]);
  const why = values.reason?.trim() ?? '';
  if (positionals.length !== 1 || !Number.isInteger(account) || account < 1) {
    throw new UsageProblem('Give the number of one account.');
  }
  if (why === '') throw new UsageProblem('--reason is missing: a decision about an account has a reason.');
  const change = { account, standing: to.standing, why, by: 0 };
  const entry = await besideServer(io, (tools) => changeStanding(tools, change)).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'not-found') return null;
    throw error;
  });
  if (entry === null) {
    io.err(`There is no account ${account}.`);
    return 1;
  }
  const place = `${entry.lane}/${entry.seq}`;
  io.out(
    values.json
      ? JSON.stringify({ account, standing: to.standing, entry: place })
      : `Account ${account} is ${to.done}. Ledger entry ${place}.`,
  );
  return 0;
}
