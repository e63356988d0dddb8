import { parseArgs } from 'node:util';
import { createOrganisation, openAccount } from '../modules/access/index.ts';
import { allowanceFigures, findProfession, parseRpps, professions } from '../modules/rights/index.ts';
import { besideServer } from './beside-server.ts';
import { type Command, type Io, UsageProblem } from './command.ts';
import { openInsurerAccount } from './open-insurer-account.ts';

export const command: Command = {
  name: 'account create',
  says:
    'Opens an account for a professional, or for the software of an insurer. Nothing signs in to it yet: ' +
    'invite its holder (`account invite`), or register its software (`client register`).',
  usage:
    '--profession CODE --name NAME (--organisation NAME | --organisation-number N) ' +
    '[--email ADDRESS] [--rpps N] [--json] | --insurer AMC --name NAME [--webhook URL] [--json]',
  examples: [
    'vigie account create --profession optician --name "Léa Martin" --organisation "Optique du Port"',
    'vigie account create --profession nurse --name "Paul Petit" --organisation-number 12 --json',
    'vigie account create --insurer 0099500029 --name "Échanges" --webhook https://example.org/vigie',
  ],
  exits: { 0: 'the account is open', 1: 'it is not', 2: 'wrong usage' },
  async run(args, io) {
    const asked = readArguments(args);
    if ('amcCode' in asked) return openForInsurer(asked, io);
    const opened = await besideServer(io, async (tools, config) => {
      const { rpps } = asked;
      const lenient = config.lenientIdentifiers;
      if (rpps !== undefined && 'problem' in parseRpps(rpps, { lenient })) {
        throw new UsageProblem('--rpps is not the number of a professional: check its digits.');
      }
      const organisation = asked.organisationNumber ?? (await createOrganisation(tools, asked.organisation));
      const { profession, holder, figures } = asked;
      const account = await openAccount(tools, { organisation, profession, holder, figures });
      return { account, organisation };
    });
    if (asked.json) io.out(JSON.stringify(opened));
    else {
      io.out(`Account ${opened.account}, organisation ${opened.organisation}.`);
      io.out(
        `Its holder signs in with a passkey: vigie account invite --account ${opened.account} --reason …`,
      );
    }
    return 0;
  },
};

async function openForInsurer(asked: ReturnType<typeof readInsurer>, io: Io): Promise<number> {
  const opened = await besideServer(io, (tools, config) => openInsurerAccount(tools, config, asked));
  if (asked.json) io.out(JSON.stringify(opened));
  else {
    io.out(`Account ${opened.account} of insurer ${asked.amcCode}: it sends files and looks nobody up.`);
    io.out('Its software signs in with a key: vigie connect key --out key.json > jwks.json, then');
    io.out(`  vigie client register --account ${opened.account} --name … --jwks jwks.json`);
    if (opened.webhookSecret !== undefined) {
      io.out(`The secret its webhook is signed with, shown this once: ${opened.webhookSecret}`);
    }
  }
  return 0;
}

type Given = { name?: string; webhook?: string; json: boolean };

function readInsurer(amcCode: string, { name, webhook, json }: Given) {
  if (!/^\w{1,20}$/.test(amcCode)) throw new UsageProblem('--insurer must be a number such as 0099500029.');
  if (name === undefined || name.trim() === '') throw new UsageProblem('--name is missing.');
  return { amcCode, name, webhook, json };
}

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profession: { type: 'string' },
      name: { type: 'string' },
      email: { type: 'string' },
      rpps: { type: 'string' },
      organisation: { type: 'string' },
      'organisation-number': { type: 'string' },
      insurer: { type: 'string' },
      webhook: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.insurer !== undefined) {
    const { insurer, name, webhook, json, ...others } = values;
    const [other] = Object.keys(others);
    if (other !== undefined) throw new UsageProblem(`--${other} does not go with --insurer.`);
    return readInsurer(insurer, { json, ...(name && { name }), ...(webhook && { webhook }) });
  }
  if (values.webhook !== undefined) throw new UsageProblem('--webhook goes with --insurer only.');
  const profession = findProfession(values.profession ?? '');
  if (profession === undefined) {
    throw new UsageProblem(`--profession must be one of ${professions.map(({ code }) => code).join(', ')}.`);
  }
  if (values.name === undefined || values.name.trim() === '') throw new UsageProblem('--name is missing.');
  const number = values['organisation-number'];
  if ((values.organisation === undefined) === (number === undefined)) {
    throw new UsageProblem('Give either --organisation, for a new one, or --organisation-number.');
  }
  if (number !== undefined && !/^[1-9]\d{0,8}$/.test(number)) {
    throw new UsageProblem('--organisation-number must be a number.');
  }
  const { name, email, rpps, organisation = '', json } = values;
  return {
    profession: profession.code,
    figures: allowanceFigures(profession.figures),
    holder: {
      name,
      ...(email === undefined ? {} : { email }),
      ...(rpps === undefined ? {} : { identifier: rpps }),
    },
    organisation,
    organisationNumber: number === undefined ? undefined : Number(number),
    rpps,
    json,
  };
}
