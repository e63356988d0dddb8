import { parseArgs } from 'node:util';
import { readConfig } from '../platform/config.ts';
import { type Command, UsageProblem } from './command.ts';

const patienceMs = 15_000;

type Told = {
  readonly now?: string;
  readonly clockMoves?: boolean;
  readonly code?: string;
  readonly detail?: string;
  readonly fields?: readonly { readonly field: string; readonly says: string }[];
};

export const command: Command = {
  name: 'sandbox clock',
  says:
    'Tells the time of a demo; moves it forward, for the server and its ledger at once, where it was ' +
    'started with VIGIE_DEMO_CLOCK=movable. It never goes back.',
  usage: '[--forward DAYSd | --to INSTANT]',
  examples: [
    'vigie sandbox clock',
    'vigie sandbox clock --forward 14d',
    'vigie sandbox clock --to 2027-01-01T09:00:00+01:00',
  ],
  exits: { 0: 'the time is told', 1: 'it did not move, and why', 2: 'wrong usage' },
  async run(args, io) {
    const body = readArguments(args);
    const { url } = readConfig(io.env);
    const { status, told } = await ask(url, body);
    if (status === 200 && told.now !== undefined) {
      const fixed = told.clockMoves === false ? '; it does not move: VIGIE_DEMO_CLOCK=movable npm start' : '';
      io.out(`It is ${told.now} in this demo${fixed}.`);
      return 0;
    }
    io.err(refusalOf(told));
    return 1;
  },
};

function readArguments(args: readonly string[]): object | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: { forward: { type: 'string' }, to: { type: 'string' } },
  });
  const { forward, to } = values;
  if (forward === undefined) return to === undefined ? undefined : { to };
  if (to !== undefined) throw new UsageProblem('--forward or --to, not both.');
  const days = /^([1-9]\d{0,3})d?$/.exec(forward)?.[1];
  if (days === undefined) throw new UsageProblem('--forward takes a number of days, such as 14d.');
  return { forwardDays: Number(days) };
}

async function ask(url: string, body: object | undefined): Promise<{ status: number; told: Told }> {
  const sent =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        };
  const path = body === undefined ? '/v1/sandbox' : '/v1/sandbox/clock';
  const request = { ...sent, signal: AbortSignal.timeout(patienceMs) };
  const answer = await fetch(url + path, request).catch(() => {
    throw new Error(`No server answers at ${url}: start it with npm start, or set VIGIE_URL.`);
  });
  return { status: answer.status, told: (await answer.json()) as Told };
}

function refusalOf({ code, detail, fields = [] }: Told): string {
  if (code === 'not-found') {
    return 'This clock does not move: only a demo’s on this machine does, with VIGIE_DEMO_CLOCK=movable.';
  }
  return [detail ?? 'It did not move.', ...fields.map(({ field, says }) => `  ${field} ${says}`)].join('\n');
}
