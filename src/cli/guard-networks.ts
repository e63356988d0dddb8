import { parseArgs } from 'node:util';
import { type BlockedNetwork, readBlocked } from '../modules/guard/index.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'guard networks',
  says: 'Lists networks from which nobody is served because an account was stolen from there.',
  usage: '[--all] [--json]',
  examples: ['vigie guard networks', 'vigie guard networks --all --json'],
  exits: { 0: 'they are printed', 1: 'they are not', 2: 'wrong usage' },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { all: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    });
    if (positionals.length > 0)
      throw new UsageProblem(
        'A network is opened by “guard networks open”, and blocked on the page of sweeps.',
      );
    const { networks: found, count } = await besideServer(io, (tools) => readBlocked(tools));
    const networks = values.all ? found : found.filter(({ isLive }) => isLive);
    if (values.json) {
      io.out(JSON.stringify({ networks, count }));
      return 0;
    }
    if (networks.length === 0) io.out(values.all ? 'No network was blocked.' : 'No network is blocked.');
    for (const one of networks) for (const line of linesOf(one)) io.out(line);
    if (count > found.length) io.out(`The newest ${found.length} of ${count} blocks were read.`);
    return 0;
  },
};

/** What it is and until when; below it, the reasons people gave. */
function linesOf(one: BlockedNetwork): string[] {
  const { block, network, account, sweep, blockedAt, blockedBy, why, openedWhy } = one;
  const by = blockedBy === 0 ? 'the guard' : `account ${blockedBy}`;
  const about = `network ${network}: account ${account} stolen, sweep ${sweep}, by ${by}, ${endOf(one)}`;
  return [
    `block ${block}  ${second(blockedAt)}  ${about}`,
    ...(why === null ? [] : [`  blocked: ${why}`]),
    ...(openedWhy === null ? [] : [`  opened: ${openedWhy}`]),
  ];
}

function endOf({ until, openedAt, openedBy, isLive }: BlockedNetwork): string {
  if (openedAt === null) return `${isLive ? 'until' : 'ended'} ${second(until)}`;
  return `opened ${second(openedAt)} ${openedBy === 0 ? 'at the command line' : `by account ${openedBy}`}`;
}

function second(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
