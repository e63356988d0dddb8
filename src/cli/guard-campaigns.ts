import { parseArgs } from 'node:util';
import { countCampaigns, listCampaigns, type ReadCampaign, readCampaign } from '../modules/guard/index.ts';
import { Failure } from '../platform/errors.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'guard campaigns',
  says: 'Lists groups of accounts that seem to be in one hand; or shows one: its accounts and their links.',
  usage: '[CAMPAIGN] [--all] [--json]',
  examples: ['vigie guard campaigns', 'vigie guard campaigns 3', 'vigie guard campaigns --all --json'],
  exits: { 0: 'they are printed', 1: 'there is no such campaign', 2: 'wrong usage' },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { all: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    });
    const [campaign] = positionals;
    if (positionals.length > 1 || (campaign !== undefined && !/^[1-9]\d{0,17}$/.test(campaign)))
      throw new UsageProblem('Give the number of one campaign, or none.');
    if (campaign !== undefined) return showOne(io, campaign, values.json);
    const { found, count } = await besideServer(io, async ({ db }) => ({
      found: await listCampaigns(db),
      count: await countCampaigns(db),
    }));
    const campaigns = values.all ? found : found.filter(({ state }) => state !== 'closed');
    if (values.json) {
      io.out(JSON.stringify({ campaigns, count }));
      return 0;
    }
    if (campaigns.length === 0) io.out(values.all ? 'There is no campaign.' : 'No campaign is open.');
    for (const one of campaigns) {
      const at = one.openedAt.toISOString().slice(0, 19);
      const what = `${one.accounts} accounts, ${one.people} people, ${one.bits.toFixed(1)} bits`;
      io.out(`campaign ${one.campaign}  ${at}Z  ${what}, ${one.state}`);
    }
    if (count > found.length)
      io.out(`${found.length} of ${count} campaigns were read, what is open and strongest first.`);
    return 0;
  },
};

async function showOne(io: Parameters<Command['run']>[1], campaign: string, json: boolean): Promise<number> {
  const found = await besideServer(io, ({ db }) => readCampaign(db, campaign)).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'not-found') return undefined;
    throw error;
  });
  if (found === undefined) {
    io.err(`There is no campaign ${campaign}.`);
    return 1;
  }
  if (json) io.out(JSON.stringify(found));
  else for (const line of linesOf(found)) io.out(line);
  return 0;
}

function linesOf({ campaign, state, bits, members, links, sweeps, sweepCount }: ReadCampaign): string[] {
  return [
    `campaign ${campaign}: ${state}, ${bits.toFixed(1)} bits together`,
    ...members.map(({ account, profession, standing, people, bits: own, case: file }) => {
      const inCase = file === null ? 'no case' : `case ${file}`;
      const drew = `${people} people, ${own.toFixed(1)} bits`;
      return `  account ${account} (${profession}): ${standing}, ${drew}, ${inCase}`;
    }),
    ...links.map(
      ({ one, other, weight, families }) =>
        `  ${one} - ${other}: ${families.join(', ')} (${weight.toFixed(1)} bits)`,
    ),
    ...sweeps.map(({ sweep, endedAt, found }) => {
      return `  sweep ${sweep}: ${endedAt === null ? 'goes on' : 'ended'}, ${found} accounts found`;
    }),
    ...(sweepCount > sweeps.length ? [`  the newest ${sweeps.length} of ${sweepCount} sweeps`] : []),
  ];
}
